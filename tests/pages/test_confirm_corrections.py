"""From “something must change” behind a link to corrections that wait: no account, no script."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.coordinators.correcting import JOY, NEW_PHONE, make_correction, phone
from tests.coordinators.rows import fresh, invited, key_of, make_answer, make_open_site, remove
from trials.coordinators import actions, continuing, corrections
from trials.models import Confirmation, Correction, Site
from trials.pages.correction_form import MOST_ROWS, CorrectionForm
from trials.terms.contacts import Answer
from trials.terms.corrections import Field
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

ADDRESS = "/confirm/corrections/"
QUERIES = 5  # the answer, its corrections, the site, its contacts, accepted corrections
STRICT = Client(enforce_csrf_checks=True)


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.fixture
def key(site: Site) -> str:
    return continuing.token_of(make_answer(site, Answer.CHANGE))


def rows(*typed: tuple[str, str, str], **more: str) -> dict[str, str]:
    """Return what a browser sends for rows of (what, what it should say, note)."""
    sent = {"c-TOTAL_FORMS": str(len(typed)), "c-INITIAL_FORMS": "0"}
    for number, row in enumerate(typed):
        names = ("about", "new_value", "note")
        sent |= {f"c-{number}-{name}": value for name, value in zip(names, row, strict=True)}
    return sent | more


def test_corrections_follow_the_answer(site: Site, ada: User) -> None:
    """The browser sends nothing but what stands in the forms."""
    key = invited(site, ada)
    answered = STRICT.post("/confirm/", {"key": key, "answer": "CHANGE"})
    assert answered.status_code == 303
    where = urlsplit(answered["Location"])
    assert where.path == ADDRESS
    assert Confirmation.objects.get().answer == Answer.CHANGE
    html = STRICT.get(answered["Location"]).content.decode()
    assert "<h1>Thank you. What must change?</h1>" in html
    assert "Lighthouse Clinic, Kisumu, Kenya" in html
    for offered in (
        '<optgroup label="Joy Achieng">',
        "Phone number (now: +254 20 2724000)",
        "Phone extension (none now)",
        "Should be: Paused",
    ):
        assert offered in html
    (form,) = re.findall(rf'<form method="post" action="{ADDRESS}".*?</form>', html, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form))
    sent = hidden | rows((f"PHONE|{JOY}", NEW_PHONE, "Since May"))
    thanks = STRICT.post(ADDRESS, sent, follow=True)
    assert thanks.redirect_chain == [
        (f"/confirm/thanks/corrections/?trial={site.trial.nct_id}", 303)
    ]
    assert "An editor will check your corrections" in thanks.content.decode()
    row = Correction.objects.get()
    assert (row.field, row.new_value, row.note) == ("PHONE", NEW_PHONE, "Since May")
    again = STRICT.post(ADDRESS, sent)
    assert again.status_code == 410
    assert "We have your corrections already" in again.content.decode()
    assert Correction.objects.count() == 1


def test_looking_changes_nothing_and_is_private(pat: Client, key: str) -> None:
    for response in (
        pat.get(ADDRESS, {"key": key}),
        pat.head(ADDRESS, {"key": key}),
        pat.post(ADDRESS, rows(("", "", ""), key=key)),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
    assert not Correction.objects.exists()
    html = pat.get(ADDRESS, {"key": key}).content.decode()
    assert not re.search(rf'href="[^"]*{re.escape(key[:20])}', html)
    assert pat.put(ADDRESS).status_code == 405


def test_another_row_keeps_what_was_typed(pat: Client, key: str) -> None:
    typed = (f"PHONE|{JOY}", "call me", "Since May")
    response = pat.post(ADDRESS, rows(typed, key=key, more="1"))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<legend>") == 2
    assert 'value="call me"' in html
    assert "Since May</textarea>" in html
    full = pat.post(ADDRESS, rows(*[typed] * MOST_ROWS, key=key, more="1")).content.decode()
    assert full.count("<legend>") == MOST_ROWS
    assert "Add another" not in full
    assert not Correction.objects.exists()


def test_several_corrections_are_sent_together(pat: Client, key: str) -> None:
    sent = rows(
        (f"EMAIL|{JOY}", "new@clinic.example", ""),
        ("STATUS|SUSPENDED", "", "Until March"),
        ("", "", ""),
        ("OTHER|", "The door", "is on the other side"),
        key=key,
    )
    assert pat.post(ADDRESS, sent).status_code == 303
    kept = Correction.objects.values_list("field", "new_value", "note")
    assert list(kept) == [
        ("EMAIL", "new@clinic.example", ""),
        ("STATUS", "SUSPENDED", "Until March"),
        ("OTHER", "", "The door\nis on the other side"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Choose at least one thing that must change."),
        (("", "+254 1", ""), "Choose what must change."),
        (("PHONE|Nobody", "+254 1", ""), "Choose one of the list."),
        (("STATUS|OPEN", "", ""), "Choose one of the list."),
        ((f"PHONE|{JOY}", "", ""), "Phone number: please write what it should say."),
        ((f"PHONE|{JOY}", "+254 20 2724000", ""), "nothing would change"),
        ((f"PHONE|{JOY}", "+254 1\x00", ""), "Null characters are not allowed."),
        ((f"EMAIL|{JOY}", "a@x.example\nBcc: b@x.example", ""), "in one line"),
        ((f"NAME|{JOY}", "<img src=x onerror=alert(1)>", ""), "without signs such as"),
        ((f"NAME|{JOY}", "Joy A.", "<script>alert(1)</script>"), "without signs such as"),
        ((f"NAME|{JOY}", "Joy A.", "x" * 3_000), "It can have 2,000 characters."),
        ((f"NAME|{JOY}", "J" * 500, ""), "It can have 200 characters."),
        (("OTHER|", "", ""), "please write in the note what must change"),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(
    pat: Client, key: str, typed: tuple[str, str, str], said: str
) -> None:
    good = (f"EMAIL|{JOY}", "new@clinic.example", "") if any(typed) else ("", "", "")
    response = pat.post(ADDRESS, rows(good, typed, key=key))
    html = response.content.decode()
    assert response.status_code == 400
    assert said in html
    assert "<title>Error: " in html
    (target,) = re.findall(r'role="alert".*?href="#([^"]+)"', html, re.DOTALL)
    assert f'id="{target}"' in html
    assert "<script>alert" not in html
    assert "<img" not in html
    assert not Correction.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "1000", "999999999999"])
def test_tampered_number_of_rows_writes_nothing(pat: Client, key: str, number: str) -> None:
    for more in ({}, {"more": "1"}):
        sent = rows(("", "", ""), key=key, **more) | {"c-TOTAL_FORMS": number}
        assert pat.post(ADDRESS, sent).status_code in {200, 400}
    assert not Correction.objects.exists()


def test_twice_the_same_field_is_refused(pat: Client, key: str) -> None:
    sent = rows((f"PHONE|{JOY}", "+254 1", ""), (f"PHONE|{JOY}", "+254 2", ""), key=key)
    response = pat.post(ADDRESS, sent)
    assert response.status_code == 400
    assert "this is corrected twice" in response.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("why", "status", "heading"),
    [
        ("tampered", 404, "This address does not work"),
        ("of a link", 404, "This address does not work"),
        ("old", 410, "This page was open too long"),
        ("settled", 410, "We have your corrections already"),
        ("hidden", 410, "We no longer show this site"),
        ("gone", 410, "We no longer show this site"),
    ],
)
def test_address_that_is_over_says_what_to_do(
    pat: Client,
    site: Site,
    ada: User,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
    status: int,
    heading: str,
) -> None:
    if why == "tampered":
        key = key[:-1]
    elif why == "of a link":
        key = invited(site, ada)
    elif why == "old":
        monkeypatch.setattr("django.core.signing.time.time", lambda: 10_000_000_000)
    elif why == "settled":
        told = Confirmation.objects.get()
        actions.settle(confirmation=told, outcome=Outcome.PASSED_ON, by=ada)
    elif why == "hidden":
        make.hide(site.trial)
    else:
        remove(site)
    for response in (
        pat.get(ADDRESS, {"key": key}),
        pat.post(ADDRESS, rows((f"PHONE|{JOY}", "+254 1", ""), key=key)),
    ):
        html = response.content.decode()
        assert response.status_code == status
        assert f"<h1>{heading}</h1>" in html
        assert "mailto:" in html
        assert "joy@clinic.example" not in html
    assert not Correction.objects.exists()


def test_key_in_the_address_alone_sends_nothing(pat: Client, key: str) -> None:
    sent = rows((f"PHONE|{JOY}", "+254 1", ""))
    assert pat.post(f"{ADDRESS}?key={key}", sent).status_code == 404
    assert not Correction.objects.exists()


@pytest.mark.parametrize("amount", [1, 12])
def test_query_count_does_not_grow(
    pat: Client,
    site: Site,
    ada: User,
    amount: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(amount):
        name = f"Nurse {number}"
        make.make_site_contact(site, name=name, phone=f"+254 20 27250{number:02}")
        accepted = make_correction(site, phone(f"+254 20 27260{number:02}", contact_name=name))
        corrections.accept(correction=accepted, by=ada)
    key = continuing.token_of(make_answer(site, Answer.CHANGE))
    with django_assert_num_queries(QUERIES):
        assert pat.get(ADDRESS, {"key": key}).status_code == 200


# --- The form and the link's page -------------------------------------------------------------


def test_contacts_of_one_name_are_not_offered(site: Site) -> None:
    make.make_site_contact(site, name="Joy Achieng", phone="1")
    make.make_site_contact(site, name="", phone="2")
    form = CorrectionForm(fresh(site))
    html = str(form.rows[0]["about"])
    assert "Joy Achieng" not in html
    assert '<optgroup label="Contact">' in html
    assert not form.is_valid()
    unnamed = CorrectionForm(fresh(site), data(rows(("PHONE|", "3", ""))))
    assert unnamed.is_valid()
    (proposed,) = unnamed.proposed
    assert (proposed.field, proposed.contact_name) == (Field.PHONE, "")


def data(sent: dict[str, str]) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(sent)
    return found


def test_registry_text_is_escaped(pat: Client, site: Site) -> None:
    site.contacts.update(name='"><script>alert(1)</script>', phone="<img src=x>")
    key = continuing.token_of(make_answer(site, Answer.CHANGE))
    html = pat.get(ADDRESS, {"key": key}).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html


def _seen(html: str) -> str:
    (seen,) = re.findall(r'name="seen" value="(\w*)"', html)
    return str(seen)


def test_links_page_shows_the_question_and_what_readers_see(
    pat: Client, site: Site, ada: User
) -> None:
    corrections.accept(correction=make_correction(site, days_ago=2), by=ada)
    question = "Is the number\n<b>right</b>?"
    asked = make_correction(site, phone("+254 20 2724555"))
    corrections.ask_back(correction=asked, question=question, by=ada)
    key = key_of(actions.invite(site=site, by=ada, question=question))
    html = pat.get("/confirm/", {"key": key}).content.decode()
    assert "Our editors ask" in html
    assert "Is the number<br>&lt;b&gt;right&lt;/b&gt;?" in html
    assert f"Phone number, Joy Achieng: {NEW_PHONE} (from the study team, " in html
    following = pat.post(
        "/confirm/", {"key": key, "answer": "CHANGE", "seen": _seen(html)}, follow=True
    )
    assert "Is the number<br>" in following.content.decode()
    corrections.accept(correction=asked, by=ada)
    key = key_of(actions.invite(site=site, by=ada, question=question))
    assert "Our editors ask" not in pat.get("/confirm/", {"key": key}).content.decode()
    plain = pat.get("/confirm/", {"key": invited(make_open_site(), ada)}).content.decode()
    assert "Our editors ask" not in plain
    assert "from the study team" not in plain


def test_token_is_of_its_answer(site: Site, key: str) -> None:
    other = continuing.token_of(make_answer(make_open_site(), Answer.CHANGE))
    told, shown = continuing.opened(key)
    assert (told.site, shown) == (site, site)
    assert continuing.opened(other)[1] != site
