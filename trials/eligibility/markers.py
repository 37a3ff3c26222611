"""Reads the list marker at the start of a line: bullets, numbers, letters, Roman numerals.

Only says what could be a marker; whether a line is an item, and where in the tree, is decided
later. A number that may be a value ("3.50×10^9", "7.1 AST") is never taken for a marker here.
"""

import re
from typing import NamedTuple

_BULLETS = "•●○◦▪■□◆◇►▶‣⁃·∙➢✓✔❖⮚⚫+"
_DASHES = "-–—−"
_BULLET_STARTS = frozenset(f"*o{_BULLETS}{_DASHES}")
_BULLET = re.compile(
    rf"(?P<bullet>\*(?=\s|$)|[{re.escape(_BULLETS)}]|[{_DASHES}]{{1,3}})(?:\s+|$|(?=[^\W\d_]|[\"(（≥≤]))"
    r"|(?P<o>o)\s+(?=[^\Wa-z]|[≥≤<>(])"
)
_ENUMERATOR = re.compile(
    r"(?P<circle>[①-⑳])\s*"
    r"|(?P<han>[一二三四五六七八九十]{1,2})(?P<hanform>[、．.])\s*"
    r"|(?P<open>[(（\[])(?P<inner>\d{1,2}|[A-Za-z]|[ivxIVX]{2,5})(?P<close>[)）\]])\s*(?=\S)"
    r"|(?P<number>\d{1,3})(?P<dot>\s?[.．、])(?:\s+(?=\S)|(?=[^\W\d_]|[\"(（“<>≥≤]))"
    r"|(?P<number2>\d{1,3})(?P<paren>\s?[)）])\s*(?=\S)"
    r"|(?P<letter>[A-Za-z]|[ivxIVX]{2,5})(?P<letterform>[.．](?=\s)|[)）])\s*(?=\S)"
)
# "10.1 Any …" below "10."; a value ("7.1 mmol/l") looks the same, so neighbours must vouch for it.
_LEVELLED = re.compile(r"(?P<above>\d{1,2}(?:\.\d{1,2})?)\.(?P<place>\d{1,2})\.?\s+(?=[^\Wa-z\d])")
_ENUMERATOR_ENDS = frozenset(".．)）]、")
_HAN = {sign: value for value, sign in enumerate("一二三四五六七八九十", start=1)}
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_FORMS = str.maketrans("．）（、", ".)(.")


class Step(NamedTuple):
    """One reading of an enumerator: its series ("digit.", "lower)", "roman.") and place in it."""

    series: str
    value: int


class Marker(NamedTuple):
    """A list marker as written, its possible readings (none for a bullet), and its look.

    `outer` is the look of a bullet that stood before it ("* 1."); `above` the number that it
    belongs to ("10" for "10.1").
    """

    written: str
    look: str
    steps: tuple[Step, ...] = ()
    outer: str = ""
    above: str = ""

    @property
    def is_bullet(self) -> bool:
        """True for signs that do not count, such as "•"."""
        return not self.steps

    def follows(self, earlier: "Marker") -> bool:
        """Say whether this is the very next of the earlier marker's series ("c)" after "b)")."""
        return any(
            mine.series == theirs.series and mine.value == theirs.value + 1
            for mine in self.steps
            for theirs in earlier.steps
        )

    def starts(self) -> bool:
        """Say whether this can open a list: a bullet, or the first of its series."""
        return self.is_bullet or any(step.value == 1 for step in self.steps)


def read_marker(text: str) -> tuple[Marker | None, str]:
    """Split `text` into its marker and the words after it; "* 1. x" has one marker, the number."""
    first, rest = _read_one(text)
    if first is None or not (rest or first.is_bullet):
        return None, text
    second, inner_rest = _read_one(rest)
    if second is None or not inner_rest:
        return first, rest
    if first.is_bullet and (second.is_bullet or second.above or is_plausible(second, inner_rest)):
        # An "o" is a letter, too: where it stood for a bullet it stays in sight.
        written = f"o {second.written}" if first.look == "o" else second.written
        return second._replace(outer=first.look, written=written), inner_rest
    # An "o" after a number is rather a letter, an asterisk or a plus a sign of the text.
    if second.is_bullet and second.look not in "*+o":
        return first, inner_rest
    return first, rest


def _may_be_marker(text: str) -> bool:
    """Say no, at little cost, to a line that begins with a whole word."""
    return not text[:1].isalpha() or text[:2] == "o " or not _ENUMERATOR_ENDS.isdisjoint(text[1:7])


def _read_one(text: str) -> tuple[Marker | None, str]:
    if not _may_be_marker(text):
        return None, text
    first = text[:1]
    if first in _BULLET_STARTS and (found := _BULLET.match(text)):
        sign = found["bullet"] or found["o"]
        rest = text[found.end() :]
        if sign == "+" and not found[0].endswith(" "):
            return None, text
        return Marker(sign, sign[0]), rest
    if first.isdecimal() and (found := _LEVELLED.match(text)):
        step = Step(f"below {found['above']}", int(found["place"]))
        written = found[0].strip()
        return Marker(written, step.series, (step,), above=found["above"]), text[found.end() :]
    if found := _ENUMERATOR.match(text):
        steps = _steps(found)
        if steps:
            written = found[0].strip()
            return Marker(written, steps[0].series, steps), text[found.end() :]
    return None, text


def _steps(found: re.Match[str]) -> tuple[Step, ...]:
    if sign := found["circle"]:
        return (Step("circle", ord(sign) - ord("①") + 1),)
    if sign := found["han"]:
        return (Step("han" + found["hanform"].translate(_FORMS), _han_value(sign)),)
    body = found["inner"] or found["number"] or found["number2"] or found["letter"]
    form = (found["open"] or "") + (
        found["close"] or found["dot"] or found["paren"] or found["letterform"]
    ).strip()
    return _readings(body, form.translate(_FORMS))


def _readings(body: str, form: str) -> tuple[Step, ...]:
    if body.isdecimal():
        return (Step("digit" + form, int(body)),)
    case = "lower" if body.islower() else "upper"
    steps = []
    if len(body) == 1 and body.isascii():
        steps.append(Step(case + form, ord(body.lower()) - ord("a") + 1))
    if roman := _roman_value(body.lower()):
        steps.append(Step(case + "roman" + form, roman))
    return tuple(steps)


def _han_value(sign: str) -> int:
    return sum(_HAN[part] for part in sign)


def _roman_value(body: str) -> int:
    """Return the value of a small Roman numeral, 0 if `body` is none."""
    values = [_ROMAN_VALUES.get(letter, 0) for letter in body]
    if not all(values):
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < after else value for value, after in pairs)
    return total if body == _roman(total) else 0


def _roman(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]


def is_plausible(marker: Marker, rest: str) -> bool:
    """Say whether an enumerator can stand on its own evidence.

    "E. coli" and "I. V. drug use" look like letters of a list; those need neighbours (see
    `blocks`), numbers and bracketed letters do not.
    """
    if marker.above:
        return False
    is_letter_dot = marker.written.endswith((".", "．")) and marker.written[0].isalpha()
    return not is_letter_dot or not rest[:1].islower()
