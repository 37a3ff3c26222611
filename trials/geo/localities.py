"""What a typed place turns out to be: a point, a region, or a country.

Border: plain values; `places` finds them.
"""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What can be searched around, or in."""

    POINT = "point"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Locality:
    """A place that a search can be narrowed to.

    `label` is unambiguous: typed, it finds exactly this place again. Degrees are those of a POINT
    and 0 for the others. `country_code` and `state_key` are those of `trials.models.Place`.
    `trials` is the number of trials there that are open now or soon, counted where there is a
    choice and 0 elsewhere.
    """

    kind: Kind
    label: str
    latitude: float = 0.0
    longitude: float = 0.0
    country_code: str = ""
    state_key: str = ""
    trials: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The place that a text most likely means, other places of that name, the likelier first.

    `best` is None where nothing is called so; `suggestions` are then what may have been meant.
    """

    best: Locality | None = None
    others: tuple[Locality, ...] = ()
    suggestions: tuple[Locality, ...] = ()
