"""A site of which the registry lists nobody: its study team names the contact."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.coordinators.correcting import fate, make_corrections, shown
from tests.coordinators.rows import fresh, state_of
from tests.coordinators.test_registry_says import brings
from tests.indexing.test_callers import imported
from tests.registry.records import Json
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.coordinators.registry_sheet import sheet_of
from trials.models import Correction, Site
from trials.terms.contacts import ContactState
from trials.terms.corrections import Fate, Field

pytestmark = pytest.mark.django_db
NAME = Proposed(Field.NAME, "", "Kari Lie")
PHONE = Proposed(Field.PHONE, "", "+47 22 85 50 99")


def without_contacts(place: Json) -> None:
    place["contacts"] = []


def with_kari(place: Json) -> None:
    place["contacts"] = [{"name": "Kari Lie", "role": "CONTACT", "phone": "+47 22855099"}]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    brings(tmp_path, without_contacts)
    site = imported().sites.order_by("position").first()
    assert site is not None
    assert not site.contacts.exists()
    return site


@pytest.fixture
def accepted(site: Site, ada: User) -> list[Correction]:
    rows = make_corrections(site, NAME, PHONE)
    for row in rows:
        corrections.accept(correction=row, by=ada)
    return rows


def test_readers_see_whom_the_study_team_names(
    site: Site, accepted: list[Correction], pat: Client
) -> None:
    assert shown(site) == [("NAME", "Kari Lie"), ("PHONE", "+47 22 85 50 99")]
    assert state_of(site) == ContactState.CONFIRMED
    page = pat.get(site.trial.get_absolute_url()).content.decode()
    assert 'href="tel:+4722855099"' in page
    assert "Kari Lie" in page
    assert "From the study team" in page


def test_sheet_lists_the_first_contact_and_is_empty_once_the_registry_has_it(
    site: Site, accepted: list[Correction], tmp_path: Path
) -> None:
    lines = sheet_of(fresh(site)).lines
    assert [line.should_say for line in lines] == ["Kari Lie", "+47 22 85 50 99"]
    brings(tmp_path, with_kari)
    assert [fate(row) for row in accepted] == [Fate.AGREED, Fate.AGREED]
    assert sheet_of(fresh(site)).is_empty


def test_another_contact_in_the_registry_comes_back_to_the_desk(
    site: Site, accepted: list[Correction], tmp_path: Path
) -> None:
    brings(tmp_path)
    assert {fate(row) for row in accepted} == {Fate.MOVED}
    assert shown(site) == []
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_contact_without_a_name_is_corrected_only_where_nobody_is_listed(tmp_path: Path) -> None:
    brings(tmp_path)
    listed = imported().sites.order_by("position").first()
    assert listed is not None
    with pytest.raises(RefusedError, match="no one contact of this name"):
        make_corrections(listed, PHONE)
