"""What the page of a search says above its cards: heading, title, notes, offers."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from tests.presenters.answers import BEIJING, LEEDS, UNITED_STATES, answer
from trials.geo.places import Found, Locality
from trials.pages.presenters.results import heading, present
from trials.pages.presenters.understood import offers, place_taken, understood
from trials.pages.presenters.way_out import Why
from trials.search.filters import read
from trials.search.query import PAGE_SIZE
from trials.search.words.plan import Correction, Offers, Plan, Understanding


@pytest.mark.parametrize(
    ("query", "place", "total", "words"),
    [
        ("", None, 412, "Trials open now or soon"),
        ("", None, 0, "No trials found"),
        ("phase=PHASE2", None, 1, "1 trial for your filters"),
        ("q=lupus", None, 1234, "1,234 trials for lupus"),
        ("q=lupus&place=Beijing", BEIJING, 63, "63 trials for lupus near Beijing"),
        ("place=usa", UNITED_STATES, 2, "2 trials in the United States"),
        (
            "place=Leeds&radius=any",
            LEEDS,
            2,
            "2 trials, at any distance from Leeds",
        ),
        ("q=lupus&place=Nowhere", None, 63, "63 trials for lupus"),
        (
            "q=lupas+nefritis&place=Leeds",
            LEEDS,
            0,
            "No trials found for “lupas nefritis” near Leeds",
        ),
        ("q=%22lung+cancer%22", None, 2, "2 trials for “lung cancer”"),
        ("q=" + "long+" * 20, None, 2, "2 trials for “" + "long " * 11 + "long…”"),
    ],
)
def test_heading_says_how_many_for_what_and_where(
    query: str, place: Locality | None, total: int, words: str
) -> None:
    assert heading(answer(query, place=place, total=total)) == words


def test_heading_of_a_sentence_is_in_quotes() -> None:
    words = Understanding(ignored=("my", "dad"))

    assert heading(answer("q=my+dad+asthma", words=words)) == "63 trials for “my dad asthma”"


def test_corrections_are_told_and_can_be_taken_back() -> None:
    words = Understanding(corrections=(Correction("lupas", "lupus"),), also=("SLE",))
    told = understood(answer("q=Lupas", words=words))

    assert heading(answer("q=Lupas", words=words)) == "63 trials for lupus"
    assert (told.typed, told.used, told.also) == ("“lupas”", "lupus", "SLE")
    assert told.literal == "q=Lupas&exact=1"


def test_exact_words_lead_back_to_similar_ones() -> None:
    told = understood(answer("q=lupas&exact=1"))

    assert (told.literal, told.similar) == ("", "q=lupas")


def test_what_was_dropped_is_told() -> None:
    told = understood(
        answer(
            "q=my+lupus",
            words=Understanding(ignored=("my",)),
            plan=Plan("", loosened="We left out a word."),
        )
    )

    assert (told.ignored, told.loosened) == ("“my”", "We left out a word.")


@pytest.mark.parametrize(
    ("said", "query", "offered"),
    [
        (Offers(age=70, age_unit="years"), "q=x", [("a 70-year-old", "q=x&age=70")]),
        (Offers(age=8, age_unit="years"), "q=x", [("an 8-year-old", "q=x&age=8")]),
        (
            Offers(age=1.5, age_unit="years"),
            "q=x",
            [("an 18-month-old", "q=x&age=18&age_unit=months")],
        ),
        (Offers(age=70, age_unit="years"), "q=x&age=70", []),
        (Offers(sex="FEMALE"), "q=x", [("women or girls", "q=x&sex=female")]),
        (Offers(sex="FEMALE"), "q=x&sex=male", []),
        (Offers(place="Boston"), "q=x&place=Leeds", []),
    ],
)
def test_offers_are_filters_that_are_not_on(
    said: Offers, query: str, offered: list[tuple[str, str]]
) -> None:
    made = offers(answer(query, words=Understanding(offers=said)))

    assert [offer.query for offer in made] == [query for _, query in offered]
    assert all(words in offer.words for offer, (words, _) in zip(made, offered, strict=True))


def test_other_places_of_the_name_are_links_with_their_trials() -> None:
    told = place_taken(
        answer("q=x&place=Leeds", place=LEEDS, found=Found(LEEDS, others=(BEIJING,)))
    )

    assert told is not None
    assert told.where == "near Leeds, England, United Kingdom"
    assert [(one.words, one.query, one.trials) for one in told.others] == [
        ("Beijing, China", "q=x&place=Beijing%2C+China", "31 trials")
    ]


@pytest.mark.parametrize(
    ("place", "trials", "shown"),
    [
        (LEEDS, [0, 0, 0, 0, 0], 3),
        (LEEDS, [5, 4, 3, 2, 1, 1, 1, 0], 6),
        (LEEDS, [5, 0, 0, 0], 3),
        (UNITED_STATES, [5, 0, 0, 0], 1),
    ],
)
def test_other_places_are_those_with_trials_and_a_few_more(
    place: Locality, trials: list[int], shown: int
) -> None:
    others = tuple(replace(LEEDS, label=f"Leeds {n}", trials=n) for n in trials)
    told = place_taken(answer("place=x", place=place, found=Found(place, others=others)))

    assert told is not None
    assert len(told.others) == shown


def test_unknown_place_is_a_problem_of_its_field_with_suggestions() -> None:
    reading = read(QueryDict("place=Bejing"))
    page = present(reading, answer("place=Bejing", found=Found(suggestions=(BEIJING,))), Why())

    assert "We don’t know a place called “Bejing”." in page.fields["place"].problem
    assert [problem.anchor for problem in page.problems] == ["place"]
    assert page.place is not None
    assert [one.words for one in page.place.suggestions] == ["Beijing, China"]


def test_problems_stand_beside_their_fields_with_what_was_typed() -> None:
    query = "q=lupus&age=abc&radius=-5&phase=PHASE9&sort=best&page=0&age_unit=eons"
    page = present(read(QueryDict(query)), answer(query), Why())

    assert page.fields["age"].value == "abc"
    assert page.fields["age"].problem.startswith("“abc” is not a number.")
    assert page.fields["radius"].problem
    assert page.fields["age_unit"].problem
    assert page.page_problem
    assert {facet.name for facet in page.facets if facet.problem} == {"phase"}
    assert {problem.anchor for problem in page.problems} == {
        "age",
        "radius",
        "age_unit",
        "f-phase",
        "results",
    }
    assert page.title.startswith("Error: ")


def test_titles_tell_searches_apart() -> None:
    queries = ["q=lupus", "q=lupus&phase=PHASE2", "q=lupus&exact=1", "q=lupus&sort=newest"]
    queries += [
        "q=lupus&page=2",
        "q=lupus&status=all",
        "q=lupus&age=3",
        "q=lupus&age=3&age_unit=days",
    ]
    titles = {present(read(QueryDict(query)), answer(query), Why()).title for query in queries}

    assert len(titles) == len(queries)


def test_page_past_the_end_says_so() -> None:
    page = present(read(QueryDict("q=x&page=50")), answer("q=x&page=50"), Why())

    assert page.is_past_the_end
    assert (page.pager.first, page.pager.last) == ("q=x", f"q=x&page={-(-63 // PAGE_SIZE)}")
