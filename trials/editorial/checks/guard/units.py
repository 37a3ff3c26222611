"""Units after a number: their dimension, and what one is worth in the smallest of its kind."""

import re
from dataclasses import dataclass
from fractions import Fraction

# In the forms, regular expressions parted by blanks, _ stands for a blank.
_TIME: dict[str, tuple[str, int | Fraction]] = {
    "second": ("seconds? secs? sec", Fraction(1, 60)),
    "minute": ("minutes? mins? min minutos? minuten?", 1),
    "hour": ("hours? hrs? hr h horas? heures? stunden?", 60),
    "day": ("days? d días? dias? jours? tage? tagen", 1440),
    "week": ("weeks? wks? wk w semanas? semaines? wochen? settimane", 10080),
}
_MONTHS: dict[str, tuple[str, int | Fraction]] = {
    "month": ("months? mos? mo mths? mths meses mes mois monate? monaten mesi", 1),
    "year": ("years? yrs? yr y yo y/o y\\.o\\. años? anos? ans? jahre? jahren anni", 12),
}
_OTHER: dict[str, tuple[tuple[str, str, int | Fraction], ...]] = {
    "mass": (
        ("nanogram", "nanograms? ng", Fraction(1, 1000)),
        ("picogram", "picograms? pg", Fraction(1, 10**6)),
        ("microgram", "micrograms? mcg µg ug", 1),
        ("milligram", "milligrams? milligrammes? mgs? mg", 1000),
        ("gram", "grams? grammes? gm gms g", 10**6),
        ("kilogram", "kilograms? kilogrammes? kilos? kgs? kg", 10**9),
        ("pound", "pounds? lbs? lb", 453592370),
        ("ounce", "ounces? oz", Fraction(28349523125, 1000)),
        ("stone", "stones?", 6350293180),
    ),
    "volume": (
        ("microliter", "microlit(?:er|re)s? µl ul mm3 mm³ mm\\^3 cmm cubic_millimet(?:er|re)s?", 1),
        ("milliliter", "millilit(?:er|re)s? mls? ml cc cm3 cm³", 1000),
        ("deciliter", "decilit(?:er|re)s? dl", 10**5),
        ("liter", "lit(?:er|re)s? l", 10**6),
    ),
    "length": (
        ("micrometer", "micromet(?:er|re)s? microns? µm", Fraction(1, 1000)),
        ("millimeter", "millimet(?:er|re)s? mm", 1),
        ("centimeter", "centimet(?:er|re)s? cms? cm", 10),
        ("meter", "met(?:er|re)s? m", 1000),
        ("kilometer", "kilomet(?:er|re)s? kms? km", 10**6),
        ("inch", "inch(?:es)?", Fraction(254, 10)),
        ("foot", "feet foot ft", Fraction(3048, 10)),
        ("mile", "miles? mi", 1609344),
    ),
    "amount": (
        ("picomole", "picomoles? pmol", Fraction(1, 1000)),
        ("nanomole", "nanomoles? nmol", 1),
        ("micromole", "micromoles? µmol umol", 1000),
        ("millimole", "millimoles? mmol", 10**6),
        ("mole", "moles? mol", 10**9),
    ),
    "activity": (
        ("milliunit", "milliunits? miu mu", Fraction(1, 1000)),
        ("unit", "(?:international_)?units? iu u ui", 1),
        ("kilounit", "kilounits? ku kiu", 1000),
    ),
    "percent": (("percent", "% percent per_cent percentage_points? pct", 1),),
    "normal limit": (
        (
            "limit of normal",
            "(?:(?:×|x|times|fold)_?)?(?:the_)?(?:institutional_|laboratory_|local_)?"
            "(?:iuln|uln|unl|upper_(?:normal_limits?|limits?(?:_of(?:_the)?_normal"
            "(?:_range)?)?)(?:_\\(uln\\))?|lln) (?:×|x|times)_(?:the_)?normal",
            1,
        ),
    ),
    "pressure": (("mmHg", "mmhg mm_hg millimet(?:er|re)s?_of_mercury", 1),),
    "pulse": (("beat", "beats? bpm", 1),),
    "radiation": (("centigray", "cgy", 1), ("gray", "grays? gy", 100)),
    "temperature": (("°C", "°_?c ℃ degrees?_c(?:elsius|entigrade)?", 1),),
    "temperature in °F": (("°F", "°_?f ℉ degrees?_f(?:ahrenheit)?", 1),),
    "milliseconds": (("millisecond", "milliseconds? msecs? msec ms", 1),),
    "pack-years": (("pack-year", "pack[-_]?years?", 1),),
    "body surface": (("square meter", "m2 m² m\\^2 square_met(?:er|re)s? sqm", 1),),
    "half-lives": (("half-life", "half[-_]li(?:fe|ves)", 1),),
    "times": (("time", "times x ×", 1),),
}
# What is counted in a volume: “cells/µL”, “copies per mL”.
_COUNTED = (
    r"(?:cells?|copies|platelets|neutrophils|eosinophils|leukocytes|leucocytes|particles|cfu)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `kinds` is its dimension (mass; mass by volume), `factor` what one is worth in it."""

    kinds: tuple[str, ...]
    factor: Fraction
    name: str


def _atoms() -> list[tuple[str, Unit]]:
    rows: list[tuple[str, str, str, int | Fraction]] = [
        *(("time", name, *row) for name, row in _TIME.items()),
        *(("months", name, *row) for name, row in _MONTHS.items()),
        *((kind, *row) for kind, members in _OTHER.items() for row in members),
    ]
    return [
        (form, Unit((kind,), Fraction(factor), name))
        for kind, name, forms, factor in rows
        for form in forms.replace("_", r"\s").split(" ")
    ]


_ATOMS = _atoms()
_FORMS = sorted((form for form, _ in _ATOMS), key=len, reverse=True)
_BY_FORM = [(re.compile(form), unit) for form, unit in _ATOMS]
_SEEN: dict[str, Unit] = {}
_ATOM = f"(?:{'|'.join(_FORMS)})"
_BELOW = (
    r"(?:\s?/\s?|\s?per\s|\san?\s(?=ml|l\b|lit|micro|milli|deci|kilo|minute|square)"
    r"|\sfor\seach\s(?=kilo|kg|square))"
)
_SURFACE = r"\s?(?:/|per)\s?1[.,]73\s?(?:m2|m²|m\^2|m)"
_UNIT = re.compile(
    rf"""
    (?:\s?-\s?|\s)?(?:(?:full|whole|more|further|other|straight|complete)\s)?
    (?:
        (?P<counted>(?:{_COUNTED}\s?)?{_BELOW}\s?(?P<volume>{_ATOM})(?![\w²³]))
      | (?P<top>{_ATOM})(?![\w²³^])
        (?P<below>(?:{_SURFACE}|{_BELOW}(?:{_ATOM})(?![\w²³]))*)
    )
    """,
    re.VERBOSE,
)
_BELOW_ATOM = re.compile(rf"(?P<surface>{_SURFACE})|{_BELOW}(?P<atom>{_ATOM})(?![\w²³])")
_TIMES_OF_DAY = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit found after a number: where it ends, and the time it is counted by (“mL/min”)."""

    unit: Unit | None
    end: int
    per: str = ""


def read_after(folded: str, position: int) -> ReadUnit:
    """Return the unit that stands right after a number, none if there is none."""
    match = _UNIT.match(folded, position)
    if not match:
        return ReadUnit(None, position)
    if match["counted"]:
        below = atom(match["volume"])
        if below.name in _TIMES_OF_DAY:
            return ReadUnit(None, match.end(), per=below.name)
        return ReadUnit(
            Unit(("count", *below.kinds), 1 / below.factor, f"per {below.name}"), match.end()
        )
    return _compound(match)


def _compound(match: re.Match[str]) -> ReadUnit:
    top = atom(match["top"])
    kinds, factor, names, per = [*top.kinds], top.factor, [top.name], ""
    for below in _BELOW_ATOM.finditer(match["below"] or ""):
        if below["surface"]:
            continue  # “/1.73 m²” belongs to the measure, not to the amount
        unit = atom(below["atom"])
        if unit.name in _TIMES_OF_DAY:
            per = unit.name
            continue
        kinds += unit.kinds
        factor /= unit.factor
        names.append(unit.name)
    return ReadUnit(Unit(tuple(kinds), factor, " per ".join(names)), match.end(), per)


def atom(form: str) -> Unit:
    """Return the unit that a form means, as “mg” or “weeks”."""
    found = _SEEN.get(form)
    if found is None:
        found = next(unit for pattern, unit in _BY_FORM if _fits(pattern, form))
        _SEEN[form] = found
    return found


def _fits(pattern: re.Pattern[str], form: str) -> bool:
    return pattern.fullmatch(form) is not None
