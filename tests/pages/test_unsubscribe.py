"""Stopping our letters by the address in their own headers."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.letters.rows import make_coordinator
from tests.coordinators.letters.server import Postbox, html, mail_server, plain
from tests.coordinators.rows import make_open_site
from trials.coordinators import letters
from trials.coordinators.letters import keys, suppression
from trials.models import SuppressedAddress
from trials.terms.letters import LetterKind, SuppressedFor

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def postbox(ada: User) -> Postbox:
    """Where a letter to Ruth has arrived."""
    site = make_open_site()
    make_coordinator(site)
    with mail_server() as box:
        letters.invite(site=site, by=ada)
        letters.send_waiting()
        return box


@pytest.fixture
def page() -> str:
    """The page of Ruth's letters, without the host."""
    return relative(keys.unsubscribe_address(RUTH))


def relative(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_one_click_in_a_mail_program_stops_letters(postbox: Postbox) -> None:
    """RFC 8058: a POST to the header's address, without cookie or token, answered at once."""
    mail = postbox.only()
    address = mail["List-Unsubscribe"].strip().removeprefix("<").removesuffix(">")
    client = Client(enforce_csrf_checks=True)
    response = client.post(relative(address), ONE_CLICK)
    assert response.status_code == 200
    row = SuppressedAddress.objects.get()
    assert (row.why, row.domain) == (SuppressedFor.UNSUBSCRIBED, "team.example")
    assert suppression.is_suppressed(RUTH, LetterKind.REMINDER)
    assert not suppression.is_suppressed(RUTH, LetterKind.SIGN_IN)
    assert "Set-Cookie" not in response
    assert address in plain(mail)
    assert address.replace("&", "&amp;") in html(mail)


def test_looking_changes_nothing(pat: Client, page: str) -> None:
    for _ in range(3):
        response = pat.get(page)
        assert response.status_code == 200
    assert "We write to your address at team.example" in response.content.decode()
    assert not SuppressedAddress.objects.exists()


def test_button_stops_letters_and_undo_takes_it_back(page: str) -> None:
    client = Client(enforce_csrf_checks=True)

    def press(verb: str) -> str:
        key = re.search(r'name="key" value="([^"]+)"', client.get(page).content.decode())
        assert key
        response = client.post("/unsubscribe/", {"key": key[1], "verb": verb})
        return response.content.decode()

    assert "<h1>You get no more emails from us</h1>" in press("stop")
    assert SuppressedAddress.objects.count() == 1
    assert "Undo" in client.get(page).content.decode()
    assert press("stop").count("Undo") == 1
    assert "<h1>You get our emails again</h1>" in press("undo")
    assert not SuppressedAddress.objects.exists()
    press("undo")


@pytest.mark.parametrize(
    ("why", "words"),
    [(SuppressedFor.DESK, "Our editors stopped"), (SuppressedFor.BOUNCED, "Mail to it came back")],
)
def test_page_never_promises_emails_that_others_stopped(
    pat: Client, page: str, why: SuppressedFor, words: str
) -> None:
    suppression.suppress(address=RUTH, why=why)
    for response in (pat.get(page), pat.post(page, {"verb": "undo"})):
        html = response.content.decode()
        assert "<h1>You get no more emails from us</h1>" in html
        assert words in html
        assert "You get our emails again" not in html
    assert SuppressedAddress.objects.get().why == why


def test_wish_to_get_nothing_outlives_what_the_desk_decided(
    pat: Client, page: str, ada: User
) -> None:
    suppression.suppress(address=RUTH, why=SuppressedFor.DESK, detail="She phoned")
    assert "You asked us to stop, too." in pat.post(page, ONE_CLICK).content.decode()
    assert SuppressedAddress.objects.get().why == SuppressedFor.DESK
    assert not suppression.lift(row=SuppressedAddress.objects.get(), by=ada)
    row = SuppressedAddress.objects.get()
    assert (row.why, row.detail) == (SuppressedFor.UNSUBSCRIBED, "")
    assert suppression.lift(row=row, by=ada)
    assert not SuppressedAddress.objects.exists()


def test_wish_is_kept_where_the_desk_decides_later(pat: Client, page: str, ada: User) -> None:
    pat.post(page, ONE_CLICK)
    suppression.add(address=RUTH, reason="", by=ada)
    suppression.lift(row=SuppressedAddress.objects.get(), by=ada)
    assert SuppressedAddress.objects.get().why == SuppressedFor.UNSUBSCRIBED


def test_wish_can_be_taken_back_while_the_desk_keeps_letters_back(
    pat: Client, page: str, ada: User
) -> None:
    suppression.suppress(address=RUTH, why=SuppressedFor.DESK)
    pat.post(page, ONE_CLICK)
    html = pat.post(page, {"verb": "undo"}).content.decode()
    assert "<h1>You get no more emails from us</h1>" in html
    assert suppression.lift(row=SuppressedAddress.objects.get(), by=ada)


@pytest.mark.parametrize("key", ["", "cut", "WyJhIl0:1u:x", "\x00", "x" * 5_000])
def test_key_that_is_not_ours_says_what_to_do(pat: Client, key: str) -> None:
    for response in (
        pat.get("/unsubscribe/", {"key": key}),
        pat.post("/unsubscribe/", {"key": key} | ONE_CLICK),
    ):
        assert response.status_code == 404
        assert "help@findatrial.example" in response.content.decode()
    assert not SuppressedAddress.objects.exists()


def test_key_holds_no_address(page: str) -> None:
    from urllib.parse import parse_qs

    from django.core import signing

    (key,) = parse_qs(urlsplit(page).query)["key"]
    assert signing.loads(key, salt="trials.coordinators.letters")[1] == "team.example"
    assert "ruth" not in str(signing.b64_decode(key.split(":")[0].encode()))


def test_page_is_private(pat: Client, page: str) -> None:
    response = pat.get(page)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert pat.put(page).status_code == 405


def test_page_takes_few_queries(
    pat: Client, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        pat.get(page)
