"""A record's criteria → lines of good fit and not a fit, each with the criteria that it speaks of.

A line a criterion: in plain words where a rule fits (`rewording`), else the record's own words in
quotation marks. An item with a list below it is one line with its list, because “one of the
following” means nothing without what follows. What stands on no side gets no line.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trials.editorial.rewording import Voice, reword, voice_of
from trials.models import Criterion, Trial
from trials.terms.language import language_of
from trials.wording import limits

_END = re.compile(r"(?:[\s.;,:；。]|[;,]\s*and)+$")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_AGE = re.compile(r"(?: (?:and|or|to|old|older|younger|than|male|female|\d+|years?|months?)|,)*")
# Words that say no more than which side a heading opens; any other word may name a group of people.
_SIDE_WORDS = re.compile(
    r"(?:inclusion|exclusion|criteria|criterion|key|main|general|major|other|specific|the|following"
    r"|all|any|of|for|this|study|trial|patients?|subjects?|participants?|who|must|meet|have|with"
    r"|includes?|included|excluded|eligible|eligibility|to|be|are|is|not|in|if|they|an?|these|will"
    r"|and|from|each|apply|met|allowed|enter|into|\W|_)*",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"(?:disease|patient|prior|concurrent|concomitant|biologic|chemo|radio|hematopoietic|hepatic"
    r"|renal|demographics?|informed|consent|medical|conditions?|medications?|therapy|laboratory"
    r"|values?|abnormal|pulmonary|surgery|endocrine|cardiovascular|characteristics|age|sex|status"
    r"|performance|life|expectancy|procedural|definitions?|previous|or|current|/|\s)+:?",
    re.IGNORECASE,
)
_EACH_OF_ALL = re.compile(r"(?:.*\ball of the following\b.*|adequate [a-z, ]*functions?.*)", re.I)
_EACH_OF_ANY = re.compile(
    r"(?:patients|subjects|participants|individuals|those)? ?(?:(?:who )?(?:have|has)|with)? ?"
    r"any (?:one )?of the following(?: conditions| criteria| diseases)?",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:one|any|either|two|three|at least|or|if)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FitLine:
    """One line, the criteria that it speaks of, and whether a rule worded it."""

    text: str
    criteria: tuple[Criterion, ...] = ()
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """Lines of both sides, and the criteria that the record puts on neither."""

    good: tuple[FitLine, ...]
    bad: tuple[FitLine, ...]
    unsided: tuple[Criterion, ...]


def fit(trial: Trial) -> Fit:
    """Return the lines of a trial whose criteria and limits are loaded."""
    rows = list(trial.criteria.all())
    good, bad = (
        list(_Tree(rows, section, voice_of(trial)).lines())
        for section in (Criterion.Section.INCLUSION, Criterion.Section.EXCLUSION)
    )
    return Fit(
        (*_unsaid(limits.may_fit(trial), good), *good),
        (*_unsaid(limits.may_not_fit(trial), bad), *bad),
        tuple(row for row in rows if row.section == Criterion.Section.OTHER and _is_line(row)),
    )


def _is_line(row: Criterion) -> bool:
    return row.role in {Criterion.Role.ITEM, Criterion.Role.PARAGRAPH}


def _unsaid(told: Iterable[str], lines: Iterable[FitLine]) -> Iterator[FitLine]:
    """Word the record's limits, without an age that a criterion gives in the same numbers."""
    ages = [line.text for line in lines if re.search(r"\b(?:years?|months?)\b", line.text)]
    for text in told:
        opening, numbers = text.split(" aged ")[0], _NUMBERS.findall(text)
        if not any(_is_age(line, opening) and _NUMBERS.findall(line) == numbers for line in ages):
            yield FitLine(text)


def _is_age(line: str, opening: str) -> bool:
    """Whether a line is an age and no more, in the words of the limits or a rule's."""
    rest = line.removeprefix(opening)
    return rest != line and _AGE.fullmatch(rest) is not None


class _Tree:
    """The criteria of one side, nested."""

    def __init__(self, rows: list[Criterion], section: str, who: Voice) -> None:
        self.who = who
        self.section = section
        self.below: dict[int | None, list[Criterion]] = defaultdict(list)
        for row in rows:
            self.below[row.parent_id].append(row)

    def lines(self) -> Iterator[FitLine]:
        """Yield the side's lines in reading order."""
        yield from self._lines(None, ())

    def _lines(self, parent: int | None, group: tuple[str, ...]) -> Iterator[FitLine]:
        for row in self.below[parent]:
            if row.role == Criterion.Role.HEADING:
                yield from self._lines(row.pk, (*group, *_group(row.text)))
            elif _is_line(row) and row.section == self.section:
                yield from self._item(row, group)

    def _item(self, row: Criterion, group: tuple[str, ...]) -> Iterator[FitLine]:
        below = self.below[row.pk]
        if self._parts_alone(row, below):
            for child in below:
                yield self._line(child, group, above=(row,))
        else:
            yield self._line(row, group)

    def _parts_alone(self, row: Criterion, below: list[Criterion]) -> bool:
        """Whether what stands below an item can be lines of their own without a change of sense."""
        lead = _END.sub("", row.text)
        if not below or not all(_is_line(child) for child in below):
            return False
        if any(re.search(r"\b(?:or|and|and/or)[;,:]?$", child.text.strip()) for child in below):
            return False
        if self.section == Criterion.Section.EXCLUSION:
            return bool(_EACH_OF_ANY.fullmatch(lead))
        return bool(_EACH_OF_ALL.fullmatch(lead)) and not _SOME.search(lead)

    def _line(
        self, row: Criterion, group: tuple[str, ...], above: tuple[Criterion, ...] = ()
    ) -> FitLine:
        lead, is_plain = self._worded(row)
        rows = (*above, row, *self._all_below(row))
        text = f"{lead}{self._list(row)}"
        if group:
            text = f"for “{' · '.join(group)}”: {text}"
        return FitLine(text, rows, is_plain)

    def _worded(self, row: Criterion) -> tuple[str, bool]:
        has_list = bool(self.below[row.pk])
        text = _END.sub("", row.text) or row.text
        plain = reword(text, self.who)
        if plain:
            return plain, True
        if language_of(row.text):
            return row.text, False
        return f"the record says: “{text if has_list else row.text}”", False

    def _list(self, row: Criterion) -> str:
        """Return what stands below an item, behind a colon, in the record's words."""
        parts = [self._part(child) for child in self.below[row.pk]]
        return f": {'; '.join(parts)}" if parts else ""

    def _part(self, row: Criterion) -> str:
        parts = [self._part(child) for child in self.below[row.pk]]
        text = _END.sub("", row.text) or row.text
        return f"{text} ({'; '.join(parts)})" if parts else text

    def _all_below(self, row: Criterion) -> Iterator[Criterion]:
        for child in self.below[row.pk]:
            yield child
            yield from self._all_below(child)


def _group(heading: str) -> tuple[str, ...]:
    """Return the group that a heading names; nothing where it only opens a side or a topic."""
    if _SIDE_WORDS.fullmatch(heading) or _TOPICS.fullmatch(heading.strip()):
        return ()
    return (heading.strip().rstrip(":").strip(),)
