"""What a study team writes that a field of its site should say, and what the desk decides of it.

Each function is one transaction: all of it happens, or nothing. The registry's rows stay as they
are; `accepted` is what readers see beside them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators.accepted import AcceptedValue, accepted_at
from trials.coordinators.actions import check_desk
from trials.coordinators.errors import RefusedError
from trials.coordinators.present import contact_of, registry_value
from trials.coordinators.registry_says import Followed, fate_now, follow_registry, held
from trials.coordinators.settling import end_earlier, newer_standing, settle_if_decided
from trials.coordinators.telling import tell_search
from trials.coordinators.values import LONGEST_NOTE, agree, checked, checked_note, folded
from trials.models import Confirmation, Coordinator, Correction, Settlement, Site, SiteContact
from trials.terms.contacts import Answer
from trials.terms.corrections import COLUMNS, UNDECIDED, UNDER_WAY, Fate, Field

__all__ = ["MOST", "Followed", "Proposed", "accept", "ask_back", "check", "decline"]
__all__ += ["follow_registry", "only_ones", "propose", "reply", "retract", "withdraw"]

MOST = 20  # corrections of one answer
_GONE = "The registry no longer lists this site."


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a field should say. `contact_name` is the registry's, empty for the status of the site
    and for something else; a `new_value` of the status is a `RecruitmentStatus`.
    """

    field: Field
    contact_name: str
    new_value: str
    note: str = ""


@transaction.atomic
def propose(*, confirmation: Confirmation, proposed: Sequence[Proposed]) -> list[Correction]:
    """Write down the corrections of an answer that asks for a change, all of them or none.

    Raise RefusedError with a sentence for what can't be one, and where the answer has its
    corrections already.
    """
    confirmation, site = held(confirmation)
    _check_open(confirmation)
    if site is None:
        raise RefusedError(_GONE)
    if not proposed:
        raise RefusedError("Write at least one correction.")
    if len(proposed) > MOST:
        raise RefusedError(f"One answer can have {MOST} corrections. Please send the rest later.")
    accepted = accepted_at([site]).get(site.pk, [])
    rows = [_row(confirmation, site, accepted, each) for each in proposed]
    about = [(row.field, folded(row.contact_name)) for row in rows if row.field != Field.OTHER]
    if twice := next((each for each in about if about.count(each) > 1), None):
        raise RefusedError(f"{Field(twice[0]).label}: this is corrected twice.")
    return Correction.objects.bulk_create(rows)


def check(*, site: Site, accepted: Sequence[AcceptedValue], proposed: Proposed) -> Proposed:
    """Return a correction as it would be kept; raise RefusedError with a sentence for a wrong one.

    Facility and contacts of the site are loaded; `accepted` are its accepted values.
    """
    field = Field(proposed.field)
    name = proposed.contact_name if field in COLUMNS else ""
    if field in COLUMNS and folded(name) not in _names(site):
        raise RefusedError(f"{field.label}: the registry lists no one contact of this name here.")
    if field == Field.PHONE_EXT and not _shown_value(
        site, accepted, Proposed(Field.PHONE, name, "")
    ):
        raise RefusedError(
            "Extension: there is no phone number here. Write it behind a new number."
        )
    value = checked(field, proposed.new_value)
    found = Proposed(field, name, value, checked_note(field, proposed.note))
    shown = {_shown_value(site, accepted, found), _shown_line(site, accepted, found)}
    if any(agree(field, value, each, country=site.facility.country) for each in shown):
        raise RefusedError(f"{field.label}: this is what we show already, so nothing would change.")
    return found


def _names(site: Site) -> set[str]:
    """Return the names by which a contact can be corrected: none, where the registry lists nobody.

    What a study team says then is a contact of its own.
    """
    return {folded(each.name) for each in only_ones(site)} if site.contacts.all() else {""}


def only_ones(site: Site) -> list[SiteContact]:
    """Return the contacts of a site that can be told apart by their name."""
    everybody = list(site.contacts.all())
    names = Counter(folded(contact.name) for contact in everybody)
    return [contact for contact in everybody if names[folded(contact.name)] == 1]


