"""Which side of a number is meant: at least, over, at most, under, within; before or after."""

import re
from enum import StrEnum


class Bound(StrEnum):
    """How a number bounds what is spoken of."""

    NONE = ""
    AT_LEAST = "at least"
    MORE = "more than"
    AT_MOST = "at most"
    LESS = "less than"
    WITHIN = "within"

    @property
    def is_upper(self) -> bool:
        """Whether the number is a ceiling."""
        return self in (Bound.AT_MOST, Bound.LESS, Bound.WITHIN)

    @property
    def opposite(self) -> "Bound":
        """The bound of everything that this one leaves out."""
        return _OPPOSITES[self]


_OPPOSITES = {
    Bound.NONE: Bound.NONE,
    Bound.AT_LEAST: Bound.LESS,
    Bound.MORE: Bound.AT_MOST,
    Bound.AT_MOST: Bound.MORE,
    Bound.LESS: Bound.AT_LEAST,
    Bound.WITHIN: Bound.MORE,
}

_UP = "(?:more|greater|higher|older|longer|larger|bigger|heavier|taller|later|wider|stronger)"
_DOWN = "(?:less|fewer|lower|younger|shorter|smaller|lighter|earlier|sooner|narrower|weaker)"
_LAST = "(?:last|past|previous|prior|preceding|recent|most recent)"
# Between the word that compares and the number: “at least [the age of] 18”.
_LEAD = (
    r"(?:(?:the\s)?ages?\s(?:of\s)?|(?:the|an?|about|around|approximately|of|is|are|be|was|by"
    r"|only|another|total|total\sof|scores?(?:\sof)?|value\sof|(?:grade|stage|class|level|phase|category)s?|first|next|[~$€£:=(])\s?)*$"
)
_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        Bound.AT_LEAST,
        rf"≥|>\s?/?\s?=|=\s?>|>\s?or\s?=|at\s(?:the\s(?:very\s)?)?least|at\sa\sminimum(?:\sof)?"
        rf"|(?:a\s)?minimum(?:\s(?:age|dose|weight|score|of|is|duration|time))*:?|\bmin\.?"
        rf"|(?:no|not|never|n't)\s(?:be\s|been\s|have\s|weigh\s)?(?:{_DOWN}\sthan|below|under)"
        rf"|{_UP}(?:\sthan)?,?\sor\s(?:equal\s(?:to|than)|equals?|the\ssame\sas|at)"
        rf"|(?:above|over)\sor\s(?:equal\sto|at)"
        rf"|equal(?:\sto)?\sor\s(?:{_UP}\sthan|above|over)"
        rf"|(?:start|starting|starts)\s(?:at|from)",
    ),
    (
        Bound.AT_MOST,
        rf"≤|<\s?/?\s?=|=\s?<|<\s?or\s?=|at\s(?:the\s(?:very\s)?)?most|at\sa\smaximum(?:\sof)?"
        rf"|(?:a\s)?maximum(?:\s(?:age|dose|weight|score|of|is|duration|time))*:?|\bmax\.?"
        rf"|(?:no|not|never|n't)\s(?:be\s|been\s|have\s|weigh\s|had\s|has\s)?"
        rf"(?:{_UP}\sthan|above|over|exceed(?:s|ing|ed)?|beyond|past)"
        rf"|{_DOWN}(?:\sthan)?,?\sor\s(?:equal\s(?:to|than)|equals?|the\ssame\sas|at)"
        rf"|(?:below|under)\sor\s(?:equal\sto|at)"
        rf"|equal(?:\sto)?\sor\s(?:{_DOWN}\sthan|below|under)"
        rf"|up\sto(?:\sand\sincluding)?|as\s(?:many|much|long|old)\sas|limited\sto",
    ),
    (
        Bound.WITHIN,
        rf"within(?:\s(?:the\s)?{_LAST})?|(?:in|during|over|throughout)\s(?:the\s|your\s)?{_LAST}"
        rf"|(?:(?:the|these|those)\s)?{_LAST}",
    ),
    (
        Bound.MORE,
        rf">|{_UP}\sthan|over|above|exceed(?:s|ing|ed)?|beyond|in\sexcess\sof|upwards?\sof"
        rf"|longer\sago\sthan",
    ),
    (Bound.LESS, rf"<|{_DOWN}\sthan|under|below|before\s(?:the\s)?age(?:\sof)?|short\sof"),
)
_SYMBOL_OR_WORD = r"(?:(?<![\w-])|(?=[≥≤<>=]))"
_BEFORE_NUMBER = tuple(
    (bound, re.compile(rf"{_SYMBOL_OR_WORD}(?:{words})\s?{_LEAD}")) for bound, words in _BEFORE
)
# Between the number with its unit and the word that compares: “2 [asthma attacks] or more”.
_TAIL = r"\s?(?:of\sage\s|old\s|in\sage\s)?(?:[a-z'-]+\s){0,3}?"
_OF_ITSELF = r"(?!\s?(?:the\sage\sof\s)?\d)"
_AFTER_NUMBER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        Bound.AT_LEAST,
        re.compile(
            rf"\s?\+(?!\s?\d)|{_TAIL}(?:(?:or|and|&)\s(?:{_UP}|over|above|up|upwards?|beyond"
            rf"|at\sleast){_OF_ITSELF}(?!\sthan)\b|at\s(?:the\s(?:very\s)?)?least{_OF_ITSELF}"
            rf"|at\sa\sminimum|\(?minimum\b)"
        ),
    ),
    (
        Bound.AT_MOST,
        re.compile(
            rf"{_TAIL}(?:(?:or|and|&)\s(?:{_DOWN}|under|below|down|at\smost){_OF_ITSELF}(?!\sthan)\b"
            rf"|at\s(?:the\s(?:very\s)?)?most{_OF_ITSELF}|at\sa\smaximum|\(?maximum\b|\(?max\b|tops\b)"
        ),
    ),
)
_REACH = 60
_AGO = re.compile(
    r"(?:,\sor\s[^,]{1,25},)?\s?(?:of\s|or\s(?:more|longer|less|fewer|earlier)\s|immediately\s|just\s)?"
    r"(?P<word>before|prior\sto|preceding|previous\sto|ago|earlier|after|following|post|since)\b"
)
_OVER = re.compile(
    r"(?<!for )(?<!of )(?<!lasting )(?<!lasted )(?<!is )(?<!are )\bover\s(?:the\s|a\s)?$"
)
_SPAN_BEFORE = re.compile(r"(?:in|during|over|for)\sthe\s(?:full\s|whole\s)?$")
_LAST_BEFORE = re.compile(rf"\b{_LAST}\s(?:about\s)?$")
_LATER = frozenset({"after", "following", "post", "since"})


