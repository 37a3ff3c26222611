"""A search and its address: every query string is a search, every search has one address."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from trials.search.filters import read, search_of
from trials.search.query import ALL, ANY_DISTANCE, AgeUnit, Sort, TrialSearch, Unit
from trials.terms import facets

NAMES = str.split(
    "q exact place radius unit age age_unit sex status phase study_type intervention_type "
    "age_group healthy_volunteers country sponsor_class has_results reviewed sort page unknown"
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        str.split(
            "1 0 -1 1000000000 34 any km MI years months open all RECRUITING completed PHASE2 "
            "CHILD female MALE yes no CN Kosovo best nearest x' lupus"
        )
    ),
)
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=12)


def querydict(pairs: list[tuple[str, str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


@given(QUERIES)
def test_query_string_of_any_kind_is_a_search_with_one_address(
    pairs: list[tuple[str, str]],
) -> None:
    search = read(querydict(pairs)).search
    again = read(QueryDict(search.query()))
    assert again.search == search
    assert not again.problems
    assert again.search.query() == search.query()


def test_address_of_the_plain_search_is_empty() -> None:
    assert TrialSearch().query() == ""


def test_address_reads_as_promised() -> None:
    address = "q=lupus&place=Beijing&radius=1000&age=34&sex=female"
    search = search_of(address)
    assert search.query() == address
    assert (search.q, search.place, search.radius, search.age) == ("lupus", "Beijing", 1000, 34)
    assert search.sex == ("FEMALE",)


def test_values_are_known_whatever_their_case_and_order() -> None:
    one = search_of("phase=PHASE3&phase=phase1&status=completed&country=cn&unit=MI&sort=Newest")
    other = search_of("country=CN&phase=PHASE1&phase=PHASE3&status=COMPLETED&sort=newest&unit=mi")
    assert one == other
    assert one.unit is Unit.MI
    assert one.sort is Sort.NEWEST


def test_status_is_open_or_soon_by_default_and_all_on_request() -> None:
    assert TrialSearch().statuses == facets.OPEN_OR_SOON
    assert search_of("status=open") == TrialSearch()
    assert search_of("status=all&status=open").status == (ALL,)
    assert search_of("status=all").statuses == ()
    assert set(search_of("status=open&status=COMPLETED").statuses) == {
        *facets.OPEN_OR_SOON,
        "COMPLETED",
    }


def test_open_only_is_told_apart_from_searches_that_reach_further() -> None:
    assert TrialSearch().is_open_only
    assert search_of("status=RECRUITING").is_open_only
    assert not search_of("status=all").is_open_only
    assert not search_of("status=open&status=COMPLETED").is_open_only


def test_radius_has_a_default_only_for_its_unit() -> None:
    assert search_of("place=Leeds").radius_km == 100
    assert search_of("place=Leeds&unit=mi").radius_km == pytest.approx(96.56064)
    assert search_of("radius=any").radius == ANY_DISTANCE
    assert search_of("radius=any").radius_km is None


def test_age_reaches_to_the_next_birthday() -> None:
    assert search_of("age=34").age_months == (408, 420)
    assert search_of("age=6&age_unit=months").age_months == (6, 7)
    assert search_of("age=0").age_months == (0, 12)
    assert search_of("age=6&age_unit=months").age_unit is AgeUnit.MONTHS


@pytest.mark.parametrize(
    ("typed", "age", "unit"),
    [
        ("6 months", 6, "months"),
        ("6mo", 6, "months"),
        ("34 years old", 34, "years"),
        ("3 Weeks", 3, "weeks"),
        ("10 days", 10, "days"),
    ],
)
def test_age_may_be_typed_with_its_unit(typed: str, age: int, unit: str) -> None:
    data = QueryDict(mutable=True)
    data["age"] = typed
    assert read(data).search == TrialSearch(age=age, age_unit=AgeUnit(unit))


def test_another_filter_starts_at_the_first_page() -> None:
    assert search_of("page=3").with_(age=4).page == 1
    assert search_of("page=3").query(page=4) == "page=4"


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("age=abc", "age", "“abc” is not a number. Type an age, such as 34 or 6 months."),
        ("age=-1", "age", "-1 can’t be used here."),
        ("age=900", "age", "An age can be up to 130 years. We left it out."),
        ("page=0", "page", "Pages go from 1 to 500."),
        ("page=1000000000", "page", "Pages go from 1 to 500."),
        ("radius=-5", "radius", "Type a distance, such as 50."),
        ("unit=furlong", "unit", "You can use: km, mi."),
        ("status=FOO", "status", "“FOO” is not a status we know. We left it out."),
        ("phase=PHASE9&phase=PHASE1", "phase", "“PHASE9” is not a phase we know."),
        ("q=" + "x" * 100_000, "q", "A search can have up to 300 characters."),
        ("age=1&age=2", "age", "given more than once. We used the last one."),
    ],
)
def test_bad_value_gets_a_sentence_beside_its_field(query: str, name: str, said: str) -> None:
    problems = read(QueryDict(query)).problems
    assert said in problems[name]
    assert set(problems) == {name}


def test_good_values_survive_beside_bad_ones() -> None:
    search = search_of("q=lu%00pus&age=old&phase=PHASE9&phase=PHASE1&status=nope&sex=female")
    assert search == TrialSearch(q="lu pus", phase=("PHASE1",), sex=("FEMALE",))


def test_signs_that_turn_the_text_around_are_left_out() -> None:
    assert search_of("q=%E2%80%AElupus%E2%81%A6&place=%E2%80%8FLeeds") == TrialSearch(
        q="lupus", place="Leeds"
    )


def test_words_too_long_are_cut_at_a_word() -> None:
    search = search_of("q=" + "+".join(["lupus"] * 1000))
    assert len(search.q) <= 300
    assert search.q.split() == ["lupus"] * len(search.q.split())
