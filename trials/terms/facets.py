"""The facets of a search, and how one number holds all of a trial's answers.

Each value of each facet has a bit of its own; a trial's *signature* is the sum of its bits, 63 at
most. A filter is then one mask (`signature & mask <> 0`), and one count of a result's signatures
answers every facet. Country is a facet too, but has too many values for bits.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from trials.terms import registry

YES = "yes"


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet by its name in addresses, its values in the order people see them, its first bit."""

    name: str
    values: tuple[str, ...]
    first_bit: int

    @property
    def mask(self) -> int:
        """All bits of the facet."""
        return ((1 << len(self.values)) - 1) << self.first_bit

    def bit(self, value: str) -> int:
        """Return the bit of a value as a number; 0 for a value the facet does not have."""
        return 1 << (self.first_bit + self.values.index(value)) if value in self.values else 0

    def bits(self, values: Iterable[str]) -> int:
        """Return the bits of several values, summed."""
        return sum({self.bit(value) for value in values})


_VALUES: dict[str, tuple[str, ...]] = {
    "status": tuple(registry.OverallStatus.values),
    "phase": tuple(registry.Phase.values),
    "study_type": tuple(registry.StudyType.values),
    "intervention_type": tuple(registry.InterventionType.values),
    "age_group": tuple(registry.StandardAge.values),
    # Whom a trial takes, not the registry's code: a trial for all sexes has both bits.
    "sex": (registry.Sex.FEMALE.value, registry.Sex.MALE.value),
    "healthy_volunteers": (YES,),
    "sponsor_class": tuple(registry.AgencyClass.values),
    "has_results": (YES,),
    "reviewed": (YES,),
}


def _laid_out() -> dict[str, Facet]:
    facets, bit = {}, 0
    for name, values in _VALUES.items():
        facets[name] = Facet(name, values, bit)
        bit += len(values)
    return facets


FACETS = _laid_out()
COUNTRY = "country"
NAMES = (*FACETS, COUNTRY)

# What a search shows unless it says otherwise: what a person can join today or soon.
OPEN_OR_SOON = tuple(
    status
    for status in registry.OverallStatus.values
    if status in registry.OPEN_NOW | registry.OPEN_SOON
)
