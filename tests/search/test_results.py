"""Results against counting trial by trial: facets, order, places, pages."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.search.worlds import (
    CITIES,
    add_site,
    ids,
    index,
    make_indexed,
    make_mixed_world,
)
from trials.search import results
from trials.search.filters import search_of
from trials.search.nearest import nearest_sites
from trials.search.query import ALL, PAGE_SIZE, TrialSearch
from trials.search.why import without
from trials.terms import facets
from trials.terms.sphere import kilometers

pytestmark = pytest.mark.django_db


def found(query: str) -> list[int]:
    return [hit.trial_id for hit in results.find(search_of(query)).hits]


# --- Facets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=all",
        "q=lupus",
        "q=lupus&status=all",
        "status=COMPLETED&status=RECRUITING&phase=PHASE2",
        "age=40&sex=female",
        "country=GB&country=FJ&study_type=INTERVENTIONAL",
        "place=Leeds&radius=400",
        "place=Leeds&radius=400&status=all&has_results=yes",
        "place=United+Kingdom&sponsor_class=INDUSTRY&status=all",
        "healthy_volunteers=yes&reviewed=yes&status=all",
    ],
)
def test_every_facet_count_is_what_its_link_finds(query: str) -> None:
    make_mixed_world()
    search = search_of(query)
    counted = results.find(search).facets
    for name in facets.NAMES:
        for value, trials in counted[name].items():
            assert results.count(search.with_(**{name: (value,)})) == trials, (name, value)


def test_total_is_the_number_of_trials_on_all_pages() -> None:
    make_mixed_world(65)
    search = search_of("status=all")
    answer = results.find(search)
    seen = [
        hit.trial_id
        for page in range(1, answer.last_page + 1)
        for hit in results.find(search.with_(page=page)).hits
    ]
    assert answer.total == len(seen) == len(set(seen)) == 65
    assert seen == list(results.trial_ids(search, 1000))


def test_page_past_the_last_is_empty_but_counted() -> None:
    make_mixed_world(PAGE_SIZE)
    answer = results.find(search_of("status=all&page=9"))
    assert answer.hits == ()
    assert answer.total == PAGE_SIZE


def test_hidden_and_gone_trials_are_in_no_answer() -> None:
    hidden = make_indexed("Lupus one", "Lupus")
    gone = make_indexed("Lupus two", "Lupus")
    hidden.hidden_at, hidden.hidden_by = make.NOW, User.objects.create(username="ada")
    hidden.save()
    gone.left_registry_on = make.NOW.date()
    gone.save()
    index(hidden, gone)
    answer = results.find(search_of("q=lupus&status=all"))
    assert answer.total == 0
    assert sum(answer.facets["status"].values()) == 0


@pytest.mark.parametrize("taken_off", ["phase", "status", "age", "place"])
def test_a_filter_taken_off_never_loses_a_trial(taken_off: str) -> None:
    trials = [
        make_indexed("Care", "Fibular flutter", overall_status="COMPLETED", phases=["PHASE4"]),
        make_indexed("Flutter at home", "Sleep", city="Leeds", phases=["PHASE1"]),
        make_indexed("Fibular pain", "Pain", city="London", phases=["PHASE1"]),
    ]
    narrow = search_of("q=fibular+flutter&phase=PHASE1&age=30&place=London&status=RECRUITING")
    wide = without(narrow, taken_off)
    assert set(results.trial_ids(narrow, 9)) <= set(results.trial_ids(wide, 9)) <= set(ids(trials))


# --- About you ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "unit", "fits"),
    [
        (17, "years", False),
        (18, "years", True),
        (65, "years", True),
        (66, "years", False),
        (215, "months", False),
        (216, "months", True),
        (0, "days", False),
    ],
)
def test_age_fits_by_the_registry_limits(age: int, unit: str, fits: bool) -> None:
    make_indexed("Eighteen to sixty-five")
    assert results.count(search_of(f"age={age}&age_unit={unit}")) == fits


def test_age_without_limits_fits_everybody() -> None:
    make_indexed("Any age", eligibility={"minimum_age_months": None, "maximum_age_months": None})
    assert results.count(search_of("age=0&age_unit=days")) == 1
    assert results.count(search_of("age=110")) == 1


def test_baby_trial_is_found_by_days() -> None:
    limits = {"minimum_age_months": 0, "maximum_age_months": 28 / (365.25 / 12)}
    make_indexed("Newborns", eligibility=limits)
    assert results.count(search_of("age=3&age_unit=days")) == 1
    assert results.count(search_of("age=2&age_unit=months")) == 0


def test_sex_takes_trials_for_all_and_those_that_do_not_say() -> None:
    for sex in ("ALL", "FEMALE", "MALE", ""):
        make_indexed(f"For {sex}", eligibility={"sex": sex})
    answer = results.find(search_of("sex=female"))
    assert answer.total == 3
    assert answer.facets["sex"] == {"FEMALE": 3, "MALE": 3}


# --- Places ---------------------------------------------------------------------------------


@pytest.mark.parametrize("center", sorted(city for city, _, _ in CITIES))
@pytest.mark.parametrize("radius", [1, 300, 1_200, 3_000, 9_000])
def test_trials_near_a_place_are_those_of_brute_force(center: str, radius: int) -> None:
    trials = {name: make_indexed(f"In {name}", city=name) for name, _, _ in CITIES}
    points = {name: point for (name, _, _), point in CITIES.items()}
    answer = results.find(search_of(f"place={center}&radius={radius}&sort=nearest"))
    assert answer.locality is not None
    here = (answer.locality.latitude, answer.locality.longitude)
    far = {trials[name].pk: kilometers(*here, *points[name]) for name in trials}
    expected = sorted((km, pk) for pk, km in far.items() if km <= radius)
    assert [hit.trial_id for hit in answer.hits] == [pk for _, pk in expected]
    assert [hit.km for hit in answer.hits] == pytest.approx([km for km, _ in expected], abs=0.01)


def test_open_trial_whose_site_nearby_is_closed_is_not_near() -> None:
    trial = make.make_trial()
    add_site(trial, "Leeds", recruitment_status="COMPLETED")
    add_site(trial, "London", recruitment_status="RECRUITING")
    index(trial)
    assert found("place=Leeds&radius=50") == []
    answer = results.find(search_of("place=Leeds&radius=500"))
    site = nearest_sites(answer.locality, [trial.pk], {})[trial.pk]
    assert (site.city, site.status) == ("London", "RECRUITING")
    assert site.km == pytest.approx(273, abs=3)
    assert (site.closed_city, site.closed_km) == ("Leeds", pytest.approx(0, abs=0.1))


def test_site_that_its_study_team_closed_is_not_the_nearest() -> None:
    trial = make.make_trial()
    for city in ("Leeds", "London"):
        add_site(trial, city, recruitment_status="RECRUITING")
    index(trial)
    leeds, _ = trial.sites.order_by("facility__city")
    place = results.find(search_of("place=Leeds&radius=500")).locality
    told = {leeds.pk: "ACTIVE_NOT_RECRUITING"}

    assert nearest_sites(place, [trial.pk], {})[trial.pk].city == "Leeds"
    site = nearest_sites(place, [trial.pk], told)[trial.pk]
    assert (site.city, site.closed_city) == ("London", "Leeds")


def test_site_within_reach_that_opens_soon_goes_before_an_open_one_beyond_it() -> None:
    trial = make.make_trial()
    add_site(trial, "Leeds", recruitment_status="NOT_YET_RECRUITING")
    add_site(trial, "London", recruitment_status="RECRUITING")
    index(trial)
    place = results.find(search_of("place=Leeds&radius=50")).locality

    assert nearest_sites(place, [trial.pk], {}, 50)[trial.pk].city == "Leeds"
    assert nearest_sites(place, [trial.pk], {}, 500)[trial.pk].city == "London"
    assert nearest_sites(place, [trial.pk], {})[trial.pk].city == "London"


def test_closed_trial_is_near_with_any_of_its_sites() -> None:
    trial = make_indexed("Over", overall_status="COMPLETED")
    add_site(trial, "Leeds", recruitment_status="")
    index(trial)
    assert found("place=Leeds&status=all") == [trial.pk]
    assert found("place=Leeds") == []


def test_site_without_a_point_stands_where_its_city_does() -> None:
    known = make_indexed("With a point", city="Leeds")
    silent = make.make_trial(first_posted_date=None)
    make.make_site(silent, city="Leeds", country="United Kingdom")
    index(silent)
    assert set(found("place=Leeds&radius=10")) == {known.pk, silent.pk}
    place = results.find(search_of("place=Leeds&radius=10")).locality
    assert silent.pk in nearest_sites(place, [silent.pk], {})


def test_site_without_a_point_counts_for_its_country() -> None:
    trial = make.make_trial()
    make.make_site(trial, city="Nowhere Known", country="Kenya")
    index(trial)
    assert found("country=KE") == [trial.pk]
    assert found("place=Kenya") == [trial.pk]


def test_any_distance_keeps_trials_without_places_last() -> None:
    nowhere = make_indexed("No site")
    london = make_indexed("London", city="London")
    leeds = make_indexed("Leeds", city="Leeds")
    assert found("place=Leeds&radius=any") == [leeds.pk, london.pk, nowhere.pk]


def test_unknown_place_looks_everywhere_and_says_so() -> None:
    trial = make_indexed("Anywhere")
    answer = results.find(search_of("place=Xyzzyqwopolis"))
    assert answer.place_is_unknown
    assert [hit.trial_id for hit in answer.hits] == [trial.pk]


# --- Order ----------------------------------------------------------------------------------


def test_words_decide_first_then_open_then_nearest_then_newest() -> None:
    def lupus(**values: object) -> int:
        return make_indexed("Lupus care", "Lupus", **values).pk

    old = lupus(city="Leeds", first_posted_date=date(2020, 1, 1))
    new = lupus(city="Leeds", first_posted_date=date(2025, 1, 1))
    far = lupus(city="London", first_posted_date=date(2026, 1, 1))
    soon = lupus(city="Leeds", overall_status="NOT_YET_RECRUITING")
    mention = make_indexed("Sleep", "Sleep", city="Leeds")
    make.make_intervention(mention, "Lupus leaflet")
    index(mention)
    assert found("q=lupus&place=Leeds&radius=500") == [new, old, far, soon, mention.pk]


def test_newest_and_updated_follow_their_days() -> None:
    one = make_indexed("One", first_posted_date=date(2024, 1, 1))
    two = make_indexed(
        "Two", first_posted_date=date(2023, 1, 1), last_update_posted_date=date(2026, 9, 1)
    )
    undated = make_indexed("Three", last_update_posted_date=None)
    assert found("sort=newest") == [one.pk, two.pk, undated.pk]
    assert found("sort=updated") == [two.pk, one.pk, undated.pk]


# --- Cost -----------------------------------------------------------------------------------


def test_search_costs_the_same_for_one_and_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    search = search_of("q=lupus&place=Leeds&radius=1000&age=30")
    make_indexed("Lupus", "Lupus", city="Leeds")
    for world in (0, 60):
        make_mixed_world(world)
        with django_assert_max_num_queries(11):
            results.find(search)


def test_ids_of_a_long_list_are_bounded() -> None:
    trials = make_mixed_world(30)
    assert len(list(results.trial_ids(TrialSearch(status=(ALL,)), 10))) == 10
    assert set(results.trial_ids(TrialSearch(status=(ALL,)), 1000)) == set(ids(trials))
