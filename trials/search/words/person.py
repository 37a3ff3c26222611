"""What a sentence says about the person: age, sex, and where they are.

It is taken out of the words and offered as a filter; whoever shows the results never applies it
unasked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from trials.search.words.plan import Offers

_TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TO_NINETY = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _TO_NINETEEN.split(), _TO_NINETY.split()
_NUMBERS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_SPELLED = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES[1:])})"
_NUMBER = rf"(?P<number>\d{{1,3}}|{_SPELLED})"
_UNIT = r"(?P<unit>y(?:ea)?rs?|y|mo(?:nth)?s?|mths?|we?e?ks?|days?)"
_WHO = r"(?:fe)?male|(?:wo)?man|boy|girl|lady|gentleman|child|baby|infant"
# Not a part of a bigger number or of a range.
_ALONE = r"(?<![\w.,/-])"
_AGES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ALONE}{_NUMBER}[\s-]*{_UNIT}[\s.-]*/?(?:old|of[ ]age|o\b\.?)",
        rf"{_ALONE}{_NUMBER}[\s-]*{_UNIT}(?=\s+(?:{_WHO})\b)",
        rf"\b(?:aged|age)[\s:]+(?:of\s+)?{_NUMBER}(?:\s*{_UNIT}\b)?(?!\d|\s*(?:[-–+]|to\b))",
        rf"(?:\b(?:is|am|turned|turning|turns|im)|[’']m|[’']s)\s+(?:now\s+|only\s+|just\s+)?"
        rf"{_NUMBER}(?=\s*(?:$|[,.;!?)]|(?:and|with|who|but|has|have|had)\b))",
        # 65F; 18F is fluorine
        rf"{_ALONE}(?!18F){_NUMBER}(?<=\d)(?P<sex>[MF])(?=$|[\s,.;])",
    )
]
# "in his 60s", "over 60" are no age.
_DECADE = re.compile(
    r"\b(?:in\s+(?:my|his|her|their)\s+)?(?:early\s+|mid[\s-]*|late\s+)?"
    rf"(?:[1-9]0['’]?s|(?:{'|'.join(tens[:-1] + 'ies' for tens in _TENS)}))\b"
    r"|\b(?:over|under|above|below|(?:older|younger)\s+than)\s+[1-9]\d?"
    r"(?:\s*(?:years?|yrs?)(?:\s+old|\s+of\s+age)?)?(?=\s*(?:$|[,.;!?)]|[a-z]{3,}\b))",
    re.IGNORECASE,
)
_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
_OLDEST = {"years": 120, "months": 240, "weeks": 520, "days": 999}

_MALE = (
    "dad|daddy|father|husband|son|grandson|grandpa|grandfather|granddad|brother|uncle|nephew|"
    "boyfriend|he|him|his|himself|man|gentleman|guy|boy|male"
)
_FEMALE = (
    "mum|mummy|mom|mommy|mother|wife|daughter|granddaughter|grandma|grandmother|sister|aunt|niece|"
    "girlfriend|she|her|hers|herself|woman|lady|girl|female|pregnant"
)
_SEXES = {
    # HER-2 and HER2 are no "her".
    "MALE": re.compile(rf"(?<![\w-])(?:{_MALE})(?:['’]?s)?(?![\w-])", re.IGNORECASE),
    "FEMALE": re.compile(rf"(?<![\w-])(?:{_FEMALE})(?:['’]?s)?(?![\w-]|\s?2)", re.IGNORECASE),
}
# Said of a person these words say who is meant; said of a disease (male infertility) they stay.
_PERSON = re.compile(
    r"\b(?:i|im|my|me|he|she|his|her|him|we|our|is|am|has|have|looking|old)\b", re.IGNORECASE
)

_PLACE = re.compile(
    r"(?<![\w-])(?P<how>(?:live|lives|living|based|located|treated|stay|staying)\s+(?:in|near|at|"
    r"around)|near(?:by|\s+to)?|close\s+to|around|outside(?:\s+of)?|in|from|at)\s+(?:the\s+)?"
    r"(?P<name>[^\W_][^.;:!?()\"]*)",
    re.IGNORECASE,
)
_PLACE_ENDS = re.compile(
    r"\s+(?:and|with|for|who|that|which|aged|but|because|please|if|or|has|have|is|on|after|to|"
    r"who’s|who's|age|trials?|stud(?:y|ies))\b",
    re.IGNORECASE,
)
_MOST_PLACE_WORDS, _MOST_ASKED = 4, 6
# Towns whose names, in small letters, are words.
_TOWNS_AND_WORDS = "march mobile reading bath nice split cork orange best spring male my me may"
_ALSO_WORDS = frozenset(_TOWNS_AND_WORDS.split())
_CERTAIN = re.compile(r"near|close|around|outside|liv|based|located|treated|stay", re.IGNORECASE)


@dataclass(slots=True)
class Person:
    """What was read so far, and the spans of the text that said it."""

    age: float | None = None
    age_unit: str = ""
    place: str = ""
    sex: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def offers(self) -> Offers:
        """What to offer."""
        return Offers(self.age, self.age_unit, self.place, self.sex)

    def without(self, text: str) -> str:
        """Return a text of the same length with blanks for what was read."""
        for start, end in self.spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text


def read(text: str, is_place: Callable[[str], bool]) -> Person:
    """Return what a text says about a person; `is_place` looks a name up."""
    person = Person()
    _read_age(text, person)
    _read_sex(text, person)
    _read_place(text, person, is_place)
    return person


def _read_age(text: str, person: Person) -> None:
    """Take the one age of a text; two different ones tell nothing."""
    ages = set()
    for pattern in _AGES:
        for match in pattern.finditer(person.without(text)):
            unit = _UNITS[(match.groupdict().get("unit") or "y")[0].lower()]
            number = _number(match["number"])
            if number <= _OLDEST[unit]:
                ages.add((float(number), unit))
                person.spans.append(match.span())
                person.sex = person.sex or _letter_sex(match.groupdict().get("sex"))
    person.spans.extend(match.span() for match in _DECADE.finditer(person.without(text)))
    if len(ages) == 1:
        ((person.age, person.age_unit),) = ages


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return sum(_NUMBERS[word] for word in re.split(r"[\s-]+", text.lower()))


def _letter_sex(letter: str | None) -> str:
    return {"m": "MALE", "f": "FEMALE"}.get((letter or "").lower(), "")


def _read_sex(text: str, person: Person) -> None:
    """Take the sex that a sentence about somebody tells; both tell nothing."""
    if person.sex or not (_PERSON.search(text) or person.age is not None):
        return
    told = [sex for sex, pattern in _SEXES.items() if pattern.search(text)]
    if len(told) == 1:
        person.sex = told[0]


def _read_place(text: str, person: Person, is_place: Callable[[str], bool]) -> None:
    """Take the first place after “near”, “in” … that is one."""
    if text.isupper():
        return
    asked = 0
    for match in _PLACE.finditer(person.without(text)):
        is_certain = bool(_CERTAIN.match(match["how"]))
        for name in _names(match["name"]):
            if not (is_certain or name[0].isupper()) and name in _ALSO_WORDS:
                continue
            asked += 1
            if asked > _MOST_ASKED:
                return
            if is_place(name):
                person.place = name
                person.spans.append((match.start(), match.start("name") + len(name)))
                return


def _names(text: str) -> list[str]:
    """Return the beginnings of a text that may be the name of a place, the longest first."""
    text = _PLACE_ENDS.split(text, maxsplit=1)[0].rstrip(" ,-")
    words = list(re.finditer(r"[^\s,]+", text))[:_MOST_PLACE_WORDS]
    ends = [word.end() for word in words]
    return [text[:end] for end in reversed(ends)]
