"""Words that promise, advise or colour, and percentages of a handful of people.

A promise is stopped; so is advice to join, wait, start or stop. Words of tone and percentages can
be kept with a typed reason. What a sentence asks, tests or denies is no promise: “tests if it is
safe”, “no one knows if it will help”, “is not a cure”.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from trials.editorial.checks.findings import Finding, Level
from trials.editorial.checks.reading import Span, sentences

_GIVERS = (
    r"(?:team|staff|nurses?|doctors?|coordinators?|researchers?|someone|person|workers?|trainers?"
    r"|physiotherapists?|therapists?|coach|leaders?|interpreters?|parents?|carers?|they|we|he|she)"
)
_ILLNESS = r"(?:cancers?|diseases?|illness|tumou?rs?|pain|attacks?|infections?|symptoms?|condition)"


class _Rule(NamedTuple):
    """What is looked for, how bad it is, what to do; `fine` are its harmless uses."""

    words: str
    message: str
    fine: str = ""
    level: Level = Level.STOP
    is_often_a_condition: bool = False
    """In a list of conditions it says who can join: a reason may be typed there."""


_RULES = (
    _Rule(
        r"cur(?:e|es|ed|ing|able|ative)",
        "promises a cure. Say what the trial tests: “tests if it may calm the disease”.",
        fine=r"cured\s+(?:cancer|skin|tumou?r)|curative\s+(?:intent|surgery)",
        is_often_a_condition=True,
    ),
    _Rule(
        r"(?:safe|safer|safest|safely)",
        "says that something is safe. Say “tests if it is safe”, and name the risks.",
        fine=r"safe\s+(?:sex|place|distance|way\s+home)|safely?\s+(?:stored|kept|locked|destroyed)"
        r"|(?:stored|kept|locked|destroyed)\s+safe(?:ly)?"
        r"|keeps?\s+(?:your\s+)?(?:data|samples?|records?|information|details|name)\s+safe(?:ly)?",
        is_often_a_condition=True,
    ),
    _Rule(
        r"(?:effective|effectively)",
        "says that it works. Say “tests if it works”, or give the numbers of a named study.",
        fine=r"effective(?:\s+(?:methods?|forms?|kinds?)\s+of)?\s+(?:birth\s+control|contracepti\w+"
        r"|method)|cost[\s-]effective",
        is_often_a_condition=True,
    ),
    _Rule(
        r"proven",
        "says that something is certain. Name the study and its numbers instead.",
        fine=r"\w+-proven|proven\s+(?:(?:by|on|with)\s+(?:an?\s+)?(?:biopsy|blood|tissue|lab|scan)|infection|diagnosis|gene|allergy|disease|cancer)",
        is_often_a_condition=True,
    ),
    _Rule(
        r"breakthroughs?",
        "promises too much. Say what the trial tests.",
        fine=r"breakthrough\s+(?:pain|bleeding|infections?|seizures?|fever|attacks?|symptoms?)",
    ),
    _Rule(
        r"(?:miracles?|miraculous(?:ly)?|promising|cutting-edge|cutting\s+edge|revolutionary"
        r"|revolutioni[sz]\w+|groundbreaking|ground-breaking|game-chang\w+|game\s+changer"
        r"|state-of-the-art|world-class|wonder\s+drug|life-?\s?saving)",
        "promises too much. Say what the trial tests.",
    ),
    _Rule(
        r"guarantee(?:s|d|ing)?",
        "promises something. No one can promise how a trial turns out.",
    ),
    _Rule(
        r"(?:no|zero|without(?:\s+any)?)\s+(?:known\s+)?(?:risks?|side\s+effects|harm)|risk-free"
        r"|harmless|nothing\s+to\s+lose",
        "says that there is no risk. Every treatment has some: name what is known.",
        fine=r"(?:no|without(?:\s+any)?)\s+(?:known\s+)?risk\s+factors?",
    ),
    _Rule(
        r"(?:will|(?:is|are)\s+going\s+to|\w+['’]ll)\s+(?:\w+ly\s+|also\s+)?"
        r"(?:help|improve|heal|cure|save|benefit|protect|prevent|ease|extend|relieve|work"
        r"|prolong|lengthen|make\s+(?:you|people|them)\s+(?:well|better)|(?:get|feel|be)\s+better"
        r"|recover|live\s+longer"
        rf"|(?:stop|slow|shrink|clear|kill|beat|reverse|reduce)\s+(?:\w+\s+){{0,2}}{_ILLNESS})",
        "promises that it works. Say “may”, and say in the same place what harm it may do.",
        fine=rf"{_GIVERS}(?:\s+\w+)?(?:\s+will|['’]ll)\s+(?:also\s+)?(?:help|work|benefit)"
        r"|will\s+protect\s+your\s+(?:privacy|data|name)",
    ),
    _Rule(
        r"best\s+(?:possible\s+)?(?:treatments?|medicines?|care|options?|choices?|chances?"
        r"|therapy|therapies|drugs?|doctors?|hospitals?)|(?:last|only)\s+(?:chance|hope)",
        "says that it is the best there is. Say what the trial compares.",
    ),
    _Rule(
        r"you(?:\s+(?:may|might|will|probably|already|do|could))?\s+qualify"
        r"|you(?:\s+are|['’]re)\s+(?:probably\s+|likely\s+)?(?:eligible|a\s+(?:good\s+)?candidate"
        r"|a\s+(?:good|perfect)\s+fit)|you\s+will\s+be\s+(?:accepted|let\s+in)",
        "tells readers that they can join. Only the study team decides: say “may be able to join”.",
    ),
    _Rule(
        r"you\s+(?:should|ought\s+to)\s+(?:not\s+|definitely\s+|really\s+)?(?:join|wait|start|stop"
        r"|take\s+part|enrol\w*|sign\s+up|apply|volunteer|choose|try|consider)"
        r"|you\s+shouldn['’]t\s+(?:join|wait|start|stop|take\s+part)"
        r"|we\s+(?:recommend|advise|urge|suggest|encourage)|(?:join|sign\s+up|enrol\w*|act|apply)"
        r"\s+(?:now|today|soon)|don['’]t\s+(?:wait|miss)|worth\s+joining",
        "is advice. We inform; readers decide with their doctor. Leave it out.",
    ),
    _Rule(
        r"(?:hop(?:e|es|ed|ing|eful|efully)|fight(?:s|ing)?|fought|battl(?:e|es|ing)|suffer(?:s|ed"
        r"|ing)?|sufferers?|victims?|warriors?|brave(?:ly)?|exciting|amazing|incredible"
        r"|remarkabl[ey]|innovative|pioneering|unprecedented)",
        "adds feeling to the facts. Say it without, or type why it has to stay.",
        fine=r"City\s+of\s+Hope|Good\s+Hope",
        level=Level.BLOCK,
    ),
    _Rule(
        r"subjects?",
        "calls people subjects. Say “people”, or type why it has to stay.",
        fine=r"subject\s+to",
        level=Level.BLOCK,
    ),
)

# A question, a test or a search before a word takes its promise away.
_ASKED = re.compile(
    r"(?<!even )(?<!as )\bif\b|\bwhether\b|\bhow\b|\bchecks?\s+that\b|\blook(?:s|ing)?\s+for\b"
    r"|\bsearch(?:es|ing)?\s+for\b|\b(?:to\s+find|finds|finding)\s+(?:out|an?|the)\b"
    r"|\bwhich\s+(?:dose|treatment|one|way|group|of|medicine)\b|\bno\s*(?:one|body)\s+knows\b"
    r"|\b(?:not|un)\s*known\b|\bunclear\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|cannot|never|nobody|nothing|neither|nor|no)\b(?!\s+(?:only|just|doubt|question|other"
    r"|matter|longer))|n['’]t\b(?!\s+(?:only|just))",
    re.I,
)
_DENIAL_REACH = 6
# Characters before a word in which its clause is looked for: a writer's sentences are far shorter.
_CLAUSE_REACH = 500
_QUESTION = re.compile(r"(?:is|are|was|will|would|does|do|can|could|may|might|has)\b", re.I)
_DENIED_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:is|are|was|were)\s+(?:not|unlikely|unknown)\b", re.I
)
# Where a new statement begins, what was asked or denied before no longer counts.
_NEW_CLAUSE = re.compile(
    r"[;:—]|\s–\s|\bbut\b|\bbecause\b|\balthough\b|\bthough\b|\bsince\b|,\s+so\b"
    r"|,\s+(?:and|yet|as)\s+(?:it|they|you|we|this|that|these|the|your)\b",
    re.I,
)
_OPENING_IF = re.compile(r"(?:if|whether)\b[^,]*,", re.I)

_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|per\s+cent\b)")
_PEOPLE = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})*)\s+(?:\w+\s+)?(?:people|persons|patients|participants|adults"
    r"|children|women|men|babies|volunteers)\b",
    re.I,
)
_FEW = 100


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[_Rule, re.Pattern[str], re.Pattern[str] | None]]:
    return [
        (
            rule,
            re.compile(rf"(?<![\w-])(?:{rule.words})(?![\w-])", re.I),
            re.compile(rf"(?<!\w)(?:{rule.fine})(?!\w)", re.I) if rule.fine else None,
        )
        for rule in _RULES
    ]


def check_promises(text: str, *, is_list: bool = False) -> list[Finding]:
    """Return what promises, advises or colours, and small groups in percent, in text order.

    The lines of a list are conditions of joining; there “cured” or “safe” may be answered with a
    reason.
    """
    spans = sentences(text)
    findings = [finding for span in spans for finding in _in_sentence(text, span, is_list)]
    findings.extend(_small_percentages(text, spans))
    return sorted(findings, key=lambda finding: finding.start)


def _in_sentence(text: str, span: Span, is_list: bool) -> Iterator[Finding]:
    sentence = text[span.start : span.end]
    for rule, pattern, fine in _patterns():
        found = list(pattern.finditer(sentence))
        uses = [use.span() for use in fine.finditer(sentence)] if fine and found else []
        for match in found:
            if any(start < match.end() and match.start() < end for start, end in uses):
                continue
            if rule.level is Level.STOP and _is_no_claim(sentence, match):
                continue
            yield _finding(rule, match, span, is_list)


def _finding(rule: _Rule, match: re.Match[str], span: Span, is_list: bool) -> Finding:
    level = Level.BLOCK if is_list and rule.is_often_a_condition else rule.level
    return Finding(
        "promise",
        level,
        match[0],
        f"“{match[0]}” {rule.message}",
        start=span.start + match.start(),
        end=span.start + match.end(),
    )


def _is_no_claim(sentence: str, match: re.Match[str]) -> bool:
    """Whether a sentence asks, tests or denies what the words say."""
    clause = _clause(sentence[max(0, match.start() - _CLAUSE_REACH) : match.start()])
    if _ASKED.search(clause) or (sentence.endswith("?") and _QUESTION.match(sentence)):
        return True
    near = " ".join(clause.split()[-_DENIAL_REACH:])
    return bool(_DENIED.search(near) or _DENIED_AFTER.match(sentence, match.end()))


def _clause(before: str) -> str:
    """Return what stands before some words in their own clause."""
    start = max((match.end() for match in _NEW_CLAUSE.finditer(before)), default=0)
    clause = before[start:].lstrip()
    opening = _OPENING_IF.match(clause)  # “If you join, …” asks nothing
    return clause[opening.end() :] if opening else clause


def _small_percentages(text: str, spans: Sequence[Span]) -> Iterator[Finding]:
    """Yield percentages where the nearest group told of is smaller than 100 people."""
    groups = list(_groups(text, spans))
    starts = [span.start for span in spans]
    for match in _PERCENT.finditer(text):
        people = groups[bisect_right(starts, match.start()) - 1]
        if 0 < people < _FEW:
            yield _percentage(match, people)


def _groups(text: str, spans: Sequence[Span]) -> Iterator[int]:
    """Yield how many people each sentence tells of: itself, else last before in its paragraph."""
    last = end = 0
    for span in spans:
        if "\n\n" in text[end : span.start]:
            last = 0
        numbers = [_number(match) for match in _PEOPLE.finditer(text, *span)]
        yield max(numbers, default=last)
        last, end = numbers[-1] if numbers else last, span.end


def _number(match: re.Match[str]) -> int:
    return int(match[1].replace(",", ""))


def _percentage(match: re.Match[str], people: int) -> Finding:
    share = float(match[1])
    count = round(share * people / 100)
    fits = count <= people and abs(100 * count / people - share) <= 0.5
    swap = f"{count} of {people}" if fits else ""
    say = f"“{swap}”" if swap else f"how many of the {people}"
    return Finding(
        "promise",
        Level.BLOCK,
        match[0],
        f"“{match[0]}” is about {people} people. Under {_FEW} people, say {say}.",
        swap=swap,
        start=match.start(),
        end=match.end(),
    )
