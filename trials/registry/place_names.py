"""Whether two spellings name one place; in doubt not: no hospital takes another's row."""

import re

from rapidfuzz.distance import OSA

from trials.registry.likeness import Likeness, words
from trials.registry.parsers.values import Row

# Names that hide which place it is, as some sponsors write them at all their sites.
_SAYS_NOTHING = frozenset(
    ("research", "investigational", "investigative", "investigator", "clinical", "study", "trial")
) | {"local", "institution", "site", "center", "centre", "facility"}
# Shortened words that people write; any other beginning ("Park", "Parkview") is another name.
_SHORTENED = frozenset(("univ", "hosp", "med", "clin", "inst", "dept", "gen"))
# “Northeast” is no misspelt “Northwest”, nor “Noreste” a “Noroeste”, which one letter tells apart.
_SIDE = re.compile(
    r"(?:north|south|east|west|nor(?:te|d)?|su[rd]|o?este?|ouest|ost)+"
    r"(?:ern|erly|side|ward|bound|end)?"
)
_SHORTEST_TYPO = 5
_SHORTEST_ZIP = 4


def _share(old: Row, new: Row) -> float:
    """Return how sure two sites' `facility` rows are one place: 1, a little less, or 0 for no."""
    ours, theirs = old["facility"], new["facility"]
    same_zip, other_zip = _compare_zips(ours["zip"], theirs["zip"])
    other_region = any(_differ(ours[name], theirs[name]) for name in ("state", "country"))
    same_city = words(ours["city"]) == words(theirs["city"]) and (same_zip or not other_region)
    our_name, their_name = words(ours["name"]), words(theirs["name"])
    if our_name == their_name:
        known = same_city and not (other_zip and _says_nothing(our_name))
        return float(known or same_zip)
    respelled = same_city and not other_zip and _is_respelled(our_name, their_name)
    return 0.9 if respelled else 0.0


def _near(row: Row) -> list[tuple[str, object]]:
    """Return what two spellings of one place have one of in common: city or postal code."""
    place = row["facility"]
    zip_ = "".join(words(place["zip"]))[:_SHORTEST_ZIP]
    return [("city", words(place["city"])), *([("zip", zip_)] if zip_ else [])]


def _compare_zips(one: str, other: str) -> tuple[bool, bool]:
    """Return whether two postal codes are the same, and whether they are different ones."""
    ours, theirs = "".join(words(one)), "".join(words(other))
    if not ours or not theirs:
        return False, False
    same = ours.startswith(theirs) or theirs.startswith(ours)  # 53226 and 53226-0509
    return same, not same


def _differ(one: str, other: str) -> bool:
    """Tell whether two regions are stated, and others: there is a Springfield in many states."""
    ours, theirs = words(one), words(other)
    return bool(ours and theirs) and ours != theirs


def _says_nothing(name: tuple[str, ...]) -> bool:
    return all(word in _SAYS_NOTHING for word in name)


def _is_respelled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names differ by misspelt and shortened words only."""
    ours = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    if len(one) != len(other) or len(ours) != len(theirs):
        return "".join(one) == "".join(other)
    return all(_is_one_word(*pair) for pair in zip(ours, theirs, strict=True))


def _is_one_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if re.search(r"[0-9]", one + other):
        return False
    if short in _SHORTENED and long.startswith(short):
        return True
    if _SIDE.fullmatch(one) and _SIDE.fullmatch(other):
        return False
    return len(short) >= _SHORTEST_TYPO and OSA.distance(one, other, score_cutoff=1) <= 1


# Of sites, by their `facility`.
PLACES = Likeness(_share, _near)
