"""Coordinators on the desk: who has which site, giving and taking away, and lists as files."""

import random
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coordinators.rows import make_open_site, remove
from tests.factories import make_trial
from trials.admin.desk import coordinators
from trials.coordinators import teams
from trials.models import AuditEvent, Coordinator, Site, SiteCoordinator

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/coordinators/"
LIST = "/admin/desk/coordinators/list/"
NOT_GIVEN = "/admin/desk/coordinators/list/not-given.csv"
NUMBER = "NCT20990001"
QUERIES = 5


@pytest.fixture
def site() -> Site:
    return make_open_site(make_trial(nct_id=NUMBER))


def file_of(*lines: str) -> bytes:
    return "\n".join(("trial,site,name,email", *lines)).encode()


def upload(client: Client, data: bytes, name: str = "list.csv") -> str:
    file = SimpleUploadedFile(name, data, content_type="text/csv")
    return client.post(LIST, {"file": file}, follow=True).content.decode()


def field(html: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]


def shown(html: str) -> dict[str, str]:
    """Return what the form of a preview would send."""
    return {"list": field(html, "list"), "seen": field(html, "seen")}


def in_hands() -> set[tuple[int | None, str]]:
    rows = SiteCoordinator.objects.filter(ended_on=None)
    return set(rows.values_list("site", "coordinator__address"))


# --- The page ---------------------------------------------------------------------------------


def test_coordinators_page_works(ada_client: Client, ada: User, site: Site) -> None:
    assert "Nobody looks after a site yet." in ada_client.get(PAGE).content.decode()
    teams.give(site=site, address="ida@c.example", name="Ida Nurse", by=ada)
    html = ada_client.get(PAGE).content.decode()
    assert "Ida Nurse" in html
    assert "ida@c.example" in html
    assert f'<a href="{reverse("admin:desk-site", args=[site.pk])}">Lighthouse Clinic' in html
    assert "no-store" in ada_client.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("ida", True),
        ("NURSE", True),
        ("c.example", True),
        ("kisumu", True),
        ("ida kisumu", True),
        ("nct20990001", True),
        ("bo", False),
        ("NCT20990002", False),
        ("ida bo", False),
        ("%", False),
    ],
)
def test_coordinators_are_found_by_name_site_and_trial(
    ada_client: Client, ada: User, site: Site, typed: str, is_found: bool
) -> None:
    teams.give(site=site, address="ida@c.example", name="Ida Nurse", by=ada)
    html = ada_client.get(PAGE, {"q": typed}).content.decode()
    assert ("Ida Nurse" in html) == is_found
    assert ("Nobody is found." in html) != is_found


def test_list_of_coordinators_has_pages(
    ada_client: Client, ada: User, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coordinators, "_ROWS_A_PAGE", 2)
    for number in range(3):
        teams.give(site=site, address=f"{number}@c.example", by=ada)
    first = ada_client.get(PAGE, {"q": "kisumu"}).content.decode()
    assert "?q=kisumu&amp;page=2" in first
    second = ada_client.get(PAGE, {"q": "kisumu", "page": 2}).content.decode()
    assert "2@c.example" in second
    assert "1@c.example" not in second


def test_site_that_is_gone_is_listed_without_a_link(
    ada_client: Client, ada: User, site: Site
) -> None:
    teams.give(site=site, address="ida@c.example", by=ada)
    remove(site)
    html = ada_client.get(PAGE).content.decode()
    assert "The registry no longer lists it" in html


def test_site_is_given_by_its_number_and_taken_away(ada_client: Client, site: Site) -> None:
    sent = {"verb": "give", "site": site.pk, "name": "Ida", "email": "Ida@C.example"}
    html = ada_client.post(PAGE, sent, follow=True).content.decode()
    assert "now looks after Lighthouse Clinic" in html
    assert in_hands() == {(site.pk, "ida@c.example")}
    row = SiteCoordinator.objects.get()
    gone = reverse("admin:desk-take-away", args=[row.pk])
    assert f'href="{gone}"' in html
    asked = ada_client.get(gone)
    html = asked.content.decode()
    assert "Take Lighthouse Clinic, Kisumu, Kenya away from Ida?" in html
    assert "They no longer see this site in their area" in html
    assert f'<a href="{PAGE}">Leave it with them</a>' in html
    assert "no-store" in asked["Cache-Control"]
    assert in_hands() == {(site.pk, "ida@c.example")}, "asking changes nothing"
    answer = ada_client.post(gone, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "no longer looks after Lighthouse Clinic" in answer.content.decode()
    assert in_hands() == set()
    for answer in (ada_client.get(gone, follow=True), ada_client.post(gone, follow=True)):
        assert answer.redirect_chain == [(PAGE, 302)]
        assert "over already" in answer.content.decode()
    assert AuditEvent.objects.filter(verb="take away").count() == 1
    assert ada_client.get(reverse("admin:desk-take-away", args=[0])).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "give"},
        {"verb": "give", "site": "0", "email": "ida@c.example"},
        {"verb": "give", "site": "x", "email": "ida@c.example"},
        {"verb": "give", "site": "9" * 30, "email": "ida@c.example"},
        {"verb": "give", "site": "SITE", "email": ""},
        {"verb": "give", "site": "SITE", "email": "ida"},
        {"verb": "give", "site": "SITE", "email": "ida@c.example\nBcc: all@c.example"},
        {"verb": "give", "site": "SITE", "email": "ida@c.example", "name": "x" * 121},
        {"verb": "burn"},
    ],
)
def test_what_can_not_be_done_says_why(
    ada_client: Client, site: Site, sent: dict[str, str]
) -> None:
    sent = {key: str(site.pk) if value == "SITE" else value for key, value in sent.items()}
    response = ada_client.post(PAGE, sent, follow=True)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert in_hands() == set()
    assert not Coordinator.objects.exists()


