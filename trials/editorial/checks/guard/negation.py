"""Words that turn a statement round, and the words that they turn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from trials.editorial.checks.guard.prefixes import base
from trials.editorial.checks.guard.statements import Word, stem


class Kind(StrEnum):
    """How sure it is that a word turns its statement round."""

    PLAIN = "not"
    """No, not, never, without."""
    EXCEPTION = "except"
    """Except, unless, other than."""
    INSIDE = "un-"
    """Untreated, unable, negative, seizure-free: in the word itself."""
    MAYBE = "maybe"
    """Refractory, avoid, refuse: may answer to a “not”, needn't."""
    LOOSE = "loose"
    """Words of the record that editors turn into a “not” (open label, only)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns others round: `near` are those meant for sure, the nearest first.

    `reach` are all that may be meant.
    """

    kind: Kind
    start: int
    end: int
    near: tuple[int, ...]
    reach: frozenset[int]


_COMPARED = (
    r"(?!\s(?:be\s|been\s|have\s|weigh\s)?(?:(?:more|less|fewer|greater|higher|lower|older|younger|longer|shorter"
    r"|larger|smaller|later|earlier|heavier|lighter)\sthan|later\b|exceed|above\b|below\b|over\s\d|under\s\d)"
    r"|\sonly\b|\slimited\sto\b|\snecessarily\b)"
)
_PLAIN = re.compile(
    rf"(?<![\w-])(?:no(?!\.|\s?:)(?!t\w)|not|never|cannot|(?<!or\s)without|none|neither|nor|nobody|nothing"
    rf"|[a-z]+n't|can't|won't|free\s(?:of|from)|(?:in\sthe\s)?absence\sof|absent|lack(?:s|ing)?(?:\sof)?"
    rf"|no\slonger|instead\sof|rather\sthan)(?![\w-]){_COMPARED}"
)
_EXCEPTION = re.compile(
    r"(?<![\w-])(?:except(?:ing|ion|ions|ed)?(?:\s(?:for|of|that|if|when))?|unless|other\sthan|apart\sfrom"
    r"|aside\sfrom|excluding|exclusive\sof|with\sthe\sexception\sof|but\snot|not\sincluding"
    r"|(?:can|may)\sstill\sjoin|(?:is|are)\s(?:still\s)?(?:fine|okay|ok|allowed|permitted)"
    r"|(?:does|do|did)\snot\scount|(?:do|does)n't\scount|but\sfor)(?!\w)"
)
_FALSE_NON = (
    r"(?:small|hodgkins?|invasive|alcoholic|insulin|steroidal|st|squamous|cirrhotic|inferiority"
    r"|profit|hispanic|nucleoside|clear|ischemic|melanoma|muscle|obstructive"
    r"|segment|specific|tuberculous|dialysis|prescription|selective|seminoma\w*|cystic|hematologic)"
)
_INSIDE = re.compile(
    rf"(?<![\w-])(?:non[-_](?!{_FALSE_NON}\b)(?P<non>[a-z]{{4,}})|(?P<neg>(?:sero)?negative(?:ly)?)"
    rf"|(?P<word>[a-z]{{5,}}))(?![\w])|(?P<free>-free|-naive|\snaive|-negative)(?!\w)"
)
_MAYBE = re.compile(
    r"(?<![\w-])(?:refractory|resist\w+|fail\w*|intoleran\w+|contraindicat\w+|refrain\w*|abst[ae]\w+"
    r"|avoid\w*|stop\w*|discontinu\w+|prohibit\w+|forbid\w*|exclud\w+|exclusions?|declin\w+|refus\w+"
    r"|den(?:y|ies|ied)|rul(?:e|ed|ing)\sout|insuffic\w+|poor\w*|lo(?:ss|st|se)|missing|hardly"
    r"|rarely|barely|unlikely|prevents?|despite|in\sspite|stay\saway|g[ia]ve\sup|sterili?\w+"
    r"|post-?menopaus\w*|normal|healthy|wash-?out|off|persist\w+|incurable|hold\sback|barred"
    r"|withdr\w+|remission|preclud\w+|interfer\w+|hinder\w*|dysfunction|failure|impair\w*"
    r"|deficien\w+|weak\w*|bad(?:ly)?|too|un[a-z]{4,})(?!\w)"
)
_LOOSE = re.compile(
    r"(?<![\w-])(?:only|instead|placebo|dummy|open[\s-]label|mask\w*|(?:double-|single-)?blind\w*"
    r"|relaps\w+|recurren\w+|other|but|rather|suppress\w+|delay\w*|limit\w*|compromis\w+|still"
    r"|remain\w*|first-line|de\snovo|alone|single|usual|standard|control|before|prior\sto|hard"
    r"|difficult\w*|allowed|permitted|(?:can|may)\s(?:still\s)?join|if)(?!\w)"
)
_STOPS = frozenset(
    {
        "but",
        "however",
        "although",
        "though",
        "because",
        "unless",
        "except",
        "if",
        "who",
        "which",
        "that",
        "and you",
        "since",
        "while",
        "when",
    }
)
_POSTPOSED = frozenset(
    stem(word)
    for word in str.split(
        "allowed permitted eligible count counted acceptable accepted included present "
        "detected enrolled possible"
    )
)
# These turn what follows them, not themselves.
_GOVERNING = frozenset(
    str.split(
        "unable inability unwilling unwillingness ineligible unlikely incapable disagree unaware"
    )
)
_COUNTS = re.compile(r"count$|join$|^(?:is|are)\b")
_BACKWARD = frozenset({"neg", "free"})
_NEAR, _REACH, _BEHIND = 3, 14, 8
_CLAUSE_END = re.compile(
    r"[;:.()]|,\s(?:and|or|so|yet)\s(?:it|you|they|we|there|he|she|this|your|the|some|most)\b"
)


