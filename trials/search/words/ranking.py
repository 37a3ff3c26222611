"""Units → the points of a trial and the plans, from strict to loose.

Points are few and coarse, so that trials tie and what comes next (open, near, new) decides. All
plans of a search give the same points: a looser one only adds trials below.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from trials.search.words.plan import Plan
from trials.search.words.tsquery import Not, Query, all_of, any_of
from trials.search.words.units import Unit, exactly

# A unit and its alternatives ("lupus OR psoriasis").
Group = tuple[Unit, ...]
Scores = tuple[tuple[float, str], ...]

# Points of a unit by where it is, before its weight.
_EXACT = 4.0  # a condition (or acronym) as a whole
_TITLE = 4.0  # conditions, title, our plain words
_TREATMENT = 4.0  # treatments and keywords
_MENTION = 2.0  # there, of a condition
_HEADING = 1.0  # MeSH heading, official title, sponsor
_IN_ORDER = 1.0
_OWN_WORDS = 0.5  # before another wording at the same place
_FAR_BEFORE = 12.0  # before another word altogether, whatever its place
_GUESSED = 0.5  # by a learned wording: less than the words themselves anywhere
_ANYWHERE = 0.25  # in a broader heading
_STRICTER = 100.0
_PRESENT = 6.0
# Hits with which looser plans are not needed: in rows and in longer texts, for one thing, two, more
_ENOUGH, _ENOUGH_LOOSE = ((1, 1), (3, 2), (5, 5)), 20
_MOST_PLANS = 4
_MOST_SCORES = 48
_MOST_PARTS = 6


def plans(
    groups: Sequence[Group],
    without: Sequence[Query],
    most: int,
    parts: Sequence[Group] = (),
) -> tuple[Plan, ...]:
    """Return the plans for units that all should be there and words that must not be.

    `parts` are the words of a lone phrase, asked one by one where nothing has all of them.
    """
    found = scores(groups, most)
    strict = all_of(_any(group) for group in groups)
    # Of one thing a mention in the longer text says little where the rows have it; of two, one
    # alone is something else where there are both.
    in_row, in_text = _ENOUGH[min(len(groups), len(_ENOUGH)) - 1]
    kept = [Plan(_but(strict, without), found, _least(groups), enough=in_row)]
    found = (_first(strict), *found)
    kept.append(Plan(_but(strict, without), found, _least(groups), in_texts=True, enough=in_text))
    if parts:
        found = (*found, *scores(parts, most))
    found = (*found, *(_present(group, most) for group in parts or groups))
    for loose, estimate, note in _looser(parts or groups):
        in_texts, match = len(kept) == 2, _but(any_of([strict, loose]) if parts else loose, without)
        kept.append(Plan(match, found, estimate, in_texts, enough=_ENOUGH_LOOSE, loosened=note))
        found = (_first(loose), *found)
    return tuple(kept[:_MOST_PLANS])


def _looser(groups: Sequence[Group]) -> Iterator[tuple[Query, int, str]]:
    """Yield the looser ways to match, each with its estimate and a sentence."""
    telling = [group for group in groups if _is_needed(group)] or list(groups)
    required = [group for group in telling if group[0].is_required]
    if len(telling) < len(groups):
        dropped = [group[0].typed for group in groups if group not in telling]
        note = f"We also show trials without {_listed(dropped)}."
        yield all_of(_any(group) for group in telling), _least(telling), note
    elif 2 < len(telling) <= _MOST_PARTS and len(required) < len(telling):
        parts = [
            all_of(_any(group) for group in telling if group is not left_out)
            for left_out in telling
            if left_out not in required
        ]
        yield any_of(parts), _least(telling), "We also show trials with most of your words."
    if len(telling) > 1 and not required:
        some = any_of(_any(group) for group in telling)
        yield some, _sum(telling), "We also show trials with some of your words."


def _first(match: Query) -> tuple[float, str]:
    """Return the points that put what a stricter plan finds before all else."""
    return _STRICTER, match.text()


def _present(group: Group, most: int) -> tuple[float, str]:
    """Return the points that put trials with more of the units before those with fewer."""
    return _PRESENT * max(_weight(unit, most) for unit in group), _any(group).text()


def _but(match: Query, without: Sequence[Query]) -> str:
    return all_of([match, *(Not(one) for one in without)]).text()


def scores(groups: Iterable[Group], most: int) -> Scores:
    """Return the points of all units, the highest first."""
    found = [score for group in groups for unit in group for score in _scores_of(unit, most)]
    return tuple(sorted(found, key=lambda score: -score[0])[:_MOST_SCORES])


def _scores_of(unit: Unit, most: int) -> list[tuple[float, str]]:
    weight = _weight(unit, most)
    meant = any_of([unit.own, *unit.near])
    given = [
        (_EXACT, exactly(unit.exact).text("A")),
        (_TITLE, meant.text("A")),
        (_MENTION if unit.is_condition else _TREATMENT, meant.text("B")),
        (_HEADING, meant.text("C")),
        (_ANYWHERE, unit.any.text()),
    ]
    if unit.phrases:
        given.append((_IN_ORDER, any_of(unit.phrases).text("ABC")))
    if unit.near:
        given.append((_FAR_BEFORE if unit.is_rare else _OWN_WORDS, unit.own.text("ABC")))
    if unit.far:
        given.append((_GUESSED, any_of(unit.far).text("ABC")))
    return [(round(points * weight, 3), query) for points, query in given]


def _weight(unit: Unit, most: int) -> float:
    """Return how much a unit counts: rare ones and conditions more, what can be left out less."""
    if most < 2 or unit.trials < 1:
        rarity = 1.0
    else:
        rarity = max(0.0, 1 - math.log(unit.trials) / math.log(most))
    weight = 1 + round(4 * rarity) / 2
    if unit.is_condition:
        weight += 0.5
    return weight if unit.is_telling else weight / 2


def _any(group: Group) -> Query:
    return any_of(unit.any for unit in group)


def _is_needed(group: Group) -> bool:
    return any(unit.is_telling or unit.is_required for unit in group)


def _least(groups: Iterable[Group]) -> int:
    """Return how many trials have all groups at most."""
    return min((sum(unit.trials for unit in group) for group in groups), default=0)


def _sum(groups: Iterable[Group]) -> int:
    return sum(unit.trials for group in groups for unit in group)


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
