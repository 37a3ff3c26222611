"""Whose value a correction is: never another person's, whatever the registry does to names."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.coordinators.correcting import JOY, fate, make_correction, phone, shown
from tests.coordinators.rows import fresh, make_open_site
from tests.factories import make_site, make_site_contact, make_trial
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed, accepted_at
from trials.coordinators.registry_says import follow_registry
from trials.models import Site
from trials.terms.corrections import Fate, Field

pytestmark = pytest.mark.django_db
LINE = "+254 20 2724000"


@pytest.fixture
def site() -> Site:
    return make_open_site()


def rename(site: Site, name: str = "Omar Diallo", **values: str) -> None:
    site.contacts.filter(name=JOY).update(name=name, **values)


def test_colleague_with_the_same_number_does_not_get_the_number_of_who_left(
    site: Site, ada: User
) -> None:
    make_site_contact(site, name="Omar Diallo", phone=LINE, position=2)
    row = make_correction(site)
    corrections.accept(correction=row, by=ada)
    site.contacts.filter(name=JOY).delete()
    assert shown(site) == []
    follow_registry()
    assert fate(row) == Fate.MOVED


@pytest.mark.parametrize(
    "comes", [{"phone": "+254 20 1"}, {"email": "omar@clinic.example"}, {"phone_ext": "7"}]
)
def test_who_comes_after_somebody_does_not_get_their_values(
    site: Site, ada: User, comes: dict[str, str]
) -> None:
    site.contacts.update(email="")
    for proposed in (
        phone(),
        Proposed(Field.EMAIL, JOY, "joy@new.example"),
        Proposed(Field.PHONE_EXT, JOY, "12"),
    ):
        corrections.accept(correction=make_correction(site, proposed), by=ada)
    rename(site, **comes)
    assert shown(site) == []


def test_extension_of_who_left_is_not_shown_at_a_colleague(site: Site, ada: User) -> None:
    site.contacts.update(phone_ext="1")
    make_site_contact(site, name="Omar Diallo", phone="+254 20 2", phone_ext="1", position=2)
    corrections.accept(
        correction=make_correction(site, Proposed(Field.PHONE_EXT, JOY, "12")), by=ada
    )
    assert shown(site) == [("PHONE_EXT", "12")]
    site.contacts.filter(name=JOY).delete()
    assert shown(site) == []


def test_values_of_whom_the_study_team_alone_names_are_nobody_elses(ada: User) -> None:
    site = make_site(make_trial())
    for proposed in (
        Proposed(Field.NAME, "", "Joy"),
        Proposed(Field.EMAIL, "", "joy@new.example"),
    ):
        corrections.accept(correction=make_correction(site, proposed), by=ada)
    make_site_contact(site, name="Omar Diallo", phone=LINE)
    assert shown(site) == []


def test_only_contact_with_another_name_keeps_its_values(site: Site, ada: User) -> None:
    row = make_correction(site, Proposed(Field.PHONE_EXT, JOY, "12"))
    corrections.accept(correction=row, by=ada)
    rename(site, "Joy A. Achieng, MD")
    (value,) = accepted_at([fresh(site)])[site.pk]
    assert (value.contact_name, value.value) == ("Joy A. Achieng, MD", "12")


@pytest.mark.parametrize(
    ("change", "seen", "then"),
    [
        (lambda site: site.contacts.update(phone="+254 20 1"), [], Fate.MOVED),
        (lambda site: site.contacts.update(phone_ext="7"), [], Fate.MOVED),
        (lambda site: site.contacts.update(phone_ext="12"), [], Fate.AGREED),
        (
            lambda site: site.contacts.update(email="x@y.example"),
            [("PHONE_EXT", "12")],
            Fate.ACCEPTED,
        ),
    ],
)
def test_extension_is_shown_with_its_own_number_alone(
    site: Site,
    ada: User,
    change: Callable[[Site], object],
    seen: list[tuple[str, str]],
    then: Fate,
) -> None:
    row = make_correction(site, Proposed(Field.PHONE_EXT, JOY, "12"))
    corrections.accept(correction=row, by=ada)
    change(site)
    assert shown(site) == seen
    follow_registry()
    assert fate(row) == then


def test_extension_stays_where_the_registry_takes_over_the_number_alone(
    site: Site, ada: User
) -> None:
    corrections.accept(correction=make_correction(site), by=ada)
    row = make_correction(site, Proposed(Field.PHONE_EXT, JOY, "12"))
    corrections.accept(correction=row, by=ada)
    site.contacts.update(phone="020 2724999")
    follow_registry()
    assert (fate(row), shown(site)) == (Fate.ACCEPTED, [("PHONE_EXT", "12")])
