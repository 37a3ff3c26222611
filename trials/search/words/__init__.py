"""What a person's words mean: `understand` is the one way in, its answer is in `plan`.

From what was typed to a plan: parse (quotes, minus, OR) → runs (person, terms, corrections) →
units (known phrases) → ranking (points and plans). Nothing is kept of what people type.
"""

from collections.abc import Sequence
from dataclasses import replace

from trials.search.words import ids
from trials.search.words import runs as reading
from trials.search.words.filler import FILLER
from trials.search.words.knowledge import Knowledge, learn
from trials.search.words.parse import clauses, cleaned
from trials.search.words.plan import Correction, Plan, Understanding
from trials.search.words.ranking import Group, plans
from trials.search.words.runs import Run
from trials.search.words.terms import Term, adjacent
from trials.search.words.tsquery import Lexeme
from trials.search.words.units import Unit, quoted, unit, units

__all__ = ["understand"]

_MOST_ALSO = 6
_ONLY_WITHOUT = "A search needs a word to look for, beside the words to leave out."


def understand(q: str, *, exact: bool = False) -> Understanding:
    """Return what a person's words mean; `exact` takes them literally.

    Never raises, whatever is typed: what can't be used is left out with a sentence.
    """
    text, problem = cleaned(q)
    named = ids.named_by(text)
    if named.trial_ids:
        return Understanding(plans=(Plan("", trial_ids=named.trial_ids),), problem=problem)
    if named.unknown and named.is_all:
        nothing = Lexeme(named.unknown.lower()).text()
        unknown = f"{named.unknown} is not among the trials here. Check its digits."
        return Understanding(plans=(Plan(nothing),), problem=unknown)
    runs, offers = reading.read(clauses(text))
    known = _learn(runs, exact=exact)
    corrections: list[Correction] = []
    if not exact:
        runs, offers = reading.without_towns(runs, known, offers)
        runs, corrections = reading.mended(runs, known)
        known = _learn(runs, exact=False) if corrections else known
        known = reading.with_neighbours(runs, known)
    meaning = _meaning(runs, known, problem)
    return replace(meaning, corrections=tuple(corrections), offers=offers)


def _learn(runs: Sequence[Run], *, exact: bool) -> Knowledge:
    asked = [run for run in runs if not run.clause.is_negated]
    return learn([(run.text, run.words) for run in asked], exact=exact)


def _meaning(runs: Sequence[Run], known: Knowledge, problem: str) -> Understanding:
    groups, ignored = _groups(runs, known)
    without = [adjacent(run.words) for run in runs if run.clause.is_negated]
    if not groups:
        return Understanding(ignored=tuple(ignored), problem=_ONLY_WITHOUT if without else problem)
    found = [unit for group in groups for unit in group]
    return Understanding(
        plans=plans(groups, without, known.most, _parts(found, runs, known)),
        also=tuple(dict.fromkeys(one for unit in found for one in unit.also))[:_MOST_ALSO],
        ignored=tuple(dict.fromkeys(ignored)),
        stems=frozenset(stem for unit in found for stem in unit.stems),
        problem=problem,
    )


def _groups(runs: Sequence[Run], known: Knowledge) -> tuple[list[Group], list[str]]:
    """Return the units that all should be there, alternatives together, and what was ignored."""
    groups: list[Group] = []
    ignored: list[str] = []
    asked = [run for run in runs if not run.clause.is_negated]
    for run in asked:
        found, left_out = _units(run, known, is_alone=len(asked) == 1)
        ignored += [term.typed for term in left_out]
        if found and run.clause.is_or and groups:
            groups[-1] = (*groups[-1], found.pop(0))
        groups += [(one,) for one in found]
    return groups, ignored


def _units(run: Run, known: Knowledge, *, is_alone: bool) -> tuple[list[Unit], list[Term]]:
    """Return the units of a run, and its filler; where there is nothing else, filler counts."""
    if run.clause.is_phrase:
        return [quoted(run.clause.text, run.words, known)], []
    found, ignored = units(run.text, run.words, known)
    if not found and is_alone:
        return [unit(run.text, [term], known) for term in run.words], []
    return found, ignored


def _parts(found: Sequence[Unit], runs: Sequence[Run], known: Knowledge) -> list[Group]:
    """Return the words of a search that is one known phrase, each as a unit of its own."""
    plain = [run for run in runs if run.is_plain]
    if len(found) != 1 or found[0].is_required or len(plain) != 1:
        return []
    words = [term for term in plain[0].words if term.word not in FILLER]
    literal = replace(known, wordings={})
    return [(unit(plain[0].text, [term], literal),) for term in words] if len(words) > 1 else []
