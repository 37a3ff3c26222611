"""`create_staff` and the link by which its person chooses a password."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from tests.accounts.steps import PASSWORD, is_in, log_in
from tests.accounts.test_sessions import NEW

pytestmark = pytest.mark.django_db
ARGUMENTS = ("vincent", "--email", "vincent@findatrial.example", "--role", "writer")


def create_staff(*arguments: str) -> str:
    said = io.StringIO()
    call_command("create_staff", *arguments, stdout=said)
    return said.getvalue()


def link_in(said: str) -> str:
    """Return the path and query of the printed link."""
    parts = urlsplit(said.split()[-1])
    return f"{parts.path}?{parts.query}"


def choose(client: Client, link: str, password: str = NEW):
    """Open a link and choose a password."""
    client.get(link)
    form = {"new_password1": password, "new_password2": password}
    return client.post("/account/password/choose/", form)


def test_create_staff_makes_an_account_with_its_roles() -> None:
    said = create_staff(*ARGUMENTS, "--role", "reviewer")
    user = User.objects.get(username="vincent")
    assert "vincent: made, roles reviewer, writer." in said
    assert user.is_staff
    assert not user.is_superuser
    assert not user.has_usable_password()
    assert user.has_perm("trials.write_text")
    assert user.has_perm("trials.review_text")
    assert not user.has_perm("trials.publish_text")


def test_create_staff_prints_a_link_to_choose_the_password(client: Client, settings) -> None:
    link = link_in(create_staff(*ARGUMENTS))
    answer = client.get(link)
    assert answer.url == "/account/password/choose/"
    page = client.get(answer.url).content.decode()
    assert "<strong>vincent</strong>" in page
    assert "at least 15 characters" in page
    assert parse_qs(urlsplit(link).query)["key"][0] not in page
    assert choose(client, link).url == "/account/login/"
    assert log_in(client, "vincent", NEW).url == "/admin/"


def test_link_works_once(client: Client) -> None:
    link = link_in(create_staff(*ARGUMENTS))
    choose(client, link)
    assert Client().get(link).status_code == 410
    assert choose(Client(), link, PASSWORD).status_code == 410


def test_link_is_over_after_its_hours(client: Client, settings) -> None:
    link = link_in(create_staff(*ARGUMENTS))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("query", ["", "?key=x", "?who=MQ&key=x", "?who=%FF&key=x", "?who=!!&key="])
def test_broken_link_says_so_and_opens_no_session(client: Client, query: str) -> None:
    answer = client.get(f"/account/password/choose/{query}")
    assert answer.status_code == 410
    assert "sessionid" not in client.cookies


def test_weak_password_is_refused_and_the_link_stays_good(client: Client) -> None:
    link = link_in(create_staff(*ARGUMENTS))
    assert "at least 15 characters" in choose(client, link, "short").content.decode()
    assert choose(client, link).status_code == 302


def test_second_use_changes_the_roles_and_nothing_else(client: Client) -> None:
    choose(client, link_in(create_staff(*ARGUMENTS)))
    said = create_staff("vincent", "--role", "publisher")
    user = User.objects.get(username="vincent")
    assert said == "vincent: up to date, role publisher.\n"
    assert [group.name for group in user.groups.all()] == ["publisher"]
    assert user.email == "vincent@findatrial.example"
    assert user.check_password(NEW)


def test_reset_takes_password_and_sessions_away(client: Client) -> None:
    first = link_in(create_staff(*ARGUMENTS, "--superuser"))
    choose(client, first)
    log_in(client, "vincent", NEW)
    assert is_in(client)
    link = link_in(create_staff("vincent", "--reset"))
    assert not is_in(client)
    assert log_in(client, "vincent", NEW).status_code == 200
    assert choose(client, link, PASSWORD).status_code == 302


def test_reset_makes_older_links_useless(client: Client) -> None:
    old = link_in(create_staff(*ARGUMENTS))
    new = link_in(create_staff("vincent", "--reset"))
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 302


def test_lost_factor_can_be_forgotten(vera: User, vera_client: Client, settings) -> None:
    from tests.accounts.steps import set_up_app

    settings.STAFF_SECOND_FACTOR = True
    set_up_app(vera_client)
    said = create_staff("vera", "--forget-second-factor")
    assert said == "vera: up to date, everything.\n"
    assert not is_in(vera_client)
    assert log_in(vera_client, "vera").url == "/admin/"
    assert vera_client.get("/admin/").url == "/account/second-step/"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("vincent", "--role", "writer"), "Give its --email to make it."),
        (("vincent", "--email", "v@x.example"), "needs at least one --role, or --superuser."),
        (("vincent", "--email", "no address", "--superuser"), "Enter a valid email address."),
        (("a b", "--email", "v@x.example", "--superuser"), "Enter a valid username."),
        (("Sam", "--role", "writer"), "There is an account “sam” already"),
    ],
)
def test_create_staff_says_what_is_wrong(
    sam: User, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        create_staff(*arguments)
    assert User.objects.count() == 1
