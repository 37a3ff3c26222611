"""The packaged gazetteer: what of it there is, and that loading it again changes nothing."""

import pytest
from django.db import connection

from tests.geo.conftest import make_place
from trials.geo import gazetteer as packaged_places
from trials.geo.packaged import SMALLEST, Town, towns
from trials.models import Place, PlaceName, PostalCode

_CONTENTS = """
SELECT 1, count(*), sum(hashtext(concat_ws('|', city, state, country, latitude, longitude, cell)))
FROM trials_place WHERE is_packaged
UNION ALL
SELECT 2, count(*), sum(hashtext(name.key || place.city))
FROM trials_placename AS name JOIN trials_place AS place ON place.id = place_id AND is_packaged
UNION ALL
SELECT 3, count(*), sum(hashtext(concat_ws('|', code, country_code, city, latitude, longitude)))
FROM trials_postalcode ORDER BY 1
"""


def _contents() -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def packaged() -> list[Town]:
    """Return the packaged towns, read once."""
    return towns()


def test_load_again_changes_nothing_and_leaves_sites_alone(gazetteer: None) -> None:
    before = _contents()
    ours = make_place("Paris", "", "France", near=(48.85, 2.35))
    PostalCode.objects.filter(code="10001").update(city="Elsewhere", latitude=0)
    assert packaged_places.load() == (before[0][1], before[2][1])
    assert _contents() == before
    assert Place.objects.filter(is_packaged=False).get() == ours
    assert PlaceName.objects.filter(place=ours).exists()


def test_unload_leaves_what_sites_taught(gazetteer: None) -> None:
    ours = make_place("Paris", "", "France", near=(48.85, 2.35))
    PostalCode.objects.create(
        code="SW1A", country_code="GB", city="London", latitude=51.5, longitude=-0.14
    )
    packaged_places.unload()
    assert list(Place.objects.all()) == [ours]
    assert [code.code for code in PostalCode.objects.all()] == ["SW1A"]


def test_packaged_towns_are_told_apart_by_their_labels(packaged: list[Town]) -> None:
    labels = {(town.key, town.state.casefold(), town.country_code) for town in packaged}
    assert len(labels) == len(packaged)
    assert len(packaged) > 60_000


def test_packaged_towns_are_large_first_and_on_earth(packaged: list[Town]) -> None:
    sizes = [town.population for town in packaged]
    assert sizes == sorted(sizes, reverse=True)
    assert all(-90 <= town.latitude <= 90 and -180 <= town.longitude <= 180 for town in packaged)
    assert sum(size < SMALLEST for size in sizes) < len(sizes) / 10  # capitals are there anyway


def test_packaged_towns_go_by_names_that_people_use(packaged: list[Town]) -> None:
    by_city = {town.city: town for town in reversed(packaged)}
    assert {"munich", "munchen", "muenchen"} <= by_city["Munich"].keys
    assert {"beijing", "peking", "北京"} <= by_city["Beijing"].keys
    assert {"new york", "new york city", "nyc"} <= by_city["New York"].keys
    assert "muc" not in by_city["Munich"].keys  # an airport
    assert all("" not in town.keys and town.key in town.keys for town in packaged)


def test_village_has_no_name_of_old_that_a_city_bears(packaged: list[Town]) -> None:
    bearers = [(town.city, town.country_code) for town in packaged if "limerick" in town.keys]
    assert ("Limerick", "IE") in bearers
    assert ("London", "US") not in bearers
