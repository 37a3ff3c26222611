"""Who looks after which site: given at the desk, handed over by a colleague, taken on, left.

Rows are ended, not deleted. What a coordinator does needs no other record: the rows tell it.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trials import audit
from trials.coordinators import addresses
from trials.coordinators.actions import check_desk, label_of
from trials.coordinators.errors import RefusedError
from trials.models import Coordinator, Letter, Site, SiteCoordinator
from trials.terms.letters import LetterState

HAND_OVERS_A_DAY = 10
_LONGEST_NAME: int = Coordinator._meta.get_field("name").max_length or 0
_LEFT = "The reader of this letter has left."


@transaction.atomic
def give(*, site: Site, address: str, name: str = "", by: User) -> SiteCoordinator:
    """Give a site to a coordinator, known by the address; trial and facility are loaded.

    Raise ValueError with a sentence for what is no address or name, RefusedError where the
    coordinator has the site already, or for whoever may not give it.
    """
    check_desk(by)
    coordinator = _known(address, name)
    known = current(coordinator).filter(site=site).first()
    if known is not None and known.taken_on is not None:
        raise RefusedError("This coordinator looks after this site already.")
    today = timezone.now().date()
    if known is not None:  # a colleague handed it over, and nobody has taken it on yet
        known.ended_on = today
        known.save(update_fields=["ended_on"])
    row = SiteCoordinator.objects.create(
        coordinator=coordinator,
        trial=site.trial,
        site=site,
        site_label=label_of(site),
        given_on=today,
        given_by=by,
        taken_on=today,
    )
    _record(row, "give", by)
    return row


@transaction.atomic
def take_away(*, row: SiteCoordinator, by: User) -> None:
    """End that a coordinator looks after a site; RefusedError where it is over already.

    Whoever was asked by this coordinator to take it on can no longer do so.
    """
    check_desk(by)
    row = _held(row)
    _end(row)
    _end_offers(row.coordinator, row.site)
    _record(row, "take away", by)


@transaction.atomic
def hand_over(*, row: SiteCoordinator, address: str, name: str = "") -> SiteCoordinator:
    """Offer a site of one's own to a colleague, and return what waits for them to take it on.

    Until then it stays where it is. Raise ValueError with a sentence for what is no address or
    name, RefusedError where it can't be.
    """
    row = _held(row)
    giver = row.coordinator
    if row.taken_on is None or row.site is None:
        raise RefusedError("This site is not in your hands.")
    colleague = _known(address, name)
    if colleague == giver:
        raise RefusedError("That is your own address.")
    if current(colleague).filter(site=row.site).exists():
        raise RefusedError("Your colleague has this site already, or was asked to take it on.")
    today = timezone.now().date()
    if giver.handed_sites.filter(given_on=today).count() >= HAND_OVERS_A_DAY:
        raise RefusedError(
            f"You can hand over {HAND_OVERS_A_DAY} sites a day. Please hand over the rest tomorrow."
        )
    return SiteCoordinator.objects.create(
        coordinator=colleague,
        trial=row.trial,
        site=row.site,
        site_label=row.site_label,
        given_on=today,
        handed_by=giver,
    )


@transaction.atomic
def take_on(*, row: SiteCoordinator) -> None:
    """Take on a site that a colleague hands over, who then no longer has it.

    Nor can others whom the colleague asked: the first one takes it on.
    """
    if row.handed_by_id is not None:  # two who take the same site on come one after the other
        Coordinator.objects.select_for_update().get(pk=row.handed_by_id)
    row = _held(row)
    if row.taken_on is not None or row.site is None:
        raise RefusedError("This site does not wait for you to take it on.")
    row.taken_on = timezone.now().date()
    row.save(update_fields=["taken_on"])
    if row.handed_by is not None:
        current(row.handed_by).filter(site=row.site).update(ended_on=row.taken_on)
        _end_offers(row.handed_by, row.site)


@transaction.atomic
def take_back(*, offer: SiteCoordinator, giver: Coordinator) -> None:
    """Take back a site that one hands over; RefusedError where a colleague has it by now."""
    offer = _held(offer)
    if offer.handed_by != giver or offer.taken_on is not None:
        raise RefusedError("Your colleague has this site by now.")
    _end(offer)


@transaction.atomic
def leave(*, row: SiteCoordinator) -> None:
    """Let go of a site, or say no to one that a colleague hands over.

    Whoever was asked before to take it on still can: that keeps a site in good hands.
    """
    _end(_held(row))


@transaction.atomic
def leave_all(*, coordinator: Coordinator) -> None:
    """Let go of all sites and forget who the coordinator is; every session of theirs is over."""
    # Not against letters that only name the coordinator: they wait for each other otherwise.
    coordinator = Coordinator.objects.select_for_update(no_key=True).get(pk=coordinator.pk)
    today = timezone.now().date()
    current(coordinator).update(ended_on=today)
    coordinator.sign_in_keys.all().delete()
    waiting = Letter.objects.filter(coordinator=coordinator, state=LetterState.WAITING)
    waiting.update(state=LetterState.DROPPED, address="", problem=_LEFT)
    coordinator.address = coordinator.name = ""
    coordinator.left_on = today
    coordinator.session_number += 1
    coordinator.save()


def current(coordinator: Coordinator) -> "QuerySet[SiteCoordinator]":
    """Return the places of a coordinator that have not ended, those to take on included."""
    return SiteCoordinator.objects.filter(coordinator=coordinator, ended_on=None)


def sites_of(coordinator: Coordinator) -> list[SiteCoordinator]:
    """Return the places of a coordinator at sites that readers see; two queries.

    Trial, facility and contacts of each site are loaded.
    """
    return _seen(current(coordinator))


def gone_from(coordinator: Coordinator) -> list[SiteCoordinator]:
    """Return the places of a coordinator at sites that the registry no longer lists."""
    return list(coordinator.sites.gone().select_related("trial"))


def place_at(coordinator: Coordinator, number: int) -> SiteCoordinator | None:
    """Return the place of a coordinator at the site with a key, loaded like those of `sites_of`."""
    return next(iter(_seen(current(coordinator).filter(site=number))), None)


def offers_of(row: SiteCoordinator) -> list[SiteCoordinator]:
    """Return to whom a coordinator hands a site over who has not taken it on yet."""
    rows = _offers(row.coordinator, row.site).select_related("coordinator")
    return list(rows.order_by("pk"))


def _seen(rows: "QuerySet[SiteCoordinator]") -> list[SiteCoordinator]:
    rows = rows.select_related("site__trial", "site__facility", "handed_by")
    found = rows.prefetch_related("site__contacts").order_by("pk")
    return [row for row in found if row.site is not None and row.site.trial.is_public]


def _offers(giver: Coordinator, site: Site | None) -> "QuerySet[SiteCoordinator]":
    rows = SiteCoordinator.objects.filter(handed_by=giver, site=site)
    return rows.filter(taken_on=None, ended_on=None)


def _known(address: str, name: str) -> Coordinator:
    """Return the coordinator of an address; a name is kept where there is none yet."""
    address = addresses.normal(address)
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise ValueError(f"A name has {_LONGEST_NAME} letters at most, on one line.")
    # Locked in the same statement: whoever leaves at this moment is no longer found.
    rows = Coordinator.objects.select_for_update()
    coordinator, _ = rows.get_or_create(address=address, defaults={"name": name})
    if name and not coordinator.name:
        coordinator.name = name
        coordinator.save(update_fields=["name"])
    return coordinator


def _held(row: SiteCoordinator) -> SiteCoordinator:
    """Return a place as it is now, locked; raise RefusedError where it has ended."""
    rows = SiteCoordinator.objects.select_related("coordinator", "handed_by", "site", "trial")
    row = rows.select_for_update(of=["self"]).get(pk=row.pk)
    if row.ended_on is not None:
        raise RefusedError("This site is no longer theirs.")
    return row


def _end(row: SiteCoordinator) -> None:
    row.ended_on = timezone.now().date()
    row.save(update_fields=["ended_on"])


def _end_offers(giver: Coordinator, site: Site | None) -> None:
    """Take back what a coordinator handed over and nobody has taken on yet."""
    _offers(giver, site).update(ended_on=timezone.now().date())


def _record(row: SiteCoordinator, verb: str, by: User) -> None:
    """Write down an act of the desk; the audit outlives whoever leaves, so it names no address."""
    audit.record(
        by=by, verb=verb, subject="site contact", trial=row.trial, after={"place": row.site_label}
    )