@transaction.atomic
def withdraw(*, correction: Correction, coordinator: Coordinator) -> None:
    """Take back a correction of one's own that nobody has decided; RefusedError for any other."""
    row, site = _held_row(correction)
    _check_own(row, coordinator)
    if row.fate not in UNDECIDED:
        raise RefusedError("An editor has decided this correction already.")
    row.fate, row.ended_on = Fate.WITHDRAWN, timezone.now().date()
    row.save(update_fields=["fate", "ended_on"])
    settle_if_decided(row.confirmation, site, None)
    tell_search([row.trial_id])


@transaction.atomic
def reply(*, correction: Correction, coordinator: Coordinator, text: str) -> None:
    """Answer what an editor asks about a correction of one's own; it waits for an editor again."""
    row, _ = _held_row(correction)
    _check_own(row, coordinator)
    if row.fate != Fate.ASKED:
        raise RefusedError("Nobody waits for an answer about this correction.")
    if not text.strip():
        raise RefusedError("Please write an answer.")
    row.reply = checked_note(Field(row.field), text)
    row.fate = Fate.WAITING
    row.save(update_fields=["fate", "reply"])


@transaction.atomic
def accept(*, correction: Correction, by: User) -> None:
    """Let readers see a correction beside what the registry says.

    Where the registry says it already, the correction is over. What earlier answers say of the
    same field gives way, decided or not. A correction that the registry moved on from can be
    accepted anew.
    """
    check_desk(by)
    row, site = _held_open(correction)
    field = Field(row.field)
    now = registry_value(site, row) if site else None
    if field != Field.OTHER and site is None:
        raise RefusedError(f"{_GONE} The correction can only be declined.")
    if now is None and field != Field.OTHER:
        raise RefusedError(
            "The registry no longer lists this contact here, or not with this number. "
            "The correction can only be declined."
        )
    if site is not None:
        _check_newest(row, site)
    country = site.facility.country if site else ""
    today = timezone.now().date()
    row.registry_value = now or ""
    is_agreed = agree(field, row.new_value, row.registry_value, country=country)
    row.ended_on = today if is_agreed else None
    _decide(row, Fate.AGREED if is_agreed else Fate.ACCEPTED, by)
    if field != Field.OTHER and site is not None:
        end_earlier(row, site)
    _record(row, "accept correction", by)
    settle_if_decided(row.confirmation, site, by)
    tell_search([row.trial_id])


@transaction.atomic
def decline(*, correction: Correction, reason: str, by: User) -> None:
    """Say no to a correction, with a reason that the study team reads."""
    check_desk(by)
    row, site = _held_open(correction)
    row.reason = _said(reason, "Give a reason: the study team reads it.")
    _decide(row, Fate.DECLINED, by)
    _record(row, "decline correction", by, reason=row.reason)
    settle_if_decided(row.confirmation, site, by)
    tell_search([row.trial_id])


@transaction.atomic
def retract(*, correction: Correction, reason: str, by: User) -> None:
    """Stop showing a value that was accepted by mistake; the study team reads the reason.

    From now on nobody stands by what readers see. Raise RefusedError where it is not shown.
    """
    check_desk(by)
    row, site = _held_row(correction)
    if row.fate != Fate.ACCEPTED or row.field == Field.OTHER:
        raise RefusedError("Readers do not see this correction: nothing is left to stop.")
    row.reason = _said(reason, "Give a reason: the study team reads it.")
    _decide(row, Fate.DECLINED, by)
    _record(row, "stop showing correction", by, reason=row.reason)
    settle_if_decided(row.confirmation, site, by)
    tell_search([row.trial_id])


@transaction.atomic
def ask_back(*, correction: Correction, question: str, by: User) -> None:
    """Write down what the desk asks about a correction, which then waits for the study team.

    `asking.ask` also lets the study team know.
    """
    check_desk(by)
    row, _ = _held_open(correction)
    if row.fate == Fate.MOVED:
        raise RefusedError("Readers saw this correction already: accept it anew, or decline it.")
    row.question, row.reply = _said(question, "Write what you want to ask."), ""
    _decide(row, Fate.ASKED, by)
    _record(row, "ask about correction", by, reason=row.question)