def read(folded: str, start: int, end: int) -> Bound:
    """Return how the number from `start` to `end` (its unit included) bounds something."""
    before = _clause_before(folded, start)
    for bound, pattern in _AFTER_NUMBER:
        if pattern.match(_clause_after(folded, end)):
            return bound
    found = [(m.start(), bound) for bound, p in _BEFORE_NUMBER if (m := p.search(before))]
    if found:
        # “no more than” starts before its own “more than”.
        return min(found, key=lambda pair: pair[0])[1]
    if _SPAN_BEFORE.search(before) and when(folded, start, end) == "before":
        return Bound.WITHIN
    return Bound.NONE


def is_lasting(folded: str, start: int) -> bool:
    """Whether “over” only says how long something takes, as in a drip over 30 minutes."""
    return bool(_OVER.search(_clause_before(folded, start)))


def when(folded: str, start: int, end: int) -> str:
    """Return "before" or "after" for a stretch of time counted from something, else ""."""
    if match := _AGO.match(_clause_after(folded, end)):
        return "after" if match["word"] in _LATER else "before"
    return "before" if _LAST_BEFORE.search(_clause_before(folded, start)) else ""


def _clause_before(folded: str, start: int) -> str:
    return folded[max(0, start - _REACH) : start].rpartition("\n")[2]


def _clause_after(folded: str, end: int) -> str:
    return folded[end : end + _REACH].partition("\n")[0]
