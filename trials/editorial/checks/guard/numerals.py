"""Numbers in digits and in words, with what they are worth. Knows nothing of units."""

import re
from dataclasses import dataclass
from fractions import Fraction

_SMALL = {
    word: Fraction(value)
    for value, word in enumerate(
        str.split(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: Fraction(10 * value)
    for value, word in enumerate(
        str.split("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
_SCALES = {
    "dozen": Fraction(12),
    "hundred": Fraction(100),
    "thousand": Fraction(1000),
    "million": Fraction(10**6),
    "billion": Fraction(10**9),
}
_PARTS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "fifths": Fraction(1, 5),
}
_TIMES = {"once": Fraction(1), "twice": Fraction(2), "thrice": Fraction(3)}
_FOREIGN = {
    word: Fraction(value)
    for value, words in {
        1: "un uno una une ein eine einem einer eines um uma",
        2: "dos deux zwei dois duas due",
        3: "tres trois drei três tre",
        4: "cuatro quatre vier quatro quattro",
        5: "cinco cinq fünf cinque",
        6: "seis sechs sei",
        7: "siete sept sieben sete sette",
        8: "ocho huit acht oito otto",
        9: "nueve neuf neun nove",
        10: "diez dix zehn dez dieci",
        12: "doce douze zwölf doze dodici",
        18: "dieciocho dix-huit achtzehn dezoito diciotto",
        24: "veinticuatro vingt-quatre",
    }.items()
    for word in words.split()
}
_VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LARGEST_POWER = 30
_LONGEST_DIGITS = 40

_UNIT_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_TEN_WORDS = "|".join(_TENS)
_SCALE_WORDS = "|".join(_SCALES)
_FOREIGN_WORDS = "|".join(sorted(_FOREIGN, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u2009]\d{3})+(?![,\d])(?:\.\d+)?|\d{1,3}(?:[ ]000)+(?!\d)|\d+(?:[.,]\d+)?"
_POWER = (
    r"\s?(?:×|x|\*|times)\s?10\s?(?:(?:\^|\*\*|\*|e)\s?(?P<caret>[-+]?\d{1,2})"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<lost>[369])(?=\s?(?:/|per\b|cells|l\b|platelets)))"
)
_NUMERAL = re.compile(
    rf"""
    (?P<bare>(?<![\w.])10(?:\^(?P<bare_caret>\d{{1,2}})|(?P<bare_raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))
  | (?<![\w.,^])(?P<digits>{_DIGITS})
        (?: {_POWER} | \s(?P<big>{_SCALE_WORDS})\b
          | (?:\sand\s(?:a\s)?|\s)?(?P<vulgar_tail>[½⅓⅔¼¾]) )?
  | (?P<vulgar>[½⅓⅔¼¾])
  | (?<![\w-])(?:
        (?P<half_of>(?P<of_count>one|two|three)[ -](?P<counted_part>thirds?|quarters?|fifths?)
          | (?:(?:one|a)[ -])?(?P<part>half|third|quarter|fifth)
            (?=\s(?:of|a|an|the|get|take|hour|year|tablet|dose)\b|-))
      | (?P<times>once|twice|thrice)
      | (?P<words>(?:(?:{_UNIT_WORDS}|{_TEN_WORDS}|a(?=\s(?:{_SCALE_WORDS})))
            (?:[ -](?:and[ ])?(?:{_UNIT_WORDS}|{_TEN_WORDS}|{_SCALE_WORDS})
                (?=[\s,.;:)-]|$))*)
            (?P<and_half>[ ]and[ ]a[ ](?:half|quarter))?)
      | (?P<foreign>{_FOREIGN_WORDS})
    )(?![\w])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text: `values` holds more than one where a comma is unclear."""

    start: int
    end: int
    values: tuple[Fraction, ...]
    in_words: bool = False
    is_frequency: bool = False
    is_foreign: bool = False


def read(folded: str) -> list[Numeral]:
    """Return the numbers of a folded text in order. Names such as CD19 and HbA1c are none."""
    return [numeral for match in _NUMERAL.finditer(folded) if (numeral := _numeral(match))]


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["bare"]:
        power = match["bare_caret"] or match["bare_raised"].translate(_RAISED)
        return Numeral(start, end, (_raised(Fraction(1), power),))
    if match["digits"]:
        return _in_digits(match)
    if match["vulgar"]:
        return Numeral(start, end, (_VULGAR[match["vulgar"]],))
    if part := match["part"] or match["counted_part"]:
        count = {"two": 2, "three": 3}.get(match["of_count"] or "", 1)
        return Numeral(start, end, (count * _PARTS[part],), in_words=True)
    if match["times"]:
        return Numeral(start, end, (_TIMES[match["times"]],), in_words=True, is_frequency=True)
    if match["foreign"]:
        values = (_FOREIGN[match["foreign"]],)
        return Numeral(start, end, values, in_words=True, is_foreign=True)
    value = _worth(match["words"])
    return None if value is None else Numeral(start, end, (value,), in_words=True)


def _in_digits(match: re.Match[str]) -> Numeral | None:
    if len(match["digits"]) > _LONGEST_DIGITS:
        return None
    values = _digit_values(match["digits"])
    power = match["caret"] or match["lost"] or (match["raised"] or "").translate(_RAISED)
    if power:
        values = tuple(_raised(value, power) for value in values)
    if match["big"]:
        values = tuple(value * _SCALES[match["big"]] for value in values)
    if match["vulgar_tail"]:
        values = tuple(value + _VULGAR[match["vulgar_tail"]] for value in values)
    return Numeral(*match.span(), values)


def _digit_values(digits: str) -> tuple[Fraction, ...]:
    """Return what digits can mean: a comma before three digits parts thousands, else decimals."""
    whole = digits.replace(" ", "").replace("\u2009", "")
    if "," not in whole:
        return (Fraction(whole),)
    head, _, tail = whole.rpartition(",")
    if len(tail.split(".")[0]) == 3 and head != "0":
        return (Fraction(whole.replace(",", "")),)
    return (Fraction(whole.replace(",", ".")),)


def _raised(value: Fraction, power: str) -> Fraction:
    exponent = int(power)
    if abs(exponent) > _LARGEST_POWER:
        return value
    return value * Fraction(10) ** exponent


def _worth(words: str) -> Fraction | None:
    """Return what number words are worth together, or None for a row that makes no number."""
    text, extra = words, Fraction(0)
    for tail, part in ((" and a half", Fraction(1, 2)), (" and a quarter", Fraction(1, 4))):
        if text.endswith(tail):
            text, extra = text.removesuffix(tail), part
    total, group = Fraction(0), Fraction(0)
    for word in re.split(r"[ -]", text):
        if word == "and":
            continue
        if word == "a":
            group = Fraction(1)
        elif word in _SCALES:
            scaled = (group or 1) * _SCALES[word]
            if word in ("hundred", "dozen"):
                group = scaled
            else:
                total, group = total + scaled, Fraction(0)
        else:
            group += _SMALL.get(word) or _TENS.get(word) or 0
    return total + group + extra
