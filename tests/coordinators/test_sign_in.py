"""Keys to sign in with: good once, for a short time, and kept as a digest only."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.coordinators.rows import key_of, make_open_site
from trials.coordinators import sign_in, teams
from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import SignInKey, SiteCoordinator

pytestmark = pytest.mark.django_db
JOY = "joy@team.example"


@pytest.fixture
def place(ada: User) -> SiteCoordinator:
    return teams.give(site=make_open_site(), address=JOY, by=ada)


def test_key_is_good_once(place: SiteCoordinator) -> None:
    key = sign_in.new_key(place.coordinator)
    sign_in.check(key)
    sign_in.check(key)
    assert sign_in.use(key) == place.coordinator
    for again in (sign_in.use, sign_in.check):
        with pytest.raises(LinkIsOverError) as over:
            again(key)
        assert over.value.why == Over.USED


@pytest.mark.parametrize("key", ["", "x", "\0", "é" * 500])
def test_key_that_we_did_not_make_is_unreadable(key: str) -> None:
    with pytest.raises(LinkIsOverError) as over:
        sign_in.use(key)
    assert over.value.why == Over.UNREADABLE


def test_key_ends_by_the_clock(place: SiteCoordinator) -> None:
    key = sign_in.new_key(place.coordinator)
    row = place.coordinator.sign_in_keys.get()
    place.coordinator.sign_in_keys.update(expires_at=row.expires_at.replace(year=2020))
    with pytest.raises(LinkIsOverError) as over:
        sign_in.use(key)
    assert over.value.why == Over.EXPIRED
    assert key not in row.key_digest


def test_address_of_a_key_leads_back_to_it(place: SiteCoordinator) -> None:
    key = sign_in.new_key(place.coordinator)
    address = sign_in.address_of(key)
    assert address.startswith("http")
    assert "/coordinators/enter/?" in address
    assert key_of(address) == key
    assert JOY not in address


def test_old_keys_are_removed_with_a_new_one(place: SiteCoordinator) -> None:
    sign_in.new_key(place.coordinator)
    old = place.coordinator.sign_in_keys.get()
    SignInKey.objects.update(expires_at=old.expires_at.replace(year=2020))
    sign_in.new_key(place.coordinator)
    assert place.coordinator.sign_in_keys.get().pk != old.pk


@pytest.mark.django_db(transaction=True)
def test_key_pressed_twice_at_once_is_used_once(ada: User) -> None:
    key = sign_in.new_key(teams.give(site=make_open_site(), address=JOY, by=ada).coordinator)

    def use(_: int) -> str:
        try:
            sign_in.use(key)
        except LinkIsOverError as over:
            return over.why
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == ["in", *[Over.USED] * 3]
