"""Recognises the words that open a side: inclusion, exclusion, or a heading that names neither.

Looks at one line only; whether that line may open a side where it stands is for `headings`.
"""

import re
from dataclasses import dataclass

from trials.eligibility import vocabulary as words
from trials.eligibility.nodes import Section

_LONGEST_HEADING = 240
_LONGEST_NAME = 60
_MANY = 4
# Most headings are written like this, and need no closer look.
_PLAIN: dict[str, Section] = {
    "inclusion criteria:": "inclusion",
    "inclusion criteria": "inclusion",
    "exclusion criteria:": "exclusion",
    "exclusion criteria": "exclusion",
}
_PREFIX = re.compile(r"^(?:\W*(?:criteri(?:a|on)\s*[:：]\s*|\d{1,2}(?:\.\d{1,2})*\.?\s+))*")
_COLON = re.compile(r"[:：](?!//)\s*[-–—]*\s*")
_RUN_ON = re.compile(r"\s*(?:[-–—]+\s*(?=\S)|(?=\(?\d{1,2}\s?[.)]\s*[^\W\d_])|(?=[•●▪]))")
# "Exclusion criteria Patients with gout and fever": a sentence of its own.
_PEOPLE_NEXT = re.compile(
    r"(?<=criteria)\s+(?=(?:Patients?|Subjects?|Participants?|Women|Men|Adults|Children|Persons?)"
    r"(?: \S+){3})"
)
_SECOND_HALF = re.compile(r"\s*criteri\w+")
_FULL_STOP = re.compile(r"\s?\.\s*(?=[A-Z0-9*•-]|$)")
# "Exclusion criteria for both groups.": a name, though it ends like a sentence.
_FOR_WHOM = re.compile(r"\s+for(?: [\w,-]+){1,7}\.$")
_SAYS = re.compile(r"\b(?:must|may|apply|applies|met|should|shall|not|if|than|who)\b")
_DENIED = re.compile(
    r"\b(?:not|cannot|can't|won't|never|no longer|nor)\s+(?:\w+\s+){0,4}?"
    r"(?:eligible|inclu\w+|enrol\w+|participat\w+|recruited|qualif\w+|enter\w*|admitted|"
    r"allowed|invited|considered|suitable|take part|permitted)\b"
    r"|\b(?:must|should|shall|may|will|can|do|does|did|have) not\b|\bunable to participate\b"
)
_NOT_REJECTED = re.compile(
    r"\b(?:not|never|nor)\s+(?:\w+\s+){0,3}?(?:exclu\w+|disqualif\w+|preclu\w+|prevent\w*)"
)
_STUDY_SUBJECT = re.compile(
    r"^(?:(?:all|the|only|any|each|a|an|eligible|potential|study|these|adult|prospective|"
    r"interested|no)\s+)*(?:patients?|participants?|subjects?|individuals?|persons?|people|"
    r"volunteers?|candidates?|women|men|males|females|children|adults|those|you|they|cases|"
    r"criteria|to be)\b"
)
_PLAIN_SUBJECT = re.compile(
    r"^(?:\w+\s+){0,3}?\w+\s+(?:must|will|were|are|should|who meets?|may|have|has)\b"
    r"|\b(?:following|these|exclusion|inclusion|eligibility)\b[^.]*\bcriteri"
)
_TO_BE = re.compile(
    r"^(?:in order )?(?:to be eligible|for inclusion|to be included|any of the following|"
    r"(?:the )?following|"
    r"(?:if|when) (?:the |a |any )?(?:participants?|patients?|subjects?)|(?:you|we) |"
    r"exclu|inclu|ineligible|eligible|(?:one or more|at least one|one) of the following)\b"
)
_INSIDE = re.compile(
    r"(?P<head>\b(?:(?:Key|Main|Major|Specific|General|Additional|KEY|MAIN|Non-?|NON-?)[ -]?)?"
    r"(?:Inclusion|Exclusion|INCLUSION|EXCLUSION|Non-inclusion)\s+(?:Criteri(?:a|on)|CRITERIA))"
    r"\s*(?:[:：]|$)"
    r"|(?<=[.;] )(?:Group|Cohort|Arm|Part) \w{1,2} (?:[Ii]n|[Ee]x)clusion [Cc]riteria(?=[.:]?$)"
    r"|(?P<other>(?:纳入标准|排除标准|入选标准|除外基準|選択基準)\s*[:：])"
)
_LEANS_ON = re.compile(
    r"\b(?:the|see|of|in|per|and|or|to|meet|meets|meeting|all|any|following|these|by|under|with|"
    r"for|as|from|other|fulfil\w*|satisf\w+|not|no|above|below|also|other)\s*$"
    r"|[/&(\"“'\[-]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SideHeading:
    """A heading that opens a side. `rest` is what follows it on the line, no part of it."""

    section: Section
    heading: str
    rest: str = ""
    is_qualified: bool = False
    names_both: bool = False


def read_side(text: str, *, marked: bool) -> SideHeading | None:
    """Return the side heading at the start of a line, or None.

    `marked` says that the line is a list item; there only a plain heading counts, since an item
    may well talk about the criteria ("not meeting inclusion criteria").
    """
    folded = words.fold(text)
    if len(folded) != len(text.strip()):
        return None
    text = text.strip()
    if plain := _PLAIN.get(folded):
        return SideHeading(plain, text)
    return _phrase(text, folded, marked) or _lone_word(text, folded, marked)


def _phrase(text: str, folded: str, marked: bool) -> SideHeading | None:
    start_of_line = folded[:_LONGEST_HEADING]
    if not _may_name_a_side(start_of_line):
        return None
    both = words.BOTH_SIDES.search(start_of_line)
    found, section = _first_phrase(start_of_line)
    if both and (found is None or both.start() <= found.start()):
        found, section = both, "other"
    if found is None:
        return None
    start = _PREFIX.match(folded).end()  # type: ignore[union-attr]  # a prefix may be empty, it always fits
    before = folded[start : found.start()]
    end = _end_of_phrase(folded, found.end())
    if not _may_precede(before) or ":" in before.rstrip(": "):
        return None
    if _is_criterion(before) and find_side_inside(text, marked=marked):
        return None
    return _with_rest(text, folded, before, end, section, marked)


def _may_name_a_side(folded: str) -> bool:
    for hint in words.SIDE_HINTS:
        if hint in folded:
            return True
    return not folded.isascii() and any(hint in folded for hint in words.FOREIGN_SIDE_HINTS)


def _first_phrase(folded: str) -> tuple[re.Match[str] | None, Section]:
    out = words.EXCLUSION_PHRASE.search(folded)
    into = words.INCLUSION_PHRASE.search(folded)
    if out and (into is None or out.start() <= into.start()):
        return out, "exclusion"
    return into, "inclusion"


def _end_of_phrase(folded: str, end: int) -> int:
    """Step over the second half of "inclusion/exclusion criteria"."""
    crit = _SECOND_HALF.match(folded, end)
    return crit.end() if crit else end


def _may_precede(before: str) -> bool:
    return len(before.split()) <= 14 and not words.TALKS_ABOUT.search(_outside_brackets(before))


def _is_criterion(before: str) -> bool:
    """Say whether the words before a side's name are too many to belong to it."""
    return len(before.split()) >= _MANY and not words.QUALIFIER.search(before)


def _outside_brackets(text: str) -> str:
    return re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)


