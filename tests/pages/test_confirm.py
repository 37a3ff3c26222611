"""From a link to a confirmed contact: two clicks, without an account, a script or a cookie."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.coordinators.correcting import NEW_PHONE, make_correction
from tests.coordinators.rows import fresh, invited, key_of, make_answer, make_open_site
from tests.project.production import REPOSITORY
from trials.coordinators import corrections, links, teams
from trials.models import Confirmation, ConfirmationLink, Site
from trials.terms.contacts import Answer
from trials.terms.plain.contacts import NOT_CONFIRMED

pytestmark = pytest.mark.django_db

# The link with its site, if it is used, contacts, accepted corrections, newest answers, reports
QUERIES = 6
STRICT = Client(enforce_csrf_checks=True)


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.fixture
def key(site: Site, ada: User) -> str:
    return invited(site, ada)


def test_confirm_works(site: Site, key: str) -> None:
    """The browser sends nothing but what stands in the form."""
    asked = STRICT.get("/confirm/", {"key": key})
    assert asked.status_code == 200
    html = asked.content.decode()
    for shown in (
        site.trial.nct_id,
        site.trial.brief_title,
        "Lighthouse Clinic, Kisumu, Kenya",
        "Joy Achieng",
        "+254 20 2724000",
        "joy@clinic.example",
        "Open to new participants",
    ):
        assert shown in html
    (form,) = re.findall(r'<form method="post" action="/confirm/".*?</form>', html, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    (first, *_others) = re.findall(r'name="answer" value="(\w+)"', form)
    answered = STRICT.post("/confirm/", fields | {"answer": first})
    assert (answered.status_code, answered["Location"]) == (
        303,
        f"/confirm/thanks/right/?trial={site.trial.nct_id}",
    )
    assert "The details are confirmed" in STRICT.get(answered["Location"]).content.decode()
    assert Confirmation.objects.get().answer == Answer.RIGHT
    day = timezone.now().date()
    page = STRICT.get(f"/trials/{site.trial.nct_id}/").content.decode()
    assert page.count(f"Confirmed by the study team on {day.day} {day:%B %Y}.") == 2


@pytest.mark.parametrize(
    ("answer", "thanks", "public"),
    [
        (Answer.CHANGE, "What must change?", "that something here must change."),
        (Answer.NOT_RECRUITING, "not taking new people", "this site is not taking new people."),
        (Answer.NOT_MY_SITE, "the contact is wrong", "contact listed here is not the right one."),
    ],
)
def test_each_objection_is_thanked_for_and_shown(
    pat: Client, site: Site, key: str, answer: Answer, thanks: str, public: str
) -> None:
    response = pat.post("/confirm/", {"key": key, "answer": answer}, follow=True)
    assert thanks in response.content.decode()
    page = pat.get(f"/trials/{site.trial.nct_id}/").content.decode()
    assert len(re.findall(rf"<b>[^<]*{public}</b>", page)) == 2


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_that_look_change_nothing(pat: Client, site: Site, key: str, method: str) -> None:
    before = list(ConfirmationLink.objects.values())
    for _ in range(3):
        response = getattr(pat, method)("/confirm/", {"key": key, "answer": "RIGHT"})
        assert response.status_code == 200
    assert list(ConfirmationLink.objects.values()) == before
    assert not Confirmation.objects.exists()
    assert NOT_CONFIRMED in pat.get(f"/trials/{site.trial.nct_id}/").content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_confirm_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/confirm/").status_code == 405
    assert getattr(pat, method)("/confirm/thanks/right/").status_code == 405
    assert pat.post("/confirm/thanks/right/").status_code == 405


@pytest.mark.parametrize("answer", ["", "right", "NOTHING", "RIGHT "])
def test_unknown_answer_asks_again(pat: Client, key: str, answer: str) -> None:
    response = pat.post("/confirm/", {"key": key, "answer": answer})
    assert response.status_code == 400
    assert "Press one of the buttons." in response.content.decode()
    assert not Confirmation.objects.exists()
    assert pat.post("/confirm/", {"key": key, "answer": "RIGHT"}).status_code == 303


def test_key_in_the_address_alone_answers_nothing(pat: Client, key: str) -> None:
    assert pat.post(f"/confirm/?key={key}", {"answer": "RIGHT"}).status_code == 404
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    ("why", "status", "heading"),
    [
        ("tampered", 404, "This link does not work"),
        ("used", 410, "Somebody has answered already"),
        ("expired", 410, "This link is too old"),
        ("revoked", 410, "This link was replaced or taken back"),
        ("changed", 410, "The details have changed"),
        ("gone", 410, "We no longer show this site"),
    ],
)
def test_link_that_is_over_says_what_to_do(
    pat: Client, site: Site, key: str, ada: User, why: str, status: int, heading: str
) -> None:
    if why == "tampered":
        key = key[:-2]
    elif why == "used":
        pat.post("/confirm/", {"key": key, "answer": "CHANGE"})
    elif why == "expired":
        ConfirmationLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    elif why == "revoked":
        invited(site, ada)
    elif why == "changed":
        site.contacts.update(email="new@clinic.example")
    else:
        make.hide(site.trial)
    told = Confirmation.objects.count()
    for response in (
        pat.get("/confirm/", {"key": key}),
        pat.post("/confirm/", {"key": key, "answer": "RIGHT"}),
    ):
        html = response.content.decode()
        assert response.status_code == status
        assert f"<h1>{heading}</h1>" in html
        assert "mailto:" in html
        assert "joy@clinic.example" not in html
    assert Confirmation.objects.count() == told


def test_pages_of_a_link_are_private(pat: Client, key: str) -> None:
    over = pat.get("/confirm/")
    asked = pat.get("/confirm/", {"key": key})
    answered = pat.post("/confirm/", {"key": key, "answer": "RIGHT"})
    thanks = pat.get(answered["Location"])
    for response in (over, asked, answered, thanks):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
    assert key not in answered["Location"]
    # In the form and in the choice of colors, which leads back; never in an address to follow.
    assert not re.search(rf'href="[^"]*{re.escape(key[:20])}', asked.content.decode())


def test_registry_text_is_escaped(pat: Client, ada: User) -> None:
    site = make_open_site(name="<script>alert(1)</script>")
    site.contacts.update(name="<img src=x onerror=alert(1)>")
    html = pat.get("/confirm/", {"key": invited(site, ada)}).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize("amount", [1, 12])
def test_query_count_does_not_grow_with_contacts_or_sites(
    pat: Client,
    site: Site,
    ada: User,
    amount: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.make_sites(site.trial, amount)
    for number in range(amount):
        make.make_site_contact(site, name=f"Nurse {number}")
    key = invited(site, ada)
    with django_assert_num_queries(QUERIES):
        assert pat.get("/confirm/", {"key": key}).status_code == 200


def test_unknown_thanks_are_not_found(pat: Client) -> None:
    assert pat.get("/confirm/thanks/anything/").status_code == 404


# --- Where states are shown -------------------------------------------------------------------


def test_every_page_shows_the_state_of_a_sites_contact(pat: Client, site: Site) -> None:
    address = f"/trials/{site.trial.nct_id}/"
    make_answer(site, days_ago=200)
    for path, times in (("", 2), ("sites/", 1), ("doctor/", 1)):
        html = pat.get(address + path).content.decode()
        assert html.count("Last confirmed by the study team on ") == times, path
    site.contacts.update(phone="+254 20 1111111")
    for path, times in (("", 2), ("sites/", 1), ("doctor/", 1)):
        html = pat.get(address + path).content.decode()
        assert html.count("the phone number has changed in the registry since it was") == times


def test_contact_nobody_confirmed_is_said_to_be_so(pat: Client, site: Site) -> None:
    make.make_central_contact(site.trial, phone="+47 22 85 50 50")
    html = pat.get(f"/trials/{site.trial.nct_id}/").content.decode()
    assert html.count(NOT_CONFIRMED) == 3
    sheet = pat.get(f"/trials/{site.trial.nct_id}/doctor/").content.decode()
    assert sheet.count(NOT_CONFIRMED) == 1


def test_another_sites_confirmation_counts_for_itself_alone(pat: Client, site: Site) -> None:
    make_answer(make_open_site(site.trial, name="Zenith Ward"))
    html = pat.get(f"/trials/{site.trial.nct_id}/sites/").content.decode()
    assert html.index(NOT_CONFIRMED) < html.index("Zenith Ward")
    assert html.index("Zenith Ward") < html.index("Confirmed by the study team on")


# The page that asks the study team itself prints what is not confirmed yet; the desk words its own.
WITHOUT_STATE = {"templates/confirm/ask.html"}
# Addresses of coordinators, whom only the desk knows: no contacts of readers.
OF_COORDINATORS = {"templates/desk/coordinators.html", "templates/desk/site_list_lines.html"}


def test_no_template_prints_a_contact_without_its_state() -> None:
    printing = {
        str(path.relative_to(REPOSITORY))
        for path in (REPOSITORY / "templates").rglob("*.html")
        if re.search(r"\.ways\b|\.phone\b|\.email\b|\.addresses\b|contacts\.all", path.read_text())
    }
    silent = {
        path
        for path in printing
        if not re.search(r"(person|page)\.state\.words", (REPOSITORY / path).read_text())
    }
    assert {"templates/components/contact.html", "templates/components/sites.html"} < printing
    assert "templates/trials/doctor_sheet.html" in printing
    assert silent - OF_COORDINATORS == WITHOUT_STATE


def test_tables_that_name_a_contact_tell_its_state() -> None:
    """A module with a column for a phone number or an email address has one for the state."""
    naming = {
        str(path.relative_to(REPOSITORY))
        for path in (REPOSITORY / "trials").rglob("*.py")
        if re.search(r'^    "(registry )?(phone|email)",$', path.read_text(), re.I | re.M)
    }
    assert {"trials/pages/presenters/site_rows.py", "trials/admin/desk/contacts.py"} <= naming
    for path in naming:
        assert '"contact state",' in (REPOSITORY / path).read_text().lower(), path


# --- What was seen ----------------------------------------------------------------------------


def test_correction_accepted_after_looking_is_not_confirmed_unseen(
    pat: Client, site: Site, key: str, ada: User
) -> None:
    assert NEW_PHONE not in pat.get("/confirm/", {"key": key}).content.decode()
    corrections.accept(correction=make_correction(site), by=ada)

    asked = pat.post("/confirm/", {"key": key, "answer": "RIGHT", "seen": ""})

    assert asked.status_code == 400
    html = asked.content.decode()
    assert "The corrections that we show are not those that you saw." in html
    assert NEW_PHONE in html
    (seen,) = re.findall(r'name="seen" value="(\w+)"', html)
    answered = pat.post("/confirm/", {"key": key, "answer": "RIGHT", "seen": seen})
    assert answered.status_code == 303


def test_link_tells_of_an_answer_that_came_meanwhile(pat: Client, site: Site, key: str) -> None:
    assert "Somebody of your study team" not in pat.get("/confirm/", {"key": key}).content.decode()
    make_answer(site)
    html = pat.get("/confirm/", {"key": key}).content.decode()
    assert "Somebody of your study team confirmed these details on" in html


def test_link_does_not_open_a_closed_site_by_its_first_button(
    pat: Client, site: Site, key: str
) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=200)
    html = pat.get("/confirm/", {"key": key}).content.decode()
    assert "that you are not taking new people" in html
    assert re.findall(r'name="answer" value="(\w+)"', html)[:2] == ["NOT_RECRUITING", "RIGHT"]
    assert "We take new people again, and these details are right" in html


def test_thanks_lead_to_what_readers_see_and_to_nothing_else(pat: Client) -> None:
    thanks = "/confirm/thanks/right/"
    assert 'href="/trials/NCT20000059/"' in pat.get(f"{thanks}?trial=NCT20000059").content.decode()
    odd = pat.get(f"{thanks}?trial=//evil.example").content.decode()
    assert "See the page that readers see" not in odd


def test_link_of_a_coordinator_ends_with_their_place(site: Site, ada: User, pat: Client) -> None:
    row = teams.give(site=site, address="kim@clinic.example", by=ada)
    _, address = links.make(fresh(site), label="Here", made_by=None, coordinator=row.coordinator)
    key = key_of(address)
    assert pat.get("/confirm/", {"key": key}).status_code == 200

    teams.take_away(row=row, by=ada)

    over = pat.post("/confirm/", {"key": key, "answer": "RIGHT"})
    assert over.status_code == 410
    assert "This link was replaced or taken back" in over.content.decode()
    assert not Confirmation.objects.exists()
