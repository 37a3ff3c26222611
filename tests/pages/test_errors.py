"""Pages for what goes wrong: they say what to do next, and work when little else does."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

FAILURES: dict[str, Exception] = {
    "broken": RuntimeError("secret detail"),
    "refused": PermissionDenied("secret detail"),
    "odd": SuspiciousOperation("secret detail"),
    "slow": OperationalError("secret detail"),
    "lost": InterfaceError("secret detail"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAILURES[kind]


@csrf_protect
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


urlpatterns = [
    path("fail/<kind>/", fail),
    path("guarded/", guarded),
    path("", include("findatrial.urls")),
]
pytestmark = pytest.mark.urls(__name__)

CASES = [
    ("/fail/broken/", 500, "Something went wrong on our side"),
    ("/fail/refused/", 403, "You cannot open this page"),
    ("/fail/odd/", 400, "We cannot read this request"),
    ("/fail/slow/", 503, "We cannot show this page right now"),
    ("/fail/lost/", 503, "We cannot show this page right now"),
    ("/nothing/here/", 404, "We cannot find that page"),
    ("/admin/nothing/", 302, ""),
]


@pytest.fixture
def reader() -> Client:
    """Return a browser that sees our error pages; without access to the database."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("address", "status", "heading"), CASES)
def test_error_page_works_without_a_database(
    reader: Client, address: str, status: int, heading: str
) -> None:
    response = reader.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert heading in page
    assert "secret detail" not in page
    assert not response.cookies


@pytest.mark.parametrize("address", [case[0] for case in CASES])
def test_error_page_carries_the_security_headers(reader: Client, address: str) -> None:
    response = reader.get(address)

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", [case[0] for case in CASES if case[2]])
def test_error_page_stays_out_of_search_engines(reader: Client, address: str) -> None:
    page = reader.get(address).content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


@pytest.mark.parametrize("template", ["400.html", "500.html", "maintenance.html"])
def test_error_page_needs_no_context(template: str) -> None:
    page = render_to_string(template)

    assert 'href="mailto:"' not in page
    assert 'value=""' not in page
    assert "/static/site.css" in page


def test_busy_page_says_when_to_return(reader: Client) -> None:
    response = reader.get("/fail/slow/")

    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"


def test_form_from_elsewhere_gets_the_page_that_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/guarded/")

    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()


def test_host_that_is_not_ours_is_a_bad_request(reader: Client) -> None:
    response = reader.get("/about/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_too_many_parameters_are_a_bad_request(reader: Client) -> None:
    query = "&".join(f"page={number}" for number in range(2000))

    assert reader.get(f"/trials/?{query}").status_code == 400


@pytest.mark.parametrize("file", ["site.css", "site.js", "favicon.svg", "fonts/bitter-600.woff2"])
def test_static_file_carries_the_security_headers(reader: Client, file: str) -> None:
    response = reader.get(f"/static/{file}")

    assert b"".join(response.streaming_content)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