def test_page_of_a_site_gives_and_takes_away(ada_client: Client, site: Site) -> None:
    page = reverse("admin:desk-site", args=[site.pk])
    target = reverse("admin:desk-site-coordinators", args=[site.pk])
    assert f'action="{target}"' in ada_client.get(page).content.decode()
    sent = {"verb": "give", "name": "Ida", "email": "ida@c.example", "site": "0"}
    html = ada_client.post(target, sent, follow=True).content.decode()
    assert in_hands() == {(site.pk, "ida@c.example")}
    assert "ida@c.example" in html
    taken = f"{reverse('admin:desk-take-away', args=[SiteCoordinator.objects.get().pk])}?from=site"
    assert f'href="{taken}"' in html
    assert f'<a href="{page}">Leave it with them</a>' in ada_client.get(taken).content.decode()
    response = ada_client.post(taken)
    assert (response.status_code, response["Location"]) == (302, page)
    assert in_hands() == set()
    gone = reverse("admin:desk-site-coordinators", args=[0])
    assert ada_client.post(gone, sent).status_code == 404


@pytest.mark.parametrize("amount", [1, 12])
def test_query_count_does_not_grow(ada_client: Client, ada: User, site: Site, amount: int) -> None:
    for number in range(amount):
        teams.give(site=site, address=f"{number}@c.example", by=ada)
    with CaptureQueriesContext(connection) as queries:
        ada_client.get(PAGE)
    assert len(queries) == QUERIES


# --- Lists ------------------------------------------------------------------------------------


def test_preview_writes_nothing_and_one_press_writes_it(ada_client: Client, site: Site) -> None:
    other = make_open_site(site.trial, name="Zenith Ward")
    data = file_of(
        f"{NUMBER},{site.pk},Ida,ida@c.example",
        f"{NUMBER},zenith ward,Bo,bo@c.example",
        f"{NUMBER},Nowhere,Cy,cy@c.example",
        f"{NUMBER},{site.pk},Ida again,IDA@c.example",
        f"{NUMBER},{site.pk},,",
    )
    html = upload(ada_client, data)
    assert "Nothing is written yet" in html
    for said in (
        "Will be given: 2 lines",
        "Does not match: 1 line<",
        "Twice in the file: 1 line<",
        "No address: 1 line<",
        "No site of NCT20990001 has the name or city “Nowhere”.",
        "Line 2 says the same.",
        "Give 2 sites as shown",
    ):
        assert said in html
    assert not SiteCoordinator.objects.exists()
    html = ada_client.post(LIST, shown(html), follow=True).content.decode()
    assert "2 lines are written down." in html
    assert in_hands() == {(site.pk, "ida@c.example"), (other.pk, "bo@c.example")}
    assert AuditEvent.objects.filter(verb="give").count() == 2


def test_preview_lists_the_sites_that_may_be_meant(ada_client: Client, site: Site) -> None:
    twin = make_open_site(site.trial, city="Nairobi")
    html = upload(ada_client, file_of(f"{NUMBER},Lighthouse Clinic,Ida,ida@c.example"))
    assert f"<b>{site.pk}</b>: Lighthouse Clinic, Kisumu, Kenya" in html
    assert f"<b>{twin.pk}</b>: Lighthouse Clinic, Nairobi, Kenya" in html
    assert "No line of the list can be written." in html