def cues(folded: str, found: Sequence[Word]) -> list[Cue]:
    """Return the cues of a sentence with the numbers of the words that they turn."""
    taken: list[tuple[int, int]] = []
    result = []
    for kind, pattern in (
        (Kind.EXCEPTION, _EXCEPTION),
        (Kind.PLAIN, _PLAIN),
        (Kind.INSIDE, _INSIDE),
        (Kind.MAYBE, _MAYBE),
        (Kind.LOOSE, _LOOSE),
    ):
        for match in pattern.finditer(folded):
            span = match.span()
            if match.lastgroup == "word" and not base(match["word"]):
                continue
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            taken.append(span)
            result.append(_cue(folded, found, kind, match))
    return sorted(result, key=lambda cue: cue.start)


def _cue(folded: str, found: Sequence[Word], kind: Kind, match: re.Match[str]) -> Cue:
    start, end = match.span()
    ahead = _ahead(folded, found, end)
    behind = [at for at, word in enumerate(found) if word.end <= start][-_BEHIND:]
    behind = [at for at in behind if not _CLAUSE_END.search(folded, found[at].end, start)]
    inside = [at for at, word in enumerate(found) if word.start < end and start < word.end]
    content_ahead = [at for at in ahead if found[at].is_content]
    content_behind = [at for at in reversed(behind) if found[at].is_content]
    if kind is Kind.INSIDE and folded[start:end] not in _GOVERNING:
        near = [at for at in inside if match.lastgroup not in _BACKWARD]
        if match.lastgroup in _BACKWARD:
            near = content_behind[:1] or content_ahead[:1]
    elif _looks_behind(folded, found, kind, match, content_ahead):
        near = content_behind[:_NEAR]
    else:
        near = content_ahead[:_NEAR]
        if kind in (Kind.PLAIN, Kind.EXCEPTION):
            behind = []
    return Cue(kind, start, end, tuple(near), frozenset([*ahead, *behind, *inside]))


def _looks_behind(
    folded: str,
    found: Sequence[Word],
    kind: Kind,
    match: re.Match[str],
    content_ahead: Sequence[int],
) -> bool:
    """Whether a cue turns what stands before it: “aspirin is not allowed”, “seizures: none”."""
    if kind is Kind.EXCEPTION:
        return _COUNTS.search(folded, *match.span()) is not None
    if kind is not Kind.PLAIN:
        return False
    return not content_ahead or found[content_ahead[0]].stem in _POSTPOSED


def _ahead(folded: str, found: Sequence[Word], end: int) -> list[int]:
    """Return the words after a cue, up to where its clause ends."""
    ahead: list[int] = []
    for at, word in enumerate(found):
        if word.start < end:
            continue
        if word.text in _STOPS or _CLAUSE_END.search(folded, end, word.start):
            break
        ahead.append(at)
        if len(ahead) == _REACH:
            break
    return ahead