def _with_rest(
    text: str, folded: str, before: str, end: int, section: Section, marked: bool
) -> SideHeading | None:
    """Divide the line into heading and rest, if what follows the side's name allows it."""
    after = folded[end:]
    colon = _COLON.search(after)
    stop = _FULL_STOP.match(text[end:])
    if stop and len(before.split()) <= 2 and (not marked or end + stop.end() == len(text)):
        cut = end + stop.end()
        return _side(section, before, "", text[:cut].rstrip(), text[cut:], marked)
    if not marked and not before and colon is None and (people := _PEOPLE_NEXT.match(text, end)):
        return _side(section, before, "", text[:end], text[people.end() :], marked)
    run_on = _RUN_ON.match(after)
    if run_on and (colon is None or run_on.end() <= colon.start()):
        tail = after[run_on.end() :]
        if tail and not colon and not words.LABELLED_GROUP.match(tail):
            cut = end + run_on.end()
            return _side(section, before, "", text[:cut].rstrip(" "), text[cut:], marked)
    whole_line = colon is not None and not marked and not after[colon.end() :].strip()
    if not words.CARRIES_ON.match(after.strip()) and (not whole_line or _SAYS.search(after)):
        return None
    tail = after[: colon.start()] if colon else after
    limit = (14 if colon else 8) if not marked else (8 if colon else 0)
    if len(tail.split()) > limit or (colon is None and _is_prose(before, after)):
        return None
    if colon is None:
        return _side(section, before, tail, text, "", marked)
    heading, rest = text[: end + colon.start() + 1], text[end + colon.end() :]
    return _side(section, before, tail, heading, rest.strip(), marked)


