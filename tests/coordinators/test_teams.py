"""Who looks after which site: given, handed over, taken on, left."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.coordinators.rows import make_open_site, remove
from tests.factories import make_trial
from trials.coordinators import actions, sign_in, teams
from trials.coordinators.accepted import seen_at
from trials.coordinators.errors import LinkIsOverError, RefusedError
from trials.models import AuditEvent, Confirmation, Coordinator, Site, SiteCoordinator
from trials.terms.contacts import Answer

pytestmark = pytest.mark.django_db
JOY, KIM = "joy@team.example", "kim@team.example"


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.fixture
def place(site: Site, ada: User) -> SiteCoordinator:
    return teams.give(site=site, address=JOY, name="Joy Otieno", by=ada)


def sites_of(address: str) -> list[Site | None]:
    return [row.site for row in teams.sites_of(Coordinator.objects.get(address=address))]


def test_site_is_given_by_the_desk_alone_and_audited(site: Site, ada: User, uma: User) -> None:
    with pytest.raises(RefusedError, match="people of the desk"):
        teams.give(site=site, address=JOY, by=uma)
    row = teams.give(site=site, address="  JOY@Team.Example ", name=" Joy \n Otieno ", by=ada)
    assert (row.coordinator.address, row.coordinator.name) == (JOY, "Joy Otieno")
    assert row.taken_on is not None
    assert sites_of(JOY) == [site]
    event = AuditEvent.objects.get(verb="give")
    assert event.done_by == ada
    assert JOY not in str([event.before, event.after, event.reason])


@pytest.mark.parametrize("address", ["", "joy", "joy@", "a@b.example\nBcc: c@d.example", "x" * 300])
def test_site_is_given_to_no_wrong_address(site: Site, ada: User, address: str) -> None:
    with pytest.raises(ValueError, match="is not an email address"):
        teams.give(site=site, address=address, by=ada)
    assert not Coordinator.objects.exists()


def test_site_is_given_once(place: SiteCoordinator, site: Site, ada: User) -> None:
    with pytest.raises(RefusedError, match="already"):
        teams.give(site=site, address=JOY, by=ada)
    teams.take_away(row=place, by=ada)
    assert sites_of(JOY) == []
    with pytest.raises(RefusedError, match="no longer"):
        teams.take_away(row=place, by=ada)
    teams.give(site=site, address=JOY, by=ada)
    assert sites_of(JOY) == [site]


def test_handed_over_site_stays_until_the_colleague_takes_it_on(
    place: SiteCoordinator, site: Site
) -> None:
    waiting = teams.hand_over(row=place, address=KIM, name="Kim")
    assert sites_of(JOY) == sites_of(KIM) == [site]
    kim = waiting.coordinator
    seen = seen_at(site, ())
    with pytest.raises(RefusedError, match="not among yours"):
        actions.confirm_as(coordinator=kim, site=site, answer=Answer.RIGHT, seen=seen)
    with pytest.raises(RefusedError, match="not in your hands"):
        teams.hand_over(row=waiting, address="lee@team.example")
    with pytest.raises(RefusedError, match="already"):
        teams.hand_over(row=place, address=KIM)
    with pytest.raises(RefusedError, match="your own"):
        teams.hand_over(row=place, address=JOY)
    teams.take_on(row=waiting)
    assert (sites_of(JOY), sites_of(KIM)) == ([], [site])
    with pytest.raises(RefusedError, match="no longer"):
        teams.hand_over(row=place, address="lee@team.example")


def test_first_of_two_who_were_asked_takes_a_site_on(place: SiteCoordinator, site: Site) -> None:
    first = teams.hand_over(row=place, address=KIM)
    second = teams.hand_over(row=place, address="lee@team.example")
    assert teams.offers_of(place) == [first, second]
    teams.take_on(row=first)
    with pytest.raises(RefusedError, match="no longer"):
        teams.take_on(row=second)
    assert (sites_of(JOY), sites_of(KIM), sites_of("lee@team.example")) == ([], [site], [])


def test_offer_can_be_taken_back_by_its_giver_until_it_is_taken_on(
    place: SiteCoordinator,
) -> None:
    waiting = teams.hand_over(row=place, address=KIM)
    with pytest.raises(RefusedError):
        teams.take_back(offer=waiting, giver=waiting.coordinator)
    teams.take_back(offer=waiting, giver=place.coordinator)
    assert sites_of(KIM) == teams.offers_of(place) == []
    with pytest.raises(RefusedError, match="no longer"):
        teams.take_on(row=waiting)
    waiting = teams.hand_over(row=place, address=KIM)
    teams.take_on(row=waiting)
    with pytest.raises(RefusedError, match="by now"):
        teams.take_back(offer=waiting, giver=place.coordinator)


def test_site_that_the_desk_takes_away_is_handed_to_nobody(
    place: SiteCoordinator, ada: User
) -> None:
    waiting = teams.hand_over(row=place, address=KIM)
    teams.take_away(row=place, by=ada)
    with pytest.raises(RefusedError, match="no longer"):
        teams.take_on(row=waiting)
    assert sites_of(JOY) == sites_of(KIM) == []


def test_whoever_leaves_may_have_handed_over_before(place: SiteCoordinator, site: Site) -> None:
    waiting = teams.hand_over(row=place, address=KIM)
    teams.leave_all(coordinator=place.coordinator)
    teams.take_on(row=waiting)
    assert sites_of(KIM) == [site]


@pytest.mark.django_db(transaction=True)
def test_two_take_a_site_on_at_once(ada: User) -> None:
    place = teams.give(site=make_open_site(), address=JOY, by=ada)
    waiting = [teams.hand_over(row=place, address=f"kim{n}@team.example") for n in range(4)]

    def take_on(row: SiteCoordinator) -> bool:
        try:
            teams.take_on(row=row)
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take_on, waiting)) == 1
    assert SiteCoordinator.objects.filter(ended_on=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_address_that_leaves_while_it_is_given_a_site_is_new(ada: User) -> None:
    joy = teams.give(site=make_open_site(), address=JOY, by=ada).coordinator
    sites = [make_open_site(name=f"Ward {number}") for number in range(3)]

    def give(site: Site | None) -> None:
        try:
            if site is None:
                teams.leave_all(coordinator=joy)
            else:
                teams.give(site=site, address=JOY, by=ada)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(give, [sites[0], None, *sites[1:]]))
    current = SiteCoordinator.objects.filter(ended_on=None).select_related("coordinator")
    assert {row.coordinator.address for row in current} <= {JOY}


def test_site_offered_to_many_is_bounded(place: SiteCoordinator) -> None:
    for number in range(teams.HAND_OVERS_A_DAY):
        teams.hand_over(row=place, address=f"kim{number}@team.example")
    with pytest.raises(RefusedError, match="a day"):
        teams.hand_over(row=place, address=KIM)


def test_desk_may_give_what_waits_to_be_taken_on(
    place: SiteCoordinator, site: Site, ada: User
) -> None:
    teams.hand_over(row=place, address=KIM)
    row = teams.give(site=site, address=KIM, by=ada)
    assert [each.pk for each in teams.sites_of(row.coordinator)] == [row.pk]


def test_whoever_leaves_is_forgotten_and_can_come_back(
    place: SiteCoordinator, site: Site, ada: User
) -> None:
    joy = place.coordinator
    key = sign_in.new_key(joy)
    teams.leave_all(coordinator=joy)
    joy.refresh_from_db()
    assert (joy.address, joy.name, joy.session_number) == ("", "", 2)
    assert joy.left_on is not None
    assert teams.sites_of(joy) == []
    with pytest.raises(LinkIsOverError):
        sign_in.use(key)
    again = teams.give(site=site, address=JOY, by=ada)
    assert again.coordinator != joy


def test_site_that_is_gone_or_hidden_is_nobodys(
    place: SiteCoordinator, site: Site, ada: User
) -> None:
    hidden = make_trial()
    other = make_open_site(hidden)
    teams.give(site=other, address=JOY, by=ada)
    hidden.hidden_at, hidden.hidden_by = place.coordinator and hidden.imported_at, ada
    hidden.save()
    assert sites_of(JOY) == [site]
    remove(site)
    assert sites_of(JOY) == []
    place.refresh_from_db()
    assert place.site_label


def test_confirmation_of_a_coordinator_is_of_what_was_seen(
    place: SiteCoordinator, site: Site
) -> None:
    joy, seen = place.coordinator, seen_at(site, ())
    site.contacts.update(phone="+254 20 2724001")
    with pytest.raises(RefusedError, match="has changed"):
        actions.confirm_as(coordinator=joy, site=site, answer=Answer.RIGHT, seen=seen)
    assert not Confirmation.objects.exists()
    fresh = Site.everything.get(pk=site.pk)
    told = actions.confirm_as(
        coordinator=joy,
        site=fresh,
        answer=Answer.RIGHT,
        seen=seen_at(fresh, ()),
    )
    assert (told.coordinator, told.link) == (joy, None)
