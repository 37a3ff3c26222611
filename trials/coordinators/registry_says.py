"""What imports settle of corrections: the registry says the same by now, or something else again.

Nothing tells an import of corrections. After it, those that are under way are compared with the
registry's rows, in stretches of the table; only what has changed is locked and written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from trials.coordinators.present import registry_value
from trials.coordinators.settling import end_earlier, newer_standing, settle_if_decided
from trials.coordinators.telling import tell_search_of_all
from trials.coordinators.values import agree
from trials.models import Confirmation, Correction, Settlement, Site
from trials.terms.corrections import STANDING, UNDECIDED, Fate, Field

_CHUNK = 500
# One that the registry agreed with may come back. What gave way to a newer one never does.
_FOLLOWED = (*UNDECIDED, *STANDING)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many corrections the registry agrees with now, and how many it moved on from."""

    agreed: int = 0
    moved: int = 0


def follow_registry() -> Followed:
    """Hold the corrections under way against the registry; safe to run at any time, and twice."""
    agreed = moved = 0
    for row in _under_way():
        if fate_now(row, row.site) == row.fate:
            continue
        fate = _follow(row)
        agreed += fate == Fate.AGREED
        moved += fate == Fate.MOVED
    tell_search_of_all()
    return Followed(agreed, moved)


def followed_words(followed: Followed) -> str:
    """Say for a command what was found."""
    return (
        f"Corrections of study teams: the registry agrees with {followed.agreed:,} more, and says "
        f"something else to {followed.moved:,} more, which wait for an editor."
    )


def fate_now(row: Correction, site: Site | None) -> Fate:
    """Return where a correction stands beside what the registry says today.

    A correction that was accepted stays so while the registry says what it said then. One with
    which the registry agreed and no longer does is for an editor: nobody can tell a slip from news.
    If no editor had decided on it, it waits as it did before.
    """
    fate, field = Fate(row.fate), Field(row.field)
    if site is None or field == Field.OTHER or fate not in _FOLLOWED:
        return fate
    now, country = registry_value(site, row), site.facility.country
    if now is not None and agree(field, row.new_value, now, country=country):
        return Fate.AGREED
    if fate in UNDECIDED:
        return fate
    if fate == Fate.AGREED:
        return Fate.MOVED if row.decided_at else Fate.WAITING
    has_stayed = now is not None and agree(field, row.registry_value, now, country=country)
    return Fate.ACCEPTED if has_stayed else Fate.MOVED


def held(confirmation: Confirmation) -> tuple[Confirmation, Site | None]:
    """Return an answer, locked, and its site with all that it shows, None where it is gone.

    Everybody locks in this order: the site first, as an import does that removes it.
    """
    Site.everything.select_for_update(no_key=True).filter(pk=confirmation.site_id or 0).first()
    rows = Confirmation.objects.select_related("trial", "coordinator")
    confirmation = rows.select_for_update(of=["self"]).get(pk=confirmation.pk)
    sites = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return confirmation, sites.filter(pk=confirmation.site_id or 0).first()


def _under_way() -> Iterator[Correction]:
    """Yield the corrections that an import may have touched, with their sites."""
    rows = Correction.objects.filter(fate__in=_FOLLOWED).exclude(field=Field.OTHER)
    rows = rows.exclude(site=None).select_related(
        "confirmation__settlement", "site__trial", "site__facility"
    )
    return rows.prefetch_related("site__contacts").order_by("pk").iterator(chunk_size=_CHUNK)


@transaction.atomic
def _follow(row: Correction) -> Fate | None:
    """Write down where a correction stands; None where it was so already."""
    confirmation, site = held(row.confirmation)
    row = confirmation.corrections.select_for_update().get(pk=row.pk)
    row.confirmation = confirmation
    was, fate = row.fate, fate_now(row, site)
    if site is None or fate == was:
        return None
    if was == Fate.AGREED:
        fate = _come_back(row, site, fate)
    if was in UNDECIDED:  # an editor asked about it at most, and nobody decided
        row.decided_at = row.decided_by = None
    row.fate = fate
    row.ended_on = timezone.now().date() if fate in {Fate.AGREED, Fate.REPLACED} else None
    row.save(update_fields=["fate", "ended_on", "registry_value", "decided_at", "decided_by"])
    if was in UNDECIDED:
        end_earlier(row, site)  # the registry has the newer word
    settle_if_decided(confirmation, site, None)
    return fate


def _come_back(row: Correction, site: Site, fate: Fate) -> Fate:
    """Return where a correction stands with which the registry no longer agrees."""
    if newer_standing(row, site):
        return Fate.REPLACED
    if fate == Fate.WAITING:  # so nothing is settled any more
        Settlement.objects.filter(confirmation=row.confirmation).delete()
    else:  # the old value is news by now: it is not the one beside which an editor accepted it
        row.registry_value = row.new_value
    return fate