def _is_prose(before: str, after: str) -> bool:
    """Without a colon the line must be nothing but the name of a side."""
    talk = re.search(r"\b(?:any|other|all|these|following|above|additional|no|may)\b", before)
    if not before and _FOR_WHOM.match(after.rstrip()):
        return False
    return after.rstrip().endswith((".", ";", ",")) or bool(talk)


def _side(
    section: Section, before: str, tail: str, heading: str, rest: str, marked: bool
) -> SideHeading | None:
    narrower = f"{before} {tail}"
    if marked and not words.QUALIFIER.search(before) and not words.ADJECTIVES.fullmatch(before):
        return None
    qualified = bool(words.QUALIFIER.search(narrower)) or " for " in f" {tail} "
    if marked and rest and qualified:
        return None
    return SideHeading(section, heading, rest, qualified, section == "other")


def _lone_word(text: str, folded: str, marked: bool) -> SideHeading | None:
    """Serve "INCLUSION", "Excluded:", "Exclusion: pregnant women" and "Eligibility criteria:"."""
    has_colon = ":" in folded or "：" in folded
    colon = _COLON.search(folded, 0, _LONGEST_NAME) if has_colon else None
    if colon is None and len(folded) > _LONGEST_NAME:
        return None
    start = _PREFIX.match(folded).end()  # type: ignore[union-attr]  # a prefix may be empty, it always fits
    name = folded[start : colon.start() if colon else len(folded)].strip(" .-–—#=*_()[]【】")
    rest = text[colon.end() :].strip() if colon else ""
    heading = text[: colon.start() + 1] if colon else text
    if marked and rest:
        return None
    if name in words.LONE_EXCLUSION:
        return SideHeading("exclusion", heading, rest)
    if name in words.LONE_INCLUSION:
        return SideHeading("inclusion", heading, rest)
    if name and words.LEAVING_PHRASE.match(name) and len(name.split()) <= 6:
        return SideHeading("other", heading, rest, names_both=True)
    if not marked and name and words.ELIGIBILITY_PHRASE.fullmatch(name) and not rest:
        return SideHeading("other", heading)
    return None


def read_opener(text: str) -> Section | None:
    """Return the side that a whole sentence opens ("Patients will be excluded if:"), or None.

    Only sentences that lead into a list count. A denial turns the side round; "not excluded"
    opens nothing.
    """
    folded = words.fold(text)
    if not folded.endswith((":", "：", "following", "criteria", "criteria.", "following.")):
        return None
    if len(folded.split()) > 45 or _NOT_REJECTED.search(folded):
        return None
    if not words.WHOLE_STUDY.search(folded):
        return None
    if words.REJECTS.search(folded) or _DENIED.search(folded):
        return "exclusion"
    if words.ACCEPTS.search(folded):
        return "inclusion"
    obliged = words.OBLIGES.search(folded) and _STUDY_SUBJECT.match(folded)
    return "inclusion" if obliged else None


def read_verdict(text: str) -> Section | None:
    """Return the side that a whole sentence speaks for ("Women were eligible if …"), or None."""
    folded = words.fold(text)
    if not words.VERDICT.search(folded) or _NOT_REJECTED.search(folded):
        return None
    rejected = words.REJECTS.search(folded) or _DENIED.search(folded)
    return "exclusion" if rejected else "inclusion"


def speaks_of_everyone(text: str) -> bool:
    """Say whether a sentence is about all who might join, not those with some illness."""
    folded = words.fold(text)
    return len(folded.split()) <= 32 and bool(
        (_STUDY_SUBJECT.match(folded) and _PLAIN_SUBJECT.search(folded)) or _TO_BE.match(folded)
    )


def find_side_inside(text: str, *, marked: bool) -> int | None:
    """Return where a side heading hangs on the end of, or within, another line; None if nowhere."""
    if (
        "riteri" not in text
        and "RITERI" not in text
        and (text.isascii() or ("标准" not in text and "基準" not in text))
    ):
        return None
    for found in _INSIDE.finditer(text):
        before = text[: found.start()].rstrip()
        if not before or _LEANS_ON.search(before):
            continue
        if words.LABELLED_GROUP.match(words.fold(before)) and len(before.split()) <= 12:
            continue
        at_end = found.end() >= len(text.rstrip())
        ended = before[-1] in ".;:)。；!?" or before[-1].isdigit()
        if marked or ended or not at_end or _is_criterion(words.fold(before)):
            return found.start()
    return None
