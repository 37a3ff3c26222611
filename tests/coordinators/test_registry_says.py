"""After an import: corrections that the registry agrees with end, others come back to the desk."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.coordinators.correcting import fate, make_corrections, now, phone, shown
from tests.coordinators.rows import make_open_site, remove, state_of
from tests.factories import make_site_contact
from tests.indexing.test_callers import imported
from tests.registry import records
from tests.registry.records import Json, sites_of, whole
from trials.coordinators import corrections, registry_says
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.coordinators.registry_says import Followed, follow_registry
from trials.models import Confirmation, Correction, Settlement, Site
from trials.terms.contacts import ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

OLD, NEW, THIRD = "+47 22 85 50 50", "+47 22 85 50 99", "+47 22 85 50 11"
Change = Callable[[Json], object]


def brings(folder: Path, change: Change | None = None) -> str:
    """Import the whole study with its first site changed; return what the command says."""

    def changed(protocol: Json) -> None:
        place = sites_of(protocol)[0]
        place["contacts"] = [
            {"name": "Ida Moe", "role": "CONTACT", "phone": OLD, "email": "i@x.example"}
        ]
        if change:
            change(place)

    path = folder / "studies.jsonl"
    path.write_bytes(records.lines(whole(1, changed)))
    said = StringIO()
    call_command("import_studies", str(path), stdout=said, stderr=StringIO())
    return said.getvalue()


def with_contact(**values: str) -> Change:
    return lambda place: place["contacts"][0].update(values)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    brings(tmp_path)
    site = imported().sites.order_by("position").first()
    assert site is not None
    return site


def corrected(site: Site, *more: Proposed) -> list[Correction]:
    return make_corrections(site, Proposed(Field.PHONE, "Ida Moe", NEW), *more)


def test_accepted_correction_ends_when_the_registry_agrees(
    tmp_path: Path, site: Site, ada: User
) -> None:
    (row,) = corrected(site)
    corrections.accept(correction=row, by=ada)
    assert "Corrections" not in brings(tmp_path)
    assert (fate(row), shown(site)) == (Fate.ACCEPTED, [("PHONE", NEW)])
    # In signs of its own
    said = brings(tmp_path, with_contact(phone="+47 22855099"))
    assert "agrees with 1 more" in said
    assert (fate(row), shown(site), state_of(site)) == (Fate.AGREED, [], ContactState.CONFIRMED)
    assert now(row).decided_by == ada


def test_waiting_correction_ends_when_the_registry_agrees(tmp_path: Path, site: Site) -> None:
    (row,) = corrected(site)
    brings(tmp_path, with_contact(phone=NEW))
    settlement = Settlement.objects.get()
    assert (fate(row), settlement.outcome) == (Fate.AGREED, Outcome.CORRECTED)
    assert (settlement.settled_by, now(row).decided_by) == (None, None)
    assert state_of(site) == ContactState.CONFIRMED
    assert not Confirmation.objects.waiting().exists()


def test_correction_comes_back_when_the_registry_says_something_else(
    tmp_path: Path, site: Site, ada: User
) -> None:
    (row,) = corrected(site)
    corrections.accept(correction=row, by=ada)
    assert not Confirmation.objects.waiting().exists()
    said = brings(tmp_path, with_contact(phone=THIRD))
    assert "something else to 1 more" in said
    assert (fate(row), shown(site)) == (Fate.MOVED, [])
    assert list(Confirmation.objects.waiting()) == [row.confirmation]
    assert state_of(site) == ContactState.NOT_CONFIRMED
    corrections.accept(correction=row, by=ada)
    assert (fate(row), now(row).registry_value) == (Fate.ACCEPTED, THIRD)
    assert shown(site) == [("PHONE", NEW)]
    assert not Confirmation.objects.waiting().exists()
    # Readers see what the study team said, whatever the registry says beside it.
    assert state_of(site) == ContactState.CONFIRMED
    brings(tmp_path, with_contact(phone=OLD))
    assert fate(row) == Fate.MOVED
    corrections.decline(correction=row, reason="The sponsor insists", by=ada)
    assert Settlement.objects.get().outcome == Outcome.CORRECTED
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_registry_that_goes_back_leaves_the_correction_accepted(
    tmp_path: Path, site: Site, ada: User
) -> None:
    (row,) = corrected(site)
    corrections.accept(correction=row, by=ada)
    brings(tmp_path, with_contact(phone=THIRD))
    brings(tmp_path)
    assert (fate(row), shown(site)) == (Fate.ACCEPTED, [("PHONE", NEW)])
    assert not Confirmation.objects.waiting().exists()


def test_readers_are_told_nothing_outdated_before_the_table_is_followed(
    tmp_path: Path, site: Site, ada: User
) -> None:
    (row,) = corrected(site)
    corrections.accept(correction=row, by=ada)
    for value in (NEW, THIRD):
        site.contacts.update(phone=value)
        assert (fate(row), shown(site)) == (Fate.ACCEPTED, [])


def test_registry_may_agree_with_a_part(tmp_path: Path, site: Site, ada: User) -> None:
    rows = corrected(
        site,
        Proposed(Field.NAME, "Ida Moe", "Ida Strand"),
        Proposed(Field.EMAIL, "Ida Moe", "ida@x.example"),
        Proposed(Field.STATUS, "", "SUSPENDED"),
    )
    for row in rows:
        corrections.accept(correction=row, by=ada)
    brings(tmp_path, with_contact(name="Ida Strand", email="ida@x.example"))
    assert [fate(row) for row in rows] == ["ACCEPTED", "AGREED", "AGREED", "ACCEPTED"]
    assert sorted(shown(site)) == [("PHONE", NEW), ("STATUS", "SUSPENDED")]
    assert state_of(site) == ContactState.CONFIRMED

    def everything(place: Json) -> None:
        with_contact(name="Ida Strand", email="ida@x.example", phone=NEW)(place)
        place["status"] = "SUSPENDED"

    brings(tmp_path, everything)
    assert {fate(row) for row in rows} == {"AGREED"}
    assert (shown(site), state_of(site)) == ([], ContactState.CONFIRMED)


def test_renamed_contact_among_others_is_known_by_its_number(site: Site, ada: User) -> None:
    make_site_contact(site, name="Omar Diallo", phone="+254 20 2724001")
    (row,) = corrected(site)
    corrections.accept(correction=row, by=ada)
    site.contacts.filter(name="Ida Moe").update(name="Ida Strand")
    assert follow_registry() == Followed()
    (value,) = corrections.accepted_at([fresh_of(site)])[site.pk]
    assert value.contact_name == "Ida Strand"
    site.contacts.filter(name="Ida Strand").delete()
    site.contacts.create(name="Somebody New", phone="+254 20 1", position=7)
    assert follow_registry() == Followed(moved=1)
    with pytest.raises(RefusedError, match="no longer lists this contact"):
        corrections.accept(correction=row, by=ada)


def fresh_of(site: Site) -> Site:
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return rows.get(pk=site.pk)


def test_site_that_left_leaves_its_corrections_for_the_record(
    tmp_path: Path, site: Site, ada: User
) -> None:
    accepted, waiting = corrected(site, Proposed(Field.STATUS, "", "SUSPENDED"))
    corrections.accept(correction=accepted, by=ada)
    remove(site)
    assert follow_registry() == Followed()
    assert (fate(accepted), fate(waiting)) == ("ACCEPTED", "WAITING")
    assert now(accepted).site is None


def test_asked_correction_ends_when_the_registry_agrees(site: Site, ada: User) -> None:
    (row,) = corrected(site)
    corrections.ask_back(correction=row, question="Sure?", by=ada)
    site.contacts.update(phone=NEW)
    assert follow_registry() == Followed(agreed=1)
    assert follow_registry() == Followed()


@pytest.mark.parametrize("end", ["decline", "other"])
def test_what_is_over_is_left_alone(site: Site, ada: User, end: str) -> None:
    row = make_corrections(
        site,
        phone(contact_name="Ida Moe") if end == "decline" else Proposed(Field.OTHER, "", "", "x"),
    )[0]
    if end == "decline":
        corrections.decline(correction=row, reason="No", by=ada)
    site.contacts.update(phone="+254 20 2724999")
    assert follow_registry() == Followed()


def test_command_follows_in_stretches(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_says, "_CHUNK", 2)
    sites = [make_open_site() for _ in range(5)]
    for site in sites:
        (row,) = make_corrections(site, phone())
        corrections.accept(correction=row, by=ada)
        site.contacts.update(phone="+254 20 2724999" if site.pk % 2 else "+254 20 1")
    said = StringIO()
    call_command("follow_registry", stdout=said)
    odd = sum(site.pk % 2 for site in sites)
    assert f"agrees with {odd} more, and says something else to {5 - odd} more" in said.getvalue()
    assert set(Correction.objects.values_list("fate", flat=True)) == {"AGREED", "MOVED"}
