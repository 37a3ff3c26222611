"""Coined words that sound medical: terms, rare conditions, drugs, names of people.

Each list is in a mixed order that is always the same: it is drawn from by rank.
"""

from itertools import product
from random import Random

from trials.registry.synthetic import lists
from trials.registry.synthetic.chance import pick

_parts = lists.parts("coinage.txt")


def terms() -> list[str]:
    """Return some 50,000 terms."""
    short = _joined("root", "after")
    long = [before + term for before, term in product(_parts["before"], short)]
    return _mixed(1, short, long)


def rare_conditions() -> list[str]:
    """Return some 6,000 names of rare conditions."""
    order = _order(2)
    diseases = _joined("root", "disease")
    plain = [disease.capitalize() for disease in diseases]
    kinds = [f"{pick(order, _parts['kind'])} {disease.capitalize()}" for disease in diseases * 5]
    people = _joined("name first", "name last")
    eponyms = [f"{name} {kind}" for kind in ("Syndrome", "Disease") for name in people]
    found = list(dict.fromkeys(plain + kinds + eponyms))
    order.shuffle(found)
    return found


def drugs() -> list[str]:
    """Return some 3,000 names of drugs."""
    found = _mixed(3, _joined("drug first", "drug middle", "drug last"))
    return [name.capitalize() for name in found]


def family_names() -> list[str]:
    """Return some 800 family names."""
    return _mixed(4, _joined("name first", "name last"))


def given_names() -> list[str]:
    """Return some given names."""
    return _parts["given"]


def code(random: Random) -> str:
    """Return a sponsor's number of a substance, as ABX-1234."""
    letters = "".join(chr(65 + int(random.random() * 26)) for _ in range(3))
    return f"{letters}-{int(random.random() * 9000) + 100}"


def _joined(*names: str) -> list[str]:
    return ["".join(parts) for parts in product(*(_parts[name] for name in names))]


def _mixed(seed: int, *lists_of_words: list[str]) -> list[str]:
    """Return lists one after the other, each mixed."""
    order = _order(seed)
    for words in lists_of_words:
        order.shuffle(words)
    return [word for words in lists_of_words for word in words]


def _order(seed: int) -> Random:
    return Random(seed)  # noqa: S311  (invented words, not secrets)
