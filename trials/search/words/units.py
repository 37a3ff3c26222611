"""Terms → units, the things a person means: a known phrase, or a word of its own.

The longest known phrase wins ("small cell lung cancer" before "lung cancer"); what belongs to
none is a unit by itself, unless it is filler.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trials.search.words.filler import FILLER, QUALIFIERS
from trials.search.words.knowledge import LONGEST_PHRASE, Knowledge
from trials.search.words.lookups import Wordings
from trials.search.words.terms import Term, adjacent, key, terms, together, widened
from trials.search.words.tsquery import Lexeme, Query, all_of, any_of
from trials.terms.values import condition_slug
from trials.terms.words import folded

# A word is a condition's name where so many of the trials with the word have it as a condition.
_CONDITION_SHARE = 0.01
# A word in so many of the trials tells nothing by itself.
_COMMON_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to look for.

    `own` are the words themselves, `near` what our editors say means the same, `far` what records
    let us guess; `exact` are the keys of the same as a whole condition. `phrases` hold where the
    words of a wording follow each other. `trials` guesses how many trials it is in; `is_telling`
    is whether somebody looks for this rather than for this *of* something. Where `is_rare`, the
    words may be a misspelling of what is near, and come first all the same.
    """

    typed: str
    own: Query
    exact: tuple[str, ...]
    near: tuple[Query, ...] = ()
    far: tuple[Query, ...] = ()
    phrases: tuple[Query, ...] = ()
    also: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    trials: int = 0
    is_telling: bool = True
    is_condition: bool = False
    is_rare: bool = False
    is_required: bool = False

    @property
    def any(self) -> Query:
        """The unit in any of its wordings."""
        return any_of([self.own, *self.near, *self.far])


def units(text: str, words: Sequence[Term], known: Knowledge) -> tuple[list[Unit], list[Term]]:
    """Return the units of a run of plain words, and the terms that are filler."""
    found, ignored, at = [], [], 0
    while at < len(words):
        run = _longest(text, words[at:], known)
        if len(run) == 1 and _is_filler(run[0]):
            ignored.append(run[0])
        else:
            found.append(unit(text, run, known))
        at += len(run)
    return found, ignored


def _longest(text: str, words: Sequence[Term], known: Knowledge) -> Sequence[Term]:
    """Return the longest known phrase that begins here, or the first word."""
    for length in range(min(LONGEST_PHRASE, len(words)), 1, -1):
        run = words[:length]
        if key(run) in known.wordings or _is_condition_phrase(text, run, known):
            return run
    return words[:1]


def _is_condition_phrase(text: str, run: Sequence[Term], known: Knowledge) -> bool:
    # Records name all kinds of things as conditions: no phrase begins or ends with filler.
    is_named = known.conditions_of(text, run) is not None
    return is_named and not (_is_filler(run[0]) or _is_filler(run[-1]))


def _is_filler(term: Term) -> bool:
    is_name = term.typed.isupper() and len(term.typed) > 1
    return term.is_ending or (term.word in FILLER and not is_name)


def unit(text: str, run: Sequence[Term], known: Knowledge) -> Unit:
    """Return the unit that some terms of a text are."""
    wordings = known.wordings.get(key(run), Wordings())
    near = [words for one in wordings.same if (words := terms(one))]
    far = [words for one in wordings.learned if (words := terms(one))]
    inner = None if wordings.editors else _inner(run, known)
    own = together(run)
    queries = [*map(widened, near), *([inner] if inner else []), widened(run)]
    is_condition = _is_condition(text, run, wordings, known)
    trials = known.trials_of(run) + sum(known.trials_of(words) for words in near)
    return Unit(
        typed=text[run[0].start : run[-1].end],
        own=own,
        exact=tuple(dict.fromkeys(key(words) for words in [run, *near])),
        near=tuple(query for query in queries if query != own),
        far=tuple(together(words) for words in far),
        phrases=tuple(adjacent(words) for words in [run, *near] if len(words) > 1),
        also=tuple(_different(text, run, [*wordings.same, *wordings.learned])),
        stems=frozenset(term.stem for words in [run, *near, *far] for term in words),
        trials=trials,
        is_telling=_is_telling(run, is_condition, trials, known),
        is_condition=is_condition,
        is_rare=bool(wordings.neighbour),
    )


def _inner(run: Sequence[Term], known: Knowledge) -> Query | None:
    """Return a phrase with its parts in other words (gastric carcinoma for stomach cancer)."""
    if len(run) == 1:
        return None
    parts: list[Query] = []
    has_other, at = False, 0
    while at < len(run):
        part = next(
            (
                run[at:end]
                for end in range(len(run) - (at == 0), at, -1)
                if end == at + 1 or key(run[at:end]) in known.wordings
            ),
            run[at : at + 1],
        )
        editors = known.wordings.get(key(part), Wordings()).editors
        has_other = has_other or bool(editors)
        parts.append(any_of([all_of(Lexeme(term.stem) for term in part), *map(_words_of, editors)]))
        at += len(part)
    return all_of(parts) if has_other else None


def _words_of(wording: str) -> Query:
    return together(terms(wording))


def _different(text: str, run: Sequence[Term], wordings: Iterable[str]) -> Iterator[str]:
    """Yield the wordings that read differently from what was typed."""
    seen = {folded(text[run[0].start : run[-1].end])}
    for wording in wordings:
        if folded(wording) not in seen:
            seen.add(folded(wording))
            yield wording


def _is_condition(text: str, run: Sequence[Term], wordings: Wordings, known: Knowledge) -> bool:
    """Whether records name the unit, or what our editors say it means, as a condition."""
    named = [(known.conditions_of(text, run), run)]
    named += [(known.conditions.get(condition_slug(one)), terms(one)) for one in wordings.editors]
    return any(
        len(words) > 1 or trials >= _CONDITION_SHARE * known.trials_of(words)
        for trials, words in named
        if trials is not None
    )


def _is_telling(run: Sequence[Term], is_condition: bool, trials: int, known: Knowledge) -> bool:
    if all(term.word in QUALIFIERS or term.word.isdecimal() for term in run) and not is_condition:
        return False
    has_wordings = key(run) in known.wordings
    return is_condition or has_wordings or trials <= _COMMON_SHARE * known.most


def quoted(text: str, words: Sequence[Term], known: Knowledge) -> Unit:
    """Return the unit of a quoted phrase: these words, in this order, and nothing else."""
    return Unit(
        typed=text,
        own=adjacent(words),
        exact=(key(words),),
        stems=frozenset(term.stem for term in words),
        trials=known.trials_of(words),
        is_required=True,
    )


def exactly(keys: Iterable[str]) -> Query:
    """Return that one of some keys is a condition or an acronym as a whole."""
    return any_of(Lexeme(f"={key}") for key in keys)
