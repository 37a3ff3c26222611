"""What study teams add about their sites: chosen codes, the newest of each kind, own sites."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.rows import make_open_site, move, remove
from tests.factories import make_trial, make_user
from trials.coordinators import teams
from trials.coordinators.details import place_of
from trials.coordinators.errors import RefusedError
from trials.coordinators.facts import LANGUAGES, facts_and_former_at, facts_at, say
from trials.models import Coordinator, Site, SiteCoordinator, SiteFact
from trials.terms.site_facts import ANSWERS, SiteFactKind

pytestmark = pytest.mark.django_db
Kind = SiteFactKind


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.fixture
def coordinator(site: Site, ada: User) -> Coordinator:
    return teams.give(site=site, address="joy@clinic.example", by=ada).coordinator


def stated(site: Site) -> dict[Kind, list[str]]:
    return {kind: fact.values for kind, fact in facts_at([site]).get(site.pk, {}).items()}


def test_say_works(site: Site, coordinator: Coordinator) -> None:
    said = {Kind.LANGUAGES: ["sw", "en"], Kind.PARKING: ["FREE"]}

    say(coordinator=coordinator, site=site, said=said)

    assert stated(site) == {Kind.LANGUAGES: ["en", "sw"], Kind.PARKING: ["FREE"]}
    row = SiteFact.objects.first()
    assert row is not None
    assert (row.trial, row.site_label) == (site.trial, str(site.facility))


def test_what_is_said_again_is_not_written_again(site: Site, coordinator: Coordinator) -> None:
    say(coordinator=coordinator, site=site, said={Kind.LANGUAGES: ["en", "sw"]})
    first = SiteFact.objects.get()

    say(coordinator=coordinator, site=site, said={Kind.LANGUAGES: ["sw", "en", "sw"]})
    say(coordinator=coordinator, site=site, said={Kind.TRAVEL: []})

    assert SiteFact.objects.get() == first


def test_empty_answer_takes_a_fact_back(site: Site, coordinator: Coordinator) -> None:
    say(coordinator=coordinator, site=site, said={Kind.TRAVEL: ["ALL"], Kind.REMOTE: ["SOME"]})
    say(coordinator=coordinator, site=site, said={Kind.TRAVEL: []})

    assert stated(site) == {Kind.REMOTE: ["SOME"]}
    assert SiteFact.objects.count() == 3


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (Kind.LANGUAGES, ["en", "xx"]),
        (Kind.LANGUAGES, ["English"]),
        (Kind.PARKING, ["ALL"]),
        (Kind.PARKING, ["FREE", "PAID"]),
        (Kind.TRAVEL, ["<b>"]),
        (Kind.TRAVEL, [""]),
    ],
)
def test_what_nobody_can_choose_writes_nothing(
    site: Site, coordinator: Coordinator, kind: Kind, codes: list[str]
) -> None:
    with pytest.raises(ValueError, match=kind.label):
        say(coordinator=coordinator, site=site, said={Kind.REMOTE: ["SOME"], kind: codes})

    assert not SiteFact.objects.exists()


def test_facts_of_others_sites_are_refused(coordinator: Coordinator) -> None:
    with pytest.raises(RefusedError):
        say(coordinator=coordinator, site=make_open_site(), said={Kind.PARKING: ["FREE"]})

    assert not SiteFact.objects.exists()


def test_facts_of_a_site_that_was_taken_away_are_refused(
    site: Site, coordinator: Coordinator, ada: User
) -> None:
    teams.take_away(row=coordinator.sites.get(), by=ada)

    with pytest.raises(RefusedError):
        say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]})


def test_facts_outlive_their_site_and_show_nowhere(site: Site, coordinator: Coordinator) -> None:
    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]})
    remove(site)

    assert SiteFact.objects.get().site_id is None
    assert facts_at([site]) == {}


# --- A site that moves ------------------------------------------------------------------------


def former(site: Site) -> dict[Kind, list[str]]:
    _, said = facts_and_former_at([site])
    return {kind: fact.values for kind, fact in said.get(site.pk, {}).items()}


def test_facts_are_of_the_place_where_they_were_said(site: Site, coordinator: Coordinator) -> None:
    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"], Kind.REMOTE: ["SOME"]})

    move(site, city="Evanston")

    assert stated(site) == {}
    assert former(site) == {Kind.PARKING: ["FREE"], Kind.REMOTE: ["SOME"]}


def test_facts_are_said_again_or_taken_back_at_the_new_place(
    site: Site, coordinator: Coordinator
) -> None:
    said = {Kind.PARKING: ["FREE"], Kind.REMOTE: ["SOME"]}
    say(coordinator=coordinator, site=site, said=said)
    move(site, city="Evanston")

    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"], Kind.REMOTE: []})

    assert stated(site) == {Kind.PARKING: ["FREE"]}
    assert former(site) == {}
    assert SiteFact.objects.count() == 4


def test_place_that_is_written_differently_is_no_other_place(
    site: Site, coordinator: Coordinator
) -> None:
    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]})

    move(site, name="LIGHTHOUSE Clinic.")

    assert stated(site) == {Kind.PARKING: ["FREE"]}


def test_facts_from_before_places_were_kept_stay_until_they_are_said_again(
    site: Site, coordinator: Coordinator
) -> None:
    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]})
    SiteFact.objects.update(place="")
    move(site, city="Evanston")
    assert stated(site) == {Kind.PARKING: ["FREE"]}

    say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]})
    move(site, city="Chicago")

    assert stated(site) == {}


def test_facts_are_refused_if_the_place_is_not_the_one_that_was_shown(
    site: Site, coordinator: Coordinator
) -> None:
    shown = place_of(site)
    move(site, city="Evanston")

    with pytest.raises(RefusedError, match="moved this site"):
        say(coordinator=coordinator, site=site, said={Kind.PARKING: ["FREE"]}, place=shown)

    assert not SiteFact.objects.exists()


@pytest.mark.parametrize("amount", [1, 30])
def test_facts_are_one_query(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries, amount: int
) -> None:
    trial = make_trial()
    sites = [make_open_site(trial, name=f"Ward {number}") for number in range(amount)]
    for site in sites:
        row = teams.give(site=site, address="joy@clinic.example", by=ada)
        say(coordinator=row.coordinator, site=site, said={Kind.PARKING: ["FREE"]})

    with django_assert_num_queries(1):
        assert len(facts_at(sites)) == amount


def test_languages_have_codes_that_the_table_can_keep() -> None:
    longest = SiteFact._meta.get_field("values").base_field.max_length

    assert 60 <= len(LANGUAGES) <= 110
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)
    assert all(len(code) <= longest for code in LANGUAGES)
    assert list(LANGUAGES.values()) == sorted(LANGUAGES.values())


def _answers(kind: Kind) -> st.SearchStrategy[list[str]]:
    if kind == Kind.LANGUAGES:
        return st.lists(st.sampled_from(sorted(LANGUAGES)), max_size=4)
    return st.lists(st.sampled_from(sorted(ANSWERS[kind])), max_size=1)


said_once = st.fixed_dictionaries({}, optional={kind: _answers(kind) for kind in Kind})


@given(st.lists(said_once, max_size=4))
def test_what_was_said_last_of_each_kind_is_stated(told: list[dict[Kind, list[str]]]) -> None:
    site, expected, changes = make_open_site(), dict[Kind, set[str]](), 0
    coordinator = coordinator_of(site)
    for said in told:
        changes += sum(expected.get(kind, set()) != set(said[kind]) for kind in said)
        expected |= {kind: set(codes) for kind, codes in said.items()}
        say(coordinator=coordinator, site=site, said=said)

    assert {kind: set(codes) for kind, codes in stated(site).items()} == {
        kind: codes for kind, codes in expected.items() if codes
    }
    assert SiteFact.objects.filter(site=site).count() == changes


def coordinator_of(site: Site) -> Coordinator:
    """Give a site to somebody as the desk does, without an account of the desk."""
    coordinator, _ = Coordinator.objects.get_or_create(address="joy@clinic.example")
    today = timezone.now().date()
    of_site = {"trial": site.trial, "site": site, "site_label": "Clinic"}
    SiteCoordinator.objects.create(
        coordinator=coordinator,
        given_by=make_user(),
        given_on=today,
        taken_on=today,
        **of_site,
    )
    return coordinator
