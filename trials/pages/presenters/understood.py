"""How a search was understood: words corrected, added or left out, the place that was taken, and
what the words say about the person, offered and never applied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trials.geo import places
from trials.geo.places import Kind, Locality
from trials.search.answers import Results
from trials.search.query import AgeUnit, TrialSearch
from trials.search.words.plan import Offers
from trials.terms import plain
from trials.terms.words import folded

_MOST_WORDS = 8
_MOST_PLACES, _FEW_PLACES = 6, 3
_LONGEST_IN_HEADING = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to another search: what it is, and how many trials, in words (may be empty)."""

    words: str
    query: str
    trials: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the page says about the words.

    `typed` and `used` are filled where words were corrected, `also` where others were searched for
    too; `literal` is the query string of the search for the typed words alone, `similar` the way
    back from there.
    """

    typed: str
    used: str
    also: str
    ignored: str
    loosened: str
    literal: str
    similar: str


@dataclass(frozen=True, slots=True)
class PlaceTaken:
    """What the page says about the place: the one taken, others of that name, or what was meant.

    `where` is the one taken, empty for none; `needs_words` where the heading does not tell it.
    """

    where: str
    needs_words: bool
    others: tuple[Offer, ...]
    suggestions: tuple[Offer, ...]


def understood(results: Results) -> Understood:
    """Return how the words were taken."""
    words, search = results.words, results.search
    return Understood(
        typed=plain.listed([f"“{one.typed}”" for one in words.corrections]),
        used=used_words(results) if words.corrections else "",
        also=plain.shortlist(words.also, _MOST_WORDS),
        ignored=plain.shortlist([f"“{word}”" for word in words.ignored], _MOST_WORDS),
        loosened=results.plan.loosened,
        literal=search.query(exact=True) if words.corrections or words.also else "",
        similar=search.query(exact=False) if search.exact and search.q else "",
    )


def used_words(results: Results) -> str:
    """Return the words as they were looked for: the typed ones with their corrections."""
    text = results.search.q
    for one in results.words.corrections:
        typed = rf"(?<!\w){re.escape(one.typed)}(?!\w)"
        text = one.used.join(re.split(typed, text, flags=re.IGNORECASE))
    return text


def heading_words(results: Results) -> str:
    """Return the words for a heading: bare where they name a thing, else in quotes and cut."""
    text = used_words(results)
    names_a_thing = results.total and not results.words.ignored and '"' not in text
    if not names_a_thing or len(text) > _LONGEST_IN_HEADING:
        shown = text.replace('"', "")
        return f"“{shown if len(shown) <= _LONGEST_IN_HEADING else cut(shown)}”"
    return text


def cut(text: str) -> str:
    """Return the first whole words of a text that is too long for a heading."""
    return text[:_LONGEST_IN_HEADING].rsplit(" ", 1)[0] + "…"


# --- The place ---------------------------------------------------------------------------------


def place_taken(results: Results) -> PlaceTaken | None:
    """Return what there is to say about the place; None where none was typed."""
    if results.found is None:
        return None
    return PlaceTaken(
        where=where(results.locality) if results.locality else "",
        needs_words=bool(_namesakes(results)) or _is_renamed(results),
        others=tuple(_places(results.search, _namesakes(results))),
        suggestions=tuple(_places(results.search, results.found.suggestions)),
    )


def _is_renamed(results: Results) -> bool:
    """Tell whether the place goes by another name than the one typed: "10001", "Bejing"."""
    if results.locality is None:
        return False
    label = results.locality.label
    return folded(results.search.place) not in {folded(label), folded(short_name(label))}


def where(locality: Locality) -> str:
    """Return "near Paris, France" or "in China"."""
    return f"{_preposition(locality)} {plain.with_article(locality.label)}"


def short_where(locality: Locality) -> str:
    """Return the same without region and country, for a heading."""
    return f"{_preposition(locality)} {plain.with_article(short_name(locality.label))}"


def short_name(label: str) -> str:
    """Return a place's own name, without region, country, and what kind of place it is."""
    return label.partition(",")[0].partition(" (")[0]


def _preposition(locality: Locality) -> str:
    return "near" if locality.kind is Kind.POINT else "in"


def _namesakes(results: Results) -> tuple[Locality, ...]:
    """Return the other places of the name: those with trials, and a few towns beside a town."""
    if results.found is None or results.locality is None:
        return ()
    others = results.found.others
    with_trials = tuple(other for other in others if other.trials)
    if results.locality.kind is not Kind.POINT:  # villages called China are no choice beside it
        return with_trials
    without = tuple(other for other in others if not other.trials)
    return with_trials + without[: max(0, _FEW_PLACES - len(with_trials))]


def _places(search: TrialSearch, localities: tuple[Locality, ...]) -> Iterator[Offer]:
    for locality in localities[:_MOST_PLACES]:
        trials = plain.count(locality.trials, "trial") if locality.trials else ""
        yield Offer(locality.label, search.query(place=locality.label), trials)


# --- The person --------------------------------------------------------------------------------


def offers(results: Results) -> tuple[Offer, ...]:
    """Return the filters that the words suggest and that are not on yet."""
    said, search = results.words.offers, results.search
    return (*_age(said, search), *_sex(said, search), *_place(said, search))


def _age(said: Offers, search: TrialSearch) -> Iterator[Offer]:
    if said.age is None or search.age is not None:
        return
    age, unit = said.age, AgeUnit(said.age_unit or AgeUnit.YEARS)
    if age != int(age) and unit is AgeUnit.YEARS:
        age, unit = age * 12, AgeUnit.MONTHS
    person = plain.aged(int(age), unit)
    yield Offer(f"Show only trials that take {person}", search.query(age=int(age), age_unit=unit))


def _sex(said: Offers, search: TrialSearch) -> Iterator[Offer]:
    if said.sex and not search.sex:
        takes = plain.facet_value("sex", said.sex)
        words = f"Show only trials that {takes.replace('Takes', 'take')}"
        yield Offer(words, search.query(sex=(said.sex,)))


def _place(said: Offers, search: TrialSearch) -> Iterator[Offer]:
    if not said.place or search.place:
        return
    best = places.find(said.place).best
    if best is not None:
        yield Offer(f"Show only trials {where(best)}", search.query(place=best.label))
