"""Facets to tick and chips to take off: what they say, and where they lead."""

import pytest
from django.http import QueryDict

from tests.presenters.answers import BEIJING, UNITED_STATES, answer
from trials.geo.places import Locality
from trials.pages.presenters.asking import fields, kept_by_facets, kept_by_form
from trials.pages.presenters.narrowing import Choice, Facet, chips, cleared, facets
from trials.search.filters import read, search_of
from trials.search.query import TrialSearch
from trials.terms.facets import FACETS


def facet(query: str, name: str, **counts: int) -> Facet:
    zeros = dict.fromkeys(FACETS[name].values, 0) if name in FACETS else {}
    made = facets(answer(query, facets={name: zeros | counts}), {})
    return next(one for one in made if one.name == name)


def choice(query: str, name: str, value: str, **counts: int) -> Choice:
    return next(one for one in facet(query, name, **counts).choices if one.value == value)


def test_facet_counts_stand_beside_plain_words() -> None:
    phase = facet("", "phase", PHASE2=1234, PHASE3=2)

    assert [(one.words, one.trials_words) for one in phase.choices] == [
        ("Early phase 1", "0"),
        ("Phase 1: first safety tests", "0"),
        ("Phase 2: does it work?", "1,234"),
        ("Phase 3: is it better?", "2"),
        ("Phase 4: after approval", "0"),
        ("No phase", "0"),
    ]


def test_value_without_trials_is_quiet_unless_it_is_on() -> None:
    assert choice("", "phase", "PHASE4").leads_nowhere
    assert not choice("phase=PHASE4", "phase", "PHASE4").leads_nowhere


def test_default_shows_the_open_statuses_as_ticked_and_every_status_as_a_choice() -> None:
    status = facet("", "status", RECRUITING=5, NOT_YET_RECRUITING=2, COMPLETED=90)

    ticked = {one.value for one in status.choices if one.chosen}
    assert {"RECRUITING", "NOT_YET_RECRUITING"} <= ticked
    assert "COMPLETED" not in ticked
    assert (status.choices[-1].value, status.choices[-1].trials) == ("all", 97)


def test_statuses_that_were_not_counted_have_no_number_and_can_be_chosen() -> None:
    made = facets(answer("", facets={"status": {"RECRUITING": 5, "NOT_YET_RECRUITING": 0}}), {})
    status = {one.value: one for one in made[0].choices}

    assert status["RECRUITING"].trials_words == "5"
    for value in ("COMPLETED", "all"):
        assert status[value].trials_words == ""
        assert not status[value].leads_nowhere


def test_rare_statuses_show_only_where_trials_have_them() -> None:
    assert "WITHHELD" not in {one.value for one in facet("", "status").choices}
    assert choice("", "status", "WITHHELD", WITHHELD=1).trials == 1
    assert choice("status=WITHHELD", "status", "WITHHELD").chosen


def test_countries_are_the_twelve_with_most_trials_and_the_chosen() -> None:
    codes = ["US", "CN", "DE", "FR", "GB", "JP", "KR", "IT", "ES", "CA", "AU", "NL", "BE", "FJ"]
    counts = {code: 100 - number for number, code in enumerate(codes)}
    country = facet("country=FJ", "country", **counts)

    assert [one.value for one in country.choices] == [*codes[:12], "FJ"]
    assert country.choices[0].words == "United States"
    assert country.is_open


def test_facet_without_values_is_left_out() -> None:
    assert "country" not in {one.name for one in facets(answer(""), {})}


@pytest.mark.parametrize(
    ("query", "place", "expected"),
    [
        ("q=lupus", None, []),
        ("q=x&age=34", None, [("Takes a 34-year-old", "q=x")]),
        ("q=x&age=6&age_unit=months", None, [("Takes a 6-month-old", "q=x")]),
        (
            "q=x&place=Beijing&radius=1000",
            BEIJING,
            [("Within 1,000 km", "q=x&place=Beijing&radius=any")],
        ),
        (
            "place=Beijing&unit=mi",
            BEIJING,
            [("Within 60 miles", "place=Beijing&radius=any&unit=mi")],
        ),
        ("place=Beijing&radius=any", BEIJING, []),
        ("q=x&place=usa", UNITED_STATES, [("In the United States", "q=x")]),
        ("q=x&status=all", None, [("Every status, finished ones too", "q=x")]),
        (
            "q=x&phase=PHASE2&phase=PHASE3",
            None,
            [
                ("Phase 2: does it work?", "q=x&phase=PHASE3"),
                ("Phase 3: is it better?", "q=x&phase=PHASE2"),
            ],
        ),
    ],
)
def test_chips_lead_to_the_search_without_one_filter(
    query: str, place: Locality | None, expected: list[tuple[str, str]]
) -> None:
    assert [(one.words, one.query) for one in chips(answer(query, place=place))] == expected


def test_chip_of_a_closed_status_leads_back_to_the_short_default() -> None:
    status = "status=RECRUITING&status=NOT_YET_RECRUITING&status=AVAILABLE&status=COMPLETED"
    made = {one.words: one.query for one in chips(answer(f"q=x&{status}"))}

    assert made["Finished"] == "q=x"


@pytest.mark.parametrize(
    ("query", "place", "left"),
    [
        ("q=x&exact=1&age=3&phase=PHASE2&status=all", None, "q=x&exact=1"),
        (
            "q=x&place=Beijing&age=3&sort=nearest",
            BEIJING,
            "q=x&place=Beijing&radius=any&sort=nearest",
        ),
        ("q=x&place=usa&age=3", UNITED_STATES, "q=x"),
    ],
)
def test_clear_all_takes_off_every_chip_and_nothing_else(
    query: str, place: Locality | None, left: str
) -> None:
    results = answer(query, place=place)

    assert cleared(results) == left
    assert not chips(answer(left, place=place if "place" in left else None))


FULL = (
    "q=lupus&place=Beijing&radius=200&unit=mi&age=34&sex=female&status=all&phase=PHASE2&country=CN"
    "&sort=newest&page=3"
)


def test_each_form_carries_what_the_other_asks() -> None:
    search = search_of(FULL)

    assert dict(kept_by_form(search)) == {
        "status": "all",
        "phase": "PHASE2",
        "country": "CN",
        "sort": "newest",
    }
    assert dict(kept_by_facets(search)) == {
        "q": "lupus",
        "place": "Beijing",
        "radius": "200",
        "unit": "mi",
        "age": "34",
        "sort": "newest",
    }


@pytest.mark.parametrize("query", ["", FULL, "radius=any", "radius=77&age_unit=days", "unit=mi"])
def test_form_sent_unchanged_asks_the_same(query: str) -> None:
    """The fields and what the form carries make the search again, from its first page."""
    reading = read(QueryDict(query))
    sent = QueryDict(mutable=True)
    for name, value in kept_by_form(reading.search):
        sent.appendlist(name, value)
    for name, field in fields(reading, {}).items():
        chosen = [option.value for option in field.options if option.chosen]
        assert len(chosen) == (1 if field.options else 0)
        sent[name] = chosen[0] if field.options else field.value

    assert read(sent).search == reading.search.with_(page=1)
    assert TrialSearch() == read(QueryDict("q=&place=&radius=&age=&sex=&sort=")).search
