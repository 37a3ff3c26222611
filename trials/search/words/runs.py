"""Clauses as runs of terms: what they say about the person taken out, misspelt words mended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trials.geo import readings
from trials.geo.candidates import Candidate, candidates
from trials.search.words import person
from trials.search.words.corrections import absent, corrected, suspected
from trials.search.words.knowledge import Knowledge
from trials.search.words.parse import Clause
from trials.search.words.plan import Correction, Offers
from trials.search.words.terms import Term, terms

_MOST_TERMS = 40
_MOST_TOWNS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A clause with its text as it is read and the terms of that text."""

    clause: Clause
    text: str
    words: Sequence[Term]

    @property
    def is_plain(self) -> bool:
        """Whether these are words that may be left out, mended and put in other words."""
        return not (self.clause.is_phrase or self.clause.is_negated)


def read(clauses: Sequence[Clause]) -> tuple[list[Run], Offers]:
    """Return the clauses as runs, and what the plain ones say about the person."""
    runs, offers, left = [], Offers(), _MOST_TERMS
    for clause in clauses:
        run = Run(clause, clause.text, ())
        if run.is_plain:
            about = person.read(clause.text, _is_place)
            offers = offers or about.offers
            run = replace(run, text=about.without(clause.text))
        run = _with_terms(run)
        runs.append(replace(run, words=run.words[:left]))
        left -= len(runs[-1].words)
    return [run for run in runs if run.words], offers


def _with_terms(run: Run) -> Run:
    words = terms(run.text)
    if words or run.text != run.clause.text:
        return replace(run, words=words)
    # Only words like “all”: taken for the abbreviations that they also are.
    text = run.text.upper()
    return replace(run, text=text, words=terms(text))


def _places(name: str) -> list[Candidate]:
    """Return the places of a name; neither counted nor guessed, unlike `geo.places.find`."""
    asked = readings.read(name)
    return candidates(asked).fitting if asked else []


def _is_place(name: str) -> bool:
    return bool(_places(name))


def without_towns(
    runs: Sequence[Run], known: Knowledge, offers: Offers
) -> tuple[list[Run], Offers]:
    """Take out words that no trial has but that are a town, and offer it as the place."""
    left = []
    for run in runs:
        missing = [run.words[at] for at in absent(run.words, known)] if run.is_plain else []
        towns = [term for term in missing[:_MOST_TOWNS] if _is_town(term)]
        if towns:
            offers = replace(offers, place=offers.place or towns[0].typed)
            words = [term for term in run.words if term not in towns]
            run = replace(run, words=words)
        left.append(run)
    return [run for run in left if run.words], offers


def _is_town(term: Term) -> bool:
    found = _places(term.typed)
    return bool(found) and (term.typed[0].isupper() or any(one.site_places for one in found))


def mended(runs: Sequence[Run], known: Knowledge) -> tuple[list[Run], list[Correction]]:
    """Return the runs with misspelt words replaced, and which."""
    made, corrections = [], []
    for run in runs:
        text, found = corrected(run.text, run.words, known) if run.is_plain else (run.text, [])
        made.append(replace(run, text=text, words=terms(text)[:_MOST_TERMS]) if found else run)
        corrections += found
    return made, corrections


def with_neighbours(runs: Sequence[Run], known: Knowledge) -> Knowledge:
    """Return what is known with the common neighbours of rare words as other wordings."""
    rare = [term for run in runs if run.is_plain for term in run.words]
    neighbours = suspected(rare, known)
    return replace(known, wordings={**known.wordings, **neighbours}) if neighbours else known
