"""Numbers, lists and the words for silence."""

from collections.abc import Mapping, Sequence

NOT_STATED = "Not stated in the record"


def word_for(words: Mapping[str, str], code: str) -> str:
    """Return a code's words, or `NOT_STATED` for an empty or unknown code."""
    return words.get(code, NOT_STATED)


def number(value: int) -> str:
    """Return digits with commas from 1,000."""
    return f"{value:,}"


def count(value: int, singular: str, plural: str = "") -> str:
    """Return "1 site", "12 sites", "3,200 people"."""
    return f"{number(value)} {singular if value == 1 else plural or singular + 's'}"


def percent(part: int, whole: int) -> str:
    """Return "3.4%"; "0%" stands for none at all and "100%" for all. `whole` is not 0."""
    tenths = round(1000 * part / whole)
    if tenths == 0 < part:
        return "less than 0.1%"
    if tenths == 1000 and part < whole:
        return "more than 99.9%"
    return f"{tenths / 10:g}%"


def listed(parts: Sequence[str], joiner: str = "and") -> str:
    """Return "a", "a and b", "a, b, and c"."""
    if len(parts) < 3:
        return f" {joiner} ".join(parts)
    return f"{', '.join(parts[:-1])}, {joiner} {parts[-1]}"


def shortlist(parts: Sequence[str], most: int, more: str = "more") -> str:
    """Return the first `most` parts, and how many more there are: "a, b, and 4 more"."""
    if len(parts) <= most:
        return listed(parts)
    return listed([*parts[:most], f"{number(len(parts) - most)} {more}"])
