"""Places of sites: each city once, with its names and postal codes."""

import pytest

from tests.factories import make_site, make_trial
from trials.indexing import refresh
from trials.models import Place, PlaceName, PostalCode, Trial, TrialPlace
from trials.terms.sphere import cell

LEEDS, ELSEWHERE = (53.79648, -1.54785), (53.9, -1.6)
UK = {"city": "Leeds", "country": "United Kingdom"}


@pytest.fixture
def trial(db: None) -> Trial:
    return make_trial()


def of_sites() -> list[Place]:
    return list(Place.objects.filter(is_packaged=False).order_by("pk"))


def test_city_becomes_a_place_with_its_name(trial: Trial) -> None:
    make_site(trial, near=LEEDS, city="Orléans", state="LA", country="United States")

    refresh([trial.pk])

    (place,) = of_sites()
    assert (place.city, place.state, place.country_code) == ("Orléans", "LA", "US")
    assert place.state_key == "louisiana"
    assert (place.latitude, place.longitude) == LEEDS
    assert place.cell == cell(*LEEDS)
    assert place.names.get().key == "orleans"


def test_city_is_written_once_however_often_it_comes(trial: Trial) -> None:
    other = make_trial()
    for name in ("One", "Two"):
        make_site(trial, name=name, near=LEEDS, **UK)
    make_site(other, near=LEEDS, **UK)

    refresh([trial.pk])
    refresh([trial.pk, other.pk])

    (place,) = of_sites()
    assert TrialPlace.objects.filter(place=place).count() == 2


def test_city_with_two_points_is_two_places(trial: Trial) -> None:
    make_site(trial, near=LEEDS, **UK)
    make_site(trial, near=ELSEWHERE, **UK)

    refresh([trial.pk])

    assert len(of_sites()) == 2


def test_site_without_a_point_joins_its_city(trial: Trial) -> None:
    other = make_trial()
    make_site(trial, near=LEEDS, **UK)
    make_site(other, **UK)

    refresh([trial.pk, other.pk])

    (place,) = of_sites()
    assert TrialPlace.objects.filter(place=place).count() == 2


def test_city_without_any_point_is_a_place_all_the_same(trial: Trial) -> None:
    make_site(trial, **UK)

    refresh([trial.pk])

    (place,) = of_sites()
    assert (place.latitude, place.cell) == (None, None)
    assert TrialPlace.objects.get().place == place


def test_site_with_a_country_alone_counts_for_it(trial: Trial) -> None:
    make_site(trial, city="", country="Kenya")

    refresh([trial.pk])

    (place,) = of_sites()
    assert (place.city, place.country_code) == ("", "KE")
    assert not PlaceName.objects.filter(place=place).exists()


def test_site_that_names_no_place_has_none(trial: Trial) -> None:
    make_site(trial, city="", country="")

    refresh([trial.pk])

    assert not of_sites()
    assert not TrialPlace.objects.exists()


def test_country_without_a_code_goes_by_its_name(trial: Trial) -> None:
    make_site(trial, city="Poseidonis", country="Atlantis")

    refresh([trial.pk])

    assert of_sites()[0].country_code == "Atlantis"


def test_packaged_town_is_left_alone(trial: Trial) -> None:
    packaged = Place.objects.create(
        city="Leeds", country="United Kingdom", latitude=1, longitude=1, cell=1, is_packaged=True
    )
    make_site(trial, near=LEEDS, **UK)

    refresh([trial.pk])

    assert TrialPlace.objects.get().place != packaged


def test_postal_code_of_a_site_stands_for_its_point(trial: Trial) -> None:
    make_site(trial, near=LEEDS, zip="zz9 1 aa", city="Nowhere", country="Norway")

    refresh([trial.pk])

    code = PostalCode.objects.get(code="ZZ91AA")
    assert (code.country_code, code.city) == ("NO", "Nowhere")
    assert (code.latitude, code.longitude) == LEEDS


def test_postal_code_that_is_known_stays_where_it_is(trial: Trial) -> None:
    known = PostalCode.objects.create(code="ZZ91AA", country_code="NO", latitude=1, longitude=2)
    make_site(trial, near=LEEDS, zip="ZZ91AA", city="Nowhere", country="Norway")

    refresh([trial.pk])

    assert PostalCode.objects.get(code="ZZ91AA") == known


def test_city_without_a_known_state_has_the_region_of_the_town_of_its_name(trial: Trial) -> None:
    town = Place.objects.create(
        city="Trialtown",
        country="United Kingdom",
        country_code="GB",
        state_key="england",
        latitude=LEEDS[0],
        longitude=LEEDS[1],
        cell=cell(*LEEDS),
        is_packaged=True,
    )
    PlaceName.objects.create(key="trialtown", place=town)
    near, far = (LEEDS[0] + 0.1, LEEDS[1]), (LEEDS[0] + 3, LEEDS[1])
    for point, state in ((near, ""), (near, "Some Shire"), (near, "Scotland"), (far, "")):
        make_site(trial, near=point, city="Trialtown", state=state, country="United Kingdom")

    refresh([trial.pk])

    regions = {(place.state, place.latitude): place.state_key for place in of_sites()}
    assert regions == {
        ("", near[0]): "england",
        ("Some Shire", near[0]): "england",
        ("Scotland", near[0]): "scotland",
        ("", far[0]): "",
    }