def _check_open(confirmation: Confirmation) -> None:
    if confirmation.answer != Answer.CHANGE:
        raise RefusedError("This answer asks for no change.")
    if Settlement.objects.filter(confirmation=confirmation).exists():
        raise RefusedError("An editor has dealt with your answer already.")
    if confirmation.corrections.exists():
        raise RefusedError("We have your corrections already.")


def _row(
    confirmation: Confirmation, site: Site, accepted: Sequence[AcceptedValue], each: Proposed
) -> Correction:
    found = check(site=site, accepted=accepted, proposed=each)
    row = Correction(
        trial=confirmation.trial,
        site=site,
        site_label=confirmation.site_label,
        confirmation=confirmation,
        field=found.field,
        contact_name=found.contact_name,
        new_value=found.new_value,
        note=found.note,
    )
    row.shown_value = _shown_value(site, accepted, found)
    row.registry_value = registry_value(site, row) or ""
    return row


def _shown_value(site: Site, accepted: Sequence[AcceptedValue], proposed: Proposed) -> str:
    """Return what readers see of a field: an accepted value, or else the registry's."""
    about = Correction(
        field=proposed.field,
        contact_name=proposed.contact_name,
        new_value=proposed.new_value,
    )
    contact = contact_of(site, about)
    name = folded(contact.name) if contact else ""
    for value in accepted:
        if (value.field, folded(value.contact_name)) == (proposed.field, name):
            return value.value
    return registry_value(site, about) or ""


def _shown_line(site: Site, accepted: Sequence[AcceptedValue], proposed: Proposed) -> str:
    """Return a field as readers see it: a number with its extension, unless that is of another."""
    shown = _shown_value(site, accepted, proposed)
    if proposed.field != Field.PHONE:
        return shown
    extension = _shown_value(site, accepted, replace(proposed, field=Field.PHONE_EXT))
    is_registered = shown == _shown_value(site, (), proposed)
    return f"{shown} ext. {extension}" if extension and is_registered else shown


def _held_row(correction: Correction) -> tuple[Correction, Site | None]:
    """Return a correction as it is now, locked, with its answer, and its site."""
    confirmation, site = held(correction.confirmation)
    row = confirmation.corrections.select_for_update().get(pk=correction.pk)
    row.confirmation = confirmation
    return row, site


def _held_open(correction: Correction) -> tuple[Correction, Site | None]:
    row, site = _held_row(correction)
    if row.fate not in UNDER_WAY:
        raise RefusedError(f"This correction is decided already: {row.get_fate_display().lower()}.")
    return row, site


def _check_newest(row: Correction, site: Site) -> None:
    """Refuse a correction where the study team has since sent another, which was accepted."""
    newer = newer_standing(row, site) if row.field != Field.OTHER else None
    if newer is None:
        return
    if fate_now(newer, site) in {Fate.ACCEPTED, Fate.AGREED}:
        raise RefusedError(
            "The study team has since sent another value, which readers see: decline this one."
        )
    raise RefusedError(
        "The study team has since sent another value for it: decide on that one first."
    )


def _check_own(row: Correction, coordinator: Coordinator) -> None:
    if row.confirmation.coordinator_id != coordinator.pk:
        raise RefusedError("This correction is not yours.")


def _said(words: str, otherwise: str) -> str:
    if not words.strip():
        raise RefusedError(otherwise)
    if len(words) > LONGEST_NOTE:
        raise RefusedError(f"This is too long. It can have {LONGEST_NOTE:,} characters.")
    return words.replace("\x00", "").strip()


def _decide(row: Correction, fate: Fate, by: User) -> None:
    row.fate, row.decided_at, row.decided_by = fate, timezone.now(), by
    row.save()


def _record(row: Correction, verb: str, by: User, reason: str = "") -> None:
    audit.record(
        by=by,
        verb=verb,
        subject="site contact",
        trial=row.trial,
        after={"place": row.site_label, "field": row.get_field_display()},
        reason=reason,
    )
