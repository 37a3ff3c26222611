"""The map's regions, by name."""

from collections.abc import Callable

import pytest

from trials.geo.regions import Region, regions


@pytest.fixture
def region() -> Callable[[str], Region]:
    """Look a region up by its key."""
    return {region.key: region for region in regions()}.__getitem__
