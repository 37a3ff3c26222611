"""My sites: due first, confirmed one by one or many at once; nobody else's are there."""

import html

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.rows import make_answer, make_open_site, remove, state_of
from tests.factories import make_site, make_trial
from tests.pages.team.conftest import JOY, SITES, address, signed_in, token
from trials.coordinators import teams
from trials.models import (
    Confirmation,
    Coordinator,
    Site,
    SiteCoordinator,
    SiteFact,
)
from trials.pages.team import sites as team_sites
from trials.terms.contacts import ContactState
from trials.terms.plain.teams import Turn

pytestmark = pytest.mark.django_db
# session, coordinator; places, contacts, gone; reports, answers, values, facts, corrections, what
# readers said
QUERIES = 15
QUERIES_OF_A_SITE = 16  # and those of its forms: facts, accepted values, offers


def test_sites_come_due_first(joy: Coordinator, joy_client: Client, site: Site, ada: User) -> None:
    wanted = [("Overdue", 200), ("Due", 100), ("Confirmed", 1)]
    for name, days in reversed(wanted):
        other = make_open_site(name=name)
        make_answer(other, days_ago=days)
        teams.give(site=other, address=JOY, by=ada)
    page = joy_client.get(SITES)
    assert [row.turn for row in page.context["sites"]] == [
        Turn.OVERDUE,
        Turn.CHECK,
        Turn.CHECK,
        Turn.CONFIRMED,
    ]
    said = html.unescape(page.content.decode())
    assert "3 of your 4 sites need an answer from you." in said
    assert "Next check:" in said
    assert "200 days ago" in said


@pytest.mark.parametrize("has_another", [True, False])
def test_site_that_the_registry_no_longer_lists_is_told_of(
    joy_client: Client, joy: Coordinator, site: Site, ada: User, *, has_another: bool
) -> None:
    if has_another:
        teams.give(site=make_open_site(name="Ward 1"), address=JOY, by=ada)
    assert "no longer lists" not in joy_client.get(SITES).content.decode()

    remove(site)

    said = html.unescape(joy_client.get(SITES).content.decode())
    assert (
        "The registry no longer lists <b>Lighthouse Clinic, Kisumu, Kenya</b> in "
        f"{site.trial.nct_id}, which was in your hands."
    ) in said
    assert ("No site is in your hands now." in said) is not has_another
    teams.take_away(row=joy.sites.get(site=None), by=ada)
    assert "no longer lists" not in joy_client.get(SITES).content.decode()


def test_one_press_confirms_a_site(joy_client: Client, joy: Coordinator, site: Site) -> None:
    answer = joy_client.post(SITES, {"one": token(site)}, follow=True)
    assert "Thank you. You confirmed Lighthouse Clinic" in answer.content.decode()
    assert state_of(site) == ContactState.CONFIRMED
    assert Confirmation.objects.get().coordinator == joy
    assert "Thank you" not in joy_client.get(SITES).content.decode()


def test_many_are_confirmed_at_once_but_for_the_changed_one(
    joy_client: Client, site: Site, ada: User
) -> None:
    others = [make_open_site(name=f"Ward {number}") for number in range(3)]
    for other in others:
        teams.give(site=other, address=JOY, by=ada)
    ticked = [token(each) for each in (site, *others)]
    others[1].contacts.update(phone="+254 20 2724001")
    said = joy_client.post(SITES, {"ticked": ticked, "many": "1"}, follow=True).content.decode()
    assert "You confirmed 3 sites today" in said
    assert "Ward 1, Kisumu, Kenya: The registry has changed these details" in said
    assert [state_of(each) for each in (site, *others)] == [
        ContactState.CONFIRMED,
        ContactState.CONFIRMED,
        ContactState.NOT_CONFIRMED,
        ContactState.CONFIRMED,
    ]


def test_site_that_was_taken_away_is_no_reason_to_lose_the_others(
    joy_client: Client, joy: Coordinator, site: Site, ada: User
) -> None:
    other = make_open_site(name="Ward 1")
    row = teams.give(site=other, address=JOY, by=ada)
    ticked = [token(site), token(other), "0-x"]
    teams.take_away(row=row, by=ada)
    said = joy_client.post(SITES, {"ticked": ticked}, follow=True).content.decode()
    assert "You confirmed Lighthouse Clinic" in said
    assert said.count("no longer among yours") == 1
    assert "Ward 1" not in said
    assert [state_of(site), state_of(other)] == [
        ContactState.CONFIRMED,
        ContactState.NOT_CONFIRMED,
    ]


