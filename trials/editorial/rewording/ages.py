"""Criteria that are an age, or an age and a sex, and nothing else."""

import re
from collections.abc import Callable

from trials.editorial.rewording.comparators import SIGN, WORDED, meaning
from trials.editorial.rewording.voice import Voice

_NUMBER = r"\d{1,3}(?:\.\d+)?"
_UNIT = r"(?:years?|yrs?\.?|y\.?/?o\.?|months?|weeks?)"
_OLD = r"(?:[\s-]*(?:of age|old|completed))?"
_LABEL = (
    r"(?:(?:must be|be|is|are|being)?\s*(?:the )?(?:patients?[’']? "
    r"|subjects?[’']? |participants?[’']? )?"
    r"(?:ages?|aged)(?: range)?(?: of)?(?: is| are| must be| should be)?\s*[:=]?\s*)?"
)
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|adults?|people|persons?)"
_SEX = {
    "male or female": r"(?:either |both )?(?:males?|m[ae]n) (?:or|and|&) (?:females?|wom[ae]n)",
    "female or male": r"(?:either |both )?(?:females?|wom[ae]n) (?:or|and|&) (?:males?|m[ae]n)",
    "female": r"(?:females?|wom[ae]n)",
    "male": r"(?:males?|m[ae]n)",
}
_ANY_SEX = "|".join(f"(?P<s{index}>{pattern})" for index, pattern in enumerate(_SEX.values()))
_FIRST = re.compile(
    rf"(?:(?:healthy )?(?:adult )?(?:{_ANY_SEX})(?:[\s-](?:{_PEOPLE}))?\b[\s,;:.]*"
    rf"(?:who (?:is|are) )?)?"
    rf"(?:{_PEOPLE}\b[\s,]*(?:who (?:is|are) |(?:must|should) be )?)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = (
    r"(?:\s*[,(]?\s*(?:inclusive(?:ly)?|at (?:the time of )?(?:screening|enrol?lment"
    r"|consent|study entry|randomi[sz]ation|baseline))\)?)?"
)
_WHEN = re.compile(r"at (?:the time of )?[a-z ]+", re.IGNORECASE)

_COMPARED = re.compile(
    rf"{_LABEL}(?P<sign>{SIGN}|{WORDED})\s*(?P<low>{_NUMBER})\s*(?P<unit>{_UNIT})?{_OLD}"
    rf"(?:\s*(?:and|or) (?:older|over|above))?(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_AND_OLDER = re.compile(
    rf"{_LABEL}(?P<low>{_NUMBER})[\s-]*(?P<unit>{_UNIT})?{_OLD}\s*(?:and|or|&)\s*"
    rf"(?P<way>older|over|above|greater|more|up|younger|under|below|less)(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"{_LABEL}(?:between|from)?\s*(?:the ages of"
    rf" )?(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})?{_OLD}\s*"
    rf"(?:to|-|–|—|and|through|~)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?{_OLD}"
    rf"(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_TWO_SIDED = re.compile(
    rf"{_LABEL}(?P<sign>≥|>=|>)\s*(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})?{_OLD}\s*"
    rf"(?:,|and|to|-)\s*"
    rf"(?P<sign2>≤|<=|<)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?{_OLD}(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit1>{_UNIT})?\s*(?P<sign><|≤|<=)\s*age\s*(?P<sign2><|≤|<=)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?{_OLD}(?P<tail>{_TAIL})",
    re.IGNORECASE,
)
_OLDER = {
    "at least": "{0} or older",
    "at most": "{0} or younger",
    "more than": "older than {0}",
    "less than": "younger than {0}",
}
_FLIPPED = {"<": ">", "≤": "≥", "<=": ">="}
_WAYS = dict.fromkeys(("older", "over", "above", "greater", "more", "up"), "at least")


def ages(text: str, who: Voice) -> str | None:
    """Return the line of a criterion that is an age, a sex, or both; None for any other."""
    first = _FIRST.fullmatch(text)
    if first is None:
        return None
    sex = next((word for index, word in enumerate(_SEX) if first[f"s{index}"]), "")
    rest = first["rest"].strip()
    told = _age(rest)
    if told is None:
        return f"{who['you']} {who['are']} {sex}" if sex and not rest else None
    sexed = f"{sex}, and " if sex else ""
    return f"{who['you']} {who['are']} {sexed}{told}"


def _age(text: str) -> str | None:
    for pattern, word in _FORMS:
        match = pattern.fullmatch(text)
        # Without "age" or a unit a number may be anything
        if match and (match.groupdict().get("unit") or re.search(r"\bage", text, re.IGNORECASE)):
            when = _WHEN.search(match["tail"])
            return f"{word(match)} {when[0]}" if when else word(match)
    return None


def _unit(written: str | None) -> str:
    if not written:
        return ""
    head = written[0].casefold()
    return {"y": " years", "m": " months", "w": " weeks"}[head]


def _compared(match: re.Match[str]) -> str:
    return _OLDER[meaning(match["sign"])].format(f"{match['low']}{_unit(match['unit'])}")


def _and_older(match: re.Match[str]) -> str:
    way = _WAYS.get(match["way"].casefold(), "at most")
    return _OLDER[way].format(f"{match['low']}{_unit(match['unit'])}")


def _range(match: re.Match[str]) -> str:
    low, high = _unit(match["unit1"]), _unit(match["unit"])
    old = " old" if high else ""
    middle = low if low != high else ""
    return f"{match['low']}{middle} to {match['high']}{high}{old}"


def _two_sided(match: re.Match[str]) -> str:
    low = match["sign"] if match["sign"] not in _FLIPPED else _FLIPPED[match["sign"]]
    unit = _unit(match["unit"])
    older = _OLDER[meaning(low)].format(f"{match['low']}{_unit(match['unit1']) or unit}")
    return f"{older}, and {_OLDER[meaning(match['sign2'])].format(match['high'] + unit)}"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_COMPARED, _compared),
    (_AND_OLDER, _and_older),
    (_RANGE, _range),
    (_TWO_SIDED, _two_sided),
    (_AROUND, _two_sided),
)
