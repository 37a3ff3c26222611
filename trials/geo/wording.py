"""The words on and about a map.

Border: texts from numbers and labels. Labels are third-party text and leave here unescaped; the
template escapes them.
"""

from collections.abc import Sequence

from trials.geo.points import Place

_LONGEST_NAME = 22  # characters on the map
_LONGEST_NUMBER = 10  # characters in a pin
_MOST_SPANS = 4  # runs of numbers in a sentence


def short_name(label: str) -> str:
    """Return the part of a label that stands on the map: what's before the first comma, cut."""
    name = label.partition(",")[0].strip()
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def pin_name(names: Sequence[str]) -> str:
    """Return the name beside a pin for one or more places: "Boston", "Boston +2", or ""."""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return names[0] + more if names else ""


def pin_number(numbers: Sequence[int]) -> str:
    """Return the text in a pin for rising site numbers: "4", "1–3, 7", or "1 +8" if too long."""
    text = ", ".join(_spans(numbers, "–"))
    return text if len(text) <= _LONGEST_NUMBER else f"{numbers[0]} +{len(numbers) - 1}"


def map_title(region_name: str, places: Sequence[Place], others: int) -> str:
    """Say what the map shows, for people who don't see it."""
    parts = [_place_words(place) for place in places]
    if others:
        parts.append(f"{others:,} more {'sites' if others > 1 else 'site'} shown as dots")
    listed = "; ".join(parts)
    return f"Map of {region_name}. {listed[0].upper()}{listed[1:].rstrip('.')}."


def map_caption(numbered: int, total: int, *, order: str, all_open: bool, any_more: bool) -> str:
    """Explain the map's marks; empty if numbers on round pins are all there is.

    `order` says what the numbered sites have in common: "first", "nearest". `any_more` says that
    a plus sign stands in or beside a pin.
    """
    sentences = []
    if numbered < total:
        sentences.append(f"The {order} {numbered:,} of {total:,} sites are numbered.")
        sentences.append("Dots show the rest.")
    if any_more:
        sentences.append("A plus sign means more sites close by.")
    if not all_open:
        sentences.append("Round marks: open now. Square marks: not open now.")
    return " ".join(sentences)


def _place_words(place: Place) -> str:
    """Return "site 1, Paris, France" or "sites 1 to 3 and 7, Paris, France"."""
    spans = _spans(place.numbers, " to ")
    if len(spans) > _MOST_SPANS:
        spans = [*spans[: _MOST_SPANS - 1], "others"]
    numbers = " and ".join(filter(None, [", ".join(spans[:-1]), spans[-1]]))
    labels = [label for label in place.labels if label]
    label = " and ".join([labels[0], "others"] if len(labels) > 2 else labels)
    noun = "sites" if len(place.numbers) > 1 else "site"
    return ", ".join(filter(None, [f"{noun} {numbers}", label]))


def _spans(numbers: Sequence[int], dash: str) -> list[str]:
    """Write rising numbers with runs of three or more drawn together: 1, 2, 4–9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = ([f"{run[0]}{dash}{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return [text for run in texts for text in run]
