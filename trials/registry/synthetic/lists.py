"""The hand-written lists of this folder, read: common conditions, treatments, sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its weight, its names, and the headings above it, the nearest first."""

    weight: float
    heading: str
    names: tuple[str, ...]
    above: tuple[str, ...]


def conditions() -> list[Entry]:
    """Return the common conditions; `heading` is the MeSH heading, empty where there is none."""
    return [
        Entry(float(weight), heading, tuple(names.split("; ")), above)
        for above, (weight, heading, names) in _entries("conditions.txt")
    ]


def treatments() -> dict[str, list[Entry]]:
    """Return the common treatments by the registry's kind; the first name is its own."""
    found: dict[str, list[Entry]] = {}
    for (kind, *above), (weight, name, others) in _entries("treatments.txt"):
        names = (name, *(other for other in others.split("; ") if other))
        found.setdefault(kind, []).append(Entry(float(weight), name, names, tuple(above)))
    return found


def sentences() -> dict[str, list[str]]:
    """Return the lists of sentences and of words for their braces, by name."""
    return parts("sentences.txt")


def parts(file: str) -> dict[str, list[str]]:
    """Return the lists of a file by name; semicolons part what stands on one line."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in _lines(file):
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        else:
            found[name] += line.split("; ")
    return found


def _entries(file: str) -> Iterator[tuple[tuple[str, ...], tuple[str, str, str]]]:
    """Yield the bracketed names above a line and the three parts of the line."""
    above: tuple[str, ...] = ()
    for line in _lines(file):
        if line.startswith("["):
            above = tuple(name for name in line.strip("[]").split(" > ") if name)
        else:
            first, second, third = (part.strip() for part in line.split("|"))
            yield above, (first, second, third)


def _lines(file: str) -> list[str]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