def test_list_that_means_something_else_by_now_is_shown_again(
    ada_client: Client, ada: User, site: Site
) -> None:
    data = file_of(f"{NUMBER},{site.pk},Ida,ida@c.example", f"{NUMBER},{site.pk},Bo,bo@c.example")
    sent = shown(upload(ada_client, data))
    teams.give(site=site, address="ida@c.example", by=ada)
    html = ada_client.post(LIST, sent).content.decode()
    assert "Something has changed since. Nothing was written" in html
    assert in_hands() == {(site.pk, "ida@c.example")}
    ada_client.post(LIST, shown(html))
    assert in_hands() == {(site.pk, "ida@c.example"), (site.pk, "bo@c.example")}


def test_same_list_twice_writes_once(ada_client: Client, site: Site) -> None:
    sent = shown(upload(ada_client, file_of(f"{NUMBER},{site.pk},Ida,ida@c.example")))
    ada_client.post(LIST, sent)
    html = ada_client.post(LIST, sent).content.decode()
    assert "Theirs already: 1 line<" in html
    assert SiteCoordinator.objects.count() == 1


def test_line_that_is_refused_leaves_nothing_written(
    ada_client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{NUMBER},{site.pk},,{number}@c.example" for number in range(3)]
    sent = shown(upload(ada_client, file_of(*lines)))
    give = teams.give

    def refuse(**values: object) -> SiteCoordinator:
        if values["address"] == "2@c.example":
            raise ValueError("This is too much.")
        return give(**values)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(teams, "give", refuse)
    html = ada_client.post(LIST, sent).content.decode()
    assert "Line 4: This is too much. Nothing was written." in html
    assert not SiteCoordinator.objects.exists()
    assert not Coordinator.objects.exists()


@pytest.mark.parametrize("sent", [{"list": ""}, {"list": "x:y:z"}, {"list": "x", "seen": "y"}])
def test_list_that_no_preview_showed_is_refused(
    ada_client: Client, site: Site, sent: dict[str, str]
) -> None:
    html = ada_client.post(LIST, sent, follow=True).content.decode()
    assert "upload the file again" in html
    good = shown(upload(ada_client, file_of(f"{NUMBER},{site.pk},Ida,ida@c.example")))
    ada_client.post(LIST, good | {"list": good["list"][:-2]})
    ada_client.post(LIST, good | {"seen": ""})
    assert not SiteCoordinator.objects.exists()


def test_largest_list_fits_into_the_preview(ada_client: Client, site: Site) -> None:
    signs = random.Random(1)
    names = ("".join(chr(signs.randrange(0x100, 0x250)) for _ in range(200)) for _ in range(1_990))
    data = file_of(f"{NUMBER},{site.pk},Ida,ida@c.example", *(f"x,y,{name},z" for name in names))
    assert 700_000 < len(data) < 1_000_000
    ada_client.post(LIST, shown(upload(ada_client, data)))
    assert in_hands() == {(site.pk, "ida@c.example")}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "file is empty"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        ("trial,site,name,email\nä".encode("latin-1"), "on line 2, can’t be read"),
        (b"trial,site\n1,2\n", "names no column"),
        (b'trial,site,name,email\n"1,2\n', "on line 2 is never closed"),
    ],
)
def test_unreadable_list_says_why(ada_client: Client, data: bytes, said: str) -> None:
    html = upload(ada_client, data)
    assert said in html
    assert "Give many sites by a list" in html


def test_upload_without_a_file_says_so(ada_client: Client) -> None:
    assert "Choose a file first." in ada_client.post(LIST, follow=True).content.decode()


def test_text_of_a_list_is_escaped(ada_client: Client, site: Site) -> None:
    html = upload(ada_client, file_of(f"{NUMBER},<b>x</b>,<script>alert(1)</script>,ida@c.example"))
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: file_of(text))
    | st.lists(st.text(st.sampled_from("NCT2099001;,\"'=@\tü \n"), max_size=40), max_size=5).map(
        lambda lines: file_of(*lines)
    )
)
def test_any_bytes_give_a_page_and_write_nothing(
    ada_client: Client, site: Site, data: bytes
) -> None:
    html = upload(ada_client, data)
    assert 'class="error"' in html or "Line by line" in html
    assert not SiteCoordinator.objects.exists()


def test_coordinators_are_the_desks_alone(
    uma_client: Client, pat: Client, ada: User, site: Site
) -> None:
    row = teams.give(site=site, address="bo@c.example", by=ada)
    of_site = reverse("admin:desk-site-coordinators", args=[site.pk])
    taken = reverse("admin:desk-take-away", args=[row.pk])
    sent = {"verb": "give", "site": site.pk, "email": "ida@c.example"}
    for client, status in ((uma_client, 404), (pat, 302)):
        assert client.get(PAGE).status_code == client.get(taken).status_code == status
        for address in (PAGE, LIST, NOT_GIVEN, of_site, taken):
            assert client.post(address, sent).status_code == status
    assert in_hands() == {(site.pk, "bo@c.example")}
