"""The map's regions by name, the packaged gazetteer, and places that sites are at."""

from collections.abc import Callable

import pytest

from tests.factories import make_trial
from trials.geo.regions import Region, regions
from trials.models import Place, PlaceName, TrialPlace
from trials.terms.areas import area_key
from trials.terms.countries import country_code
from trials.terms.sphere import cell
from trials.terms.words import folded


@pytest.fixture
def region() -> Callable[[str], Region]:
    """Look a region up by its key."""
    return {region.key: region for region in regions()}.__getitem__


@pytest.fixture
def gazetteer(reference_data: None, db: None) -> None:
    """Give a test the packaged towns and ZIP codes. It must not be marked `django_db` as well."""


def make_place(
    city: str,
    state: str = "",
    country: str = "",
    *,
    near: tuple[float, float] | None = None,
    trials: int = 0,
) -> Place:
    """Write a place as sites' records name it, with trials that are open there."""
    latitude, longitude = near or (None, None)
    place = Place.objects.create(
        city=city,
        state=state,
        country=country,
        country_code=country_code(country) or country,
        state_key=area_key(country_code(country), state),
        latitude=latitude,
        longitude=longitude,
        cell=cell(*near) if near else None,
    )
    PlaceName.objects.create(key=folded(city), place=place)
    for _ in range(trials):
        TrialPlace.objects.create(trial=make_trial(), place=place, is_open=True)
    return place