def test_long_list_is_narrowed_by_trial(
    joy_client: Client, site: Site, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'name="trial"' not in joy_client.get(SITES).content.decode()
    monkeypatch.setattr(team_sites, "SITES_A_PAGE", 2)
    wards = make_trial(brief_title="Wards")
    for number in range(3):
        teams.give(site=make_open_site(wards, name=f"Ward {number}"), address=JOY, by=ada)
    assert 'name="trial"' in joy_client.get(SITES).content.decode()
    for page, places in (("1", 2), ("2", 1)):
        narrowed = joy_client.get(SITES, {"trial": wards.nct_id, "page": page})
        assert len(narrowed.context["sites"]) == places
        assert {each.nct_id for each in narrowed.context["sites"]} == {wards.nct_id}
    assert joy_client.get(SITES, {"trial": "NCT00000000"}).status_code == 404
    answer = joy_client.post(f"{SITES}?trial={wards.nct_id}", {"one": token(site)})
    assert answer.url == f"{SITES}?trial={wards.nct_id}"


def test_enter_key_confirms_no_site_by_itself(joy_client: Client, site: Site, ada: User) -> None:
    teams.give(site=make_open_site(name="Ward 1"), address=JOY, by=ada)
    page = joy_client.get(SITES).content.decode()
    assert page.count('name="ticked"') == page.count('form="many" name="ticked"') == 2
    many = page.split('<form id="many"')[1].split("</form>")[0]
    assert 'name="many"' in many
    assert 'name="one"' not in many


def test_nothing_ticked_says_so(joy_client: Client) -> None:
    said = joy_client.post(SITES, {"many": "1"}, follow=True).content.decode()
    assert "Tick the sites that you want to confirm." in said


@pytest.mark.parametrize("sent", ["x", "", "-", "1-", "99999999999999999999-x", "²-x"])
def test_odd_ticks_are_nobodys_sites(joy_client: Client, sent: str) -> None:
    assert joy_client.post(SITES, {"ticked": sent}).status_code == 404
    assert not Confirmation.objects.exists()


def test_strangers_get_404_and_change_nothing(
    joy_client: Client, joy: Coordinator, site: Site, ada: User
) -> None:
    theirs = make_open_site(name="Elsewhere")
    kim = teams.give(site=theirs, address="kim@team.example", by=ada).coordinator
    gone = make_site(make_trial())
    left = make_open_site()
    teams.leave(row=teams.give(site=left, address=JOY, by=ada))
    for other in (theirs, gone, left):
        assert joy_client.get(address(other)).status_code == 404
        assert joy_client.get(f"{address(other)}registry-sheet/").status_code == 404
        for verb in ("confirm", "correct", "facts", "hand-over", "leave", "take-on"):
            assert joy_client.post(address(other), {"verb": verb}).status_code == 404
        assert joy_client.post(SITES, {"ticked": token(other)}).status_code == 404
    for number in ("0", "9" * 18, "9" * 40):
        assert joy_client.get(f"{SITES}{number}/").status_code == 404
    assert [row.site for row in teams.sites_of(kim)] == [theirs]
    assert not Confirmation.objects.exists()
    assert not SiteFact.objects.exists()
    for path in (SITES, address(site), "/coordinators/account/"):
        assert Client().get(path).url == "/coordinators/"
        assert Client().post(path).url == "/coordinators/"


def test_pages_are_private(joy_client: Client, site: Site) -> None:
    for path in (SITES, address(site), f"{address(site)}registry-sheet/", "/coordinators/account/"):
        page = joy_client.get(path)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]


def test_forms_need_their_token(joy: Coordinator, site: Site) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(joy).cookies
    assert client.get(SITES).status_code == 200
    assert client.post(SITES, {"one": token(site)}).status_code == 403
    assert not Confirmation.objects.exists()


def test_nul_is_refused(joy_client: Client, site: Site) -> None:
    assert joy_client.post(address(site), {"verb": "reply", "reply": "\0"}).status_code == 400
    assert joy_client.get(SITES, {"page": "\0"}).status_code == 400


@pytest.mark.parametrize("page", ["2", "0", "x", "99999999999999999999"])
def test_page_that_is_not_there(joy_client: Client, page: str) -> None:
    assert joy_client.get(SITES, {"page": page}).status_code == 404


@pytest.mark.parametrize("amount", [1, 30])
def test_query_count_does_not_grow(
    joy_client: Client,
    joy: Coordinator,
    ada: User,
    amount: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(amount):
        other = make_open_site(name=f"Ward {number}")
        make_answer(other, days_ago=number)
        teams.give(site=other, address=JOY, by=ada)
    with django_assert_max_num_queries(QUERIES):
        joy_client.get(SITES)
    with django_assert_max_num_queries(QUERIES_OF_A_SITE):
        joy_client.get(address(SiteCoordinator.objects.latest("pk").site or make_open_site()))


# --- One site ---------------------------------------------------------------------------------
