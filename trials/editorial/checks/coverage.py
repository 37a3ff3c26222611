"""Which criteria of a record the lists of a text speak for, and which nobody has answered yet."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from trials.editorial.checks.guard.equality import same_amount
from trials.editorial.checks.guard.negation import Kind
from trials.editorial.checks.guard.source import Section, Statement, read_statements
from trials.editorial.checks.guard.statements import Weights, Word, speak_of_same

SHORTEST_REASON = 10
_SECTIONS: tuple[Section, ...] = ("inclusion", "exclusion")
_RULES = ("item", "paragraph")
_RULE_WORDS = re.compile(
    r"\b(?:must|required?|eligible|ineligible|excluded?|include[sd]?|not|no|without|only|allowed"
    r"|at least|able|willing|aged?)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\W*(?:none|n/?a|nil|not applicable|nothing)\W*", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]*")
_ENOUGH_TOLD, _ENOUGH_COVERED = 0.5, 0.5
# A line that is all about a part of a long criterion may still be its plain wording.
_ALL_COVERED, _SOME_TOLD = 0.8, 0.3
# A lead-in with fewer words of content only names what follows: “Adequate organ function:”.
_OWN_WORDS = 4
_MOST_PAIRS = 20_000


class CriterionLike(Protocol):
    """A node of a criteria tree in reading order, from the database or fresh from the reader."""

    @property
    def section(self) -> str: ...  # noqa: D102 - the fields of the tree's nodes
    @property
    def role(self) -> str: ...  # noqa: D102 - as above
    @property
    def depth(self) -> int: ...  # noqa: D102 - as above
    @property
    def text(self) -> str: ...  # noqa: D102 - as above


@dataclass(frozen=True, slots=True)
class Wanted:
    """A criterion that must be covered by a line or waived with a reason."""

    digest: str
    section: Section
    text: str


def wanted(criteria: Sequence[CriterionLike]) -> list[Wanted]:
    """Return the criteria that need an answer, in reading order, each wording once a section.

    These are items and paragraphs that state a rule. Headings, notes, “None” and a lead-in whose
    rule stands in the items below it (“One of these:”) need none.
    """
    found = {
        one.digest: one
        for criterion, after in zip_longest(criteria, criteria[1:])
        if _states_a_rule(criterion, is_parent=_is_parent(criterion, after))
        for one in (_wanted(criterion),)
    }
    return list(found.values())


def _wanted(criterion: CriterionLike) -> Wanted:
    section: Section = next((one for one in _SECTIONS if one == criterion.section), "other")
    return Wanted(digest(section, criterion.text), section, criterion.text)


def digest(section: str, text: str) -> str:
    """Return what a cover is stored under: case, spacing and a closing sign make no difference."""
    plain = " ".join(text.split()).casefold().rstrip(".;,: ")
    told = f"{section}\x1f{plain}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[:20]


def _is_parent(criterion: CriterionLike, after: CriterionLike | None) -> bool:
    return after is not None and after.depth > criterion.depth and after.role in _RULES


def _states_a_rule(criterion: CriterionLike, *, is_parent: bool) -> bool:
    text = criterion.text.strip()
    if criterion.role not in _RULES or _NO_LETTERS.fullmatch(text) or _NOTHING.fullmatch(text):
        return False
    is_lead_in = text.endswith((":", "："))
    if is_parent and is_lead_in:
        return _says_more(text)
    if criterion.role == "paragraph" and criterion.section not in _SECTIONS:
        return _says_more(text) or _RULE_WORDS.search(text) is not None
    return not is_lead_in or _says_more(text)


def _says_more(text: str) -> bool:
    """Whether a lead-in says something of its own beside what stands below it.

    It holds a number or an exception (“Cancer in the last 5 years, except:”), or names more than
    a heading does (“Invasive breast cancer, removed by surgery, with all of these:”).
    """
    return any(
        sum(word.is_content for word in statement.words) >= _OWN_WORDS
        or any(cue.kind is Kind.EXCEPTION for cue in statement.cues)
        or any(one.unit or one.label for one in statement.quantities if not one.is_weak)
        for statement in read_statements(text)
    )


def suggest(
    wanted: Iterable[Wanted], good_fit: Sequence[str], not_a_fit: Sequence[str]
) -> dict[str, str]:
    """Return the line that likely covers each criterion, by digest; none where it is unsure.

    Conservative: inclusion criteria look only at good-fit lines, exclusion criteria only at
    not-a-fit lines, and a criterion with numbers needs a line that has one of them. None at all
    where there are too many of both to hold against each other in a page's time.
    """
    lines = {line: _read(line) for line in (*good_fit, *not_a_fit) if line.strip()}
    criteria = list(wanted)
    if len(criteria) * len(lines) > _MOST_PAIRS:
        return {}
    read = [_read(one.text) for one in criteria]
    weights = Weights([_content(parts) for parts in read])
    found = {}
    for one, parts in zip(criteria, read, strict=True):
        own = _lines_for(one, good_fit, not_a_fit)
        scored = [(_score(parts, lines[line], weights), line) for line in own if line in lines]
        score, line = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
        if score:
            found[one.digest] = line
    return found


def _lines_for(one: Wanted, good_fit: Sequence[str], not_a_fit: Sequence[str]) -> Sequence[str]:
    if one.section == "other":
        return [*good_fit, *not_a_fit]
    return good_fit if one.section == "inclusion" else not_a_fit


def _read(text: str) -> list[Statement]:
    return list(read_statements(text))


def _content(parts: Iterable[Statement]) -> list[Word]:
    return [word for part in parts for word in part.words if word.is_content]


def _score(criterion: list[Statement], line: list[Statement], weights: Weights) -> float:
    """Return how well a line tells a criterion; 0 where that is not sure."""
    ours, theirs = _content(line), _content(criterion)
    if not _shares_amount(criterion, line):
        return 0.0
    told = _share(theirs, ours, weights)
    covered = _share(ours, theirs, weights)
    has_amount = any(not one.is_weak for part in criterion for one in part.quantities)
    if not theirs and has_amount:
        return _ENOUGH_TOLD  # “Aged 18 to 65 years”: its numbers are all it says
    is_sure = told >= _ENOUGH_TOLD and covered >= _ENOUGH_COVERED
    is_part = covered >= _ALL_COVERED and told >= _SOME_TOLD
    return told + covered if is_sure or is_part else 0.0


def _share(words: Sequence[Word], others: Sequence[Word], weights: Weights) -> float:
    whole = sum(weights.of(word) for word in words)
    both = sum(
        weights.of(word) for word in words if any(speak_of_same(word, other) for other in others)
    )
    return both / whole if whole else 0.0


def _shares_amount(criterion: list[Statement], line: list[Statement]) -> bool:
    """Whether a line has a number of the criterion, or neither has any."""
    meant = [one for part in criterion for one in part.quantities if not one.is_weak]
    said = [one for part in line for one in part.quantities if not one.is_weak]
    if not meant or not said:
        return not meant and not said
    return any(same_amount(one, other) for one in said for other in meant)


def uncovered(
    wanted: Iterable[Wanted],
    covers: Mapping[str, object],
    good_fit: Iterable[str],
    not_a_fit: Iterable[str],
) -> list[Wanted]:
    """Return the criteria without an answer that holds.

    `covers` maps digests to {"line": …} or {"reason": …, "by": …}. A line counts only while it
    stands in one of the lists, a reason only if it is a sentence; anything else counts for nothing.
    """
    standing = {_plain(line) for line in (*good_fit, *not_a_fit)} - {""}
    return [one for one in wanted if not _holds(covers.get(one.digest), standing)]


def _holds(cover: object, standing: set[str]) -> bool:
    if not isinstance(cover, Mapping):
        return False
    line, reason = cover.get("line"), cover.get("reason")
    if isinstance(line, str) and _plain(line) in standing:
        return True
    return isinstance(reason, str) and is_reason(reason)


def is_reason(words: str) -> bool:
    """Whether words are a real reason: at least ten characters and two words."""
    parts = [part for part in words.split() if any(sign.isalpha() for sign in part)]
    return len(" ".join(words.split())) >= SHORTEST_REASON and len(parts) > 1


def _plain(line: str) -> str:
    return " ".join(line.split())
