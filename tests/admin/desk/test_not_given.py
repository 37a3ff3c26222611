"""Lines of a list that could not be given: shown once the others are, and ready to be put right."""

import csv
import re

import pytest
from django.test import Client

from tests.admin.desk.test_coordinators import (
    LIST,
    NOT_GIVEN,
    NUMBER,
    PAGE,
    field,
    file_of,
    in_hands,
    shown,
    upload,
)
from tests.coordinators.rows import make_open_site
from tests.factories import make_trial
from trials.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_open_site(make_trial(nct_id=NUMBER))


def rest_of(html: str) -> dict[str, str]:
    """Return what the button to download what was not given would send."""
    assert f'action="{NOT_GIVEN}"' in html
    return {"list": field(html, "list")}


def test_lines_that_could_not_be_given_stay_in_sight(ada_client: Client, site: Site) -> None:
    twin = make_open_site(site.trial, name="Zenith Ward", city="Nairobi")
    make_open_site(site.trial, name="Zenith Ward", city="Mombasa")
    lines = (
        f"{NUMBER},{site.pk},Ida,ida@c.example",
        f"{NUMBER},<b>Nowhere</b>,=Cy,cy@c.example",
        f"{NUMBER},{site.pk},Ida again,IDA@c.example",
        f"{NUMBER},zenith ward,Bo,bo@c.example",
        f"{NUMBER},{twin.pk},Eva,",
        f"{NUMBER},{twin.pk},,",
    )
    html = ada_client.post(LIST, shown(upload(ada_client, file_of(*lines)))).content.decode()
    assert in_hands() == {(site.pk, "ida@c.example")}
    for said in (
        "1 line is written down.",
        "3 lines could not be given",
        "has the name or city “&lt;b&gt;Nowhere&lt;/b&gt;”",
        f"<b>{twin.pk}</b>: Zenith Ward, Nairobi, Kenya",
        "There is no email address here.",
    ):
        assert said in html
    assert re.findall(r'<th scope="row">(\d+)</th>', html) == ["3", "5", "6"]

    response = ada_client.post(NOT_GIVEN, rest_of(html))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert 'attachment; filename="not-given-' in response["Content-Disposition"]
    data = response.content
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [(row["line"], row["site"], row["name"], row["email"]) for row in rows] == [
        ("3", "<b>Nowhere</b>", "'=Cy", "cy@c.example"),
        ("5", "zenith ward", "Bo", "bo@c.example"),
        ("6", str(twin.pk), "Eva", ""),
    ]
    assert "has the name or city" in rows[0]["what is wrong"]
    assert f"{twin.pk}: Zenith Ward, Nairobi, Kenya" in rows[1]["what is wrong"]

    # Put right, the file comes back as a list.
    mended = data.replace(b"zenith ward", str(twin.pk).encode())
    html = upload(ada_client, mended)
    assert "Will be given: 1 line<" in html
    assert "Does not match: 1 line<" in html
    assert "=Cy" in html
    assert "&#x27;=Cy" not in html


def test_list_that_could_all_be_given_leads_back(ada_client: Client, site: Site) -> None:
    data = file_of(f"{NUMBER},{site.pk},Ida,ida@c.example", f"{NUMBER},{site.pk},,")
    response = ada_client.post(LIST, shown(upload(ada_client, data)))
    assert (response.status_code, response["Location"]) == (302, PAGE)


@pytest.mark.parametrize("sent", [{}, {"list": ""}, {"list": "x:y:z"}])
def test_rest_that_no_page_showed_is_no_file(ada_client: Client, sent: dict[str, str]) -> None:
    response = ada_client.post(NOT_GIVEN, sent, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "upload the file again" in response.content.decode()
