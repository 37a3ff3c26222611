"""What is done about a site's contact: invite, revoke, confirm, settle. Each is one transaction."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators import links
from trials.coordinators.accepted import accepted_at, digest_of, seen_at, seen_of, shown_digests
from trials.coordinators.details import details_of, kept
from trials.coordinators.errors import RefusedError
from trials.coordinators.telling import tell_search
from trials.models import (
    Confirmation,
    ConfirmationLink,
    Coordinator,
    ReaderReport,
    Settlement,
    Site,
    SiteCoordinator,
)
from trials.terms.contacts import Answer
from trials.terms.desk import RIGHTS
from trials.terms.plain.reports import UNNAMED_PLACE
from trials.terms.reports import Outcome

_OTHER_CORRECTIONS = "The corrections that we show are not those that you saw."


@transaction.atomic
def invite(*, site: Site, by: User, question: str = "") -> str:
    """Make a link for the contact of a site and return its address, which is shown this once.

    Its page shows the question. A link made before ends. Raise RefusedError where there is nobody
    to send it to.
    """
    check_desk(by)
    site = _locked(site)
    check_invite(site)
    for earlier in open_links(site):
        _end(earlier, by)
    link, address = links.make(site, label=label_of(site), made_by=by, question=question)
    audit.record(
        by=by,
        verb="invite",
        subject="site contact",
        trial=site.trial,
        after={"place": link.site_label, "expires": link.expires_at.date().isoformat()},
    )
    return address


def check_invite(site: Site) -> None:
    """Raise RefusedError with the reason why a site can't get a link."""
    if not site.trial.is_public:
        raise RefusedError("Readers don’t see this trial: there is nothing to confirm.")
    if not any(row.email.strip() for row in site.contacts.all()):
        raise RefusedError("The registry lists no email address here to send a link to.")


@transaction.atomic
def revoke(*, link: ConfirmationLink, by: User) -> None:
    """End a link that nobody has answered; raise RefusedError where it is over already."""
    check_desk(by)
    link = ConfirmationLink.objects.select_for_update(of=["self"]).get(pk=link.pk)
    if not links.is_open(link):
        raise RefusedError("This link is over already.")
    _end(link, by)


@transaction.atomic
def confirm(*, key: str, answer: Answer, seen: str = "") -> Confirmation:
    """Write down what the holder of a link says; raise LinkIsOverError for a link that is over.

    `seen` is the digest of the corrections that were shown beside the registry's details, empty
    where there were none. Raise RefusedError where an editor has accepted others since.

    What is kept as confirmed are the details that the link was made for. If an import changes them
    at this moment, the digests differ and nothing counts as confirmed. Readers' reports of the
    contact end: from now on they are shown the answer.
    """
    link = links.opened(key, is_locked=True)
    shown = {}
    if link.site is not None:
        values = accepted_at([link.site]).get(link.site.pk, ())
        if digest_of(values) != seen:
            raise RefusedError(_OTHER_CORRECTIONS)
        shown = shown_digests(link.site, values)
        ReaderReport.objects.answered_at(link.site)
    told = Confirmation.objects.create(
        trial=link.trial,
        site=link.site,
        site_label=link.site_label,
        digests=link.digests,
        shown=shown,
        answer=answer,
        confirmed_at=timezone.now(),
        link=link,
    )
    tell_search([link.trial_id])
    return told


@transaction.atomic
def confirm_as(*, coordinator: Coordinator, site: Site, answer: Answer, seen: str) -> Confirmation:
    """Write down what a coordinator says of a site of theirs.

    `seen` is the digest of all that the coordinator was shown (`accepted.seen_at`). Raise
    RefusedError where it has changed since, or where the site is not theirs.
    """
    site = _locked(site)
    theirs = SiteCoordinator.objects.filter(
        coordinator=coordinator, site=site, ended_on=None, taken_on__isnull=False
    )
    if not theirs.exists() or not site.trial.is_public:
        raise RefusedError("This site is not among yours.")
    digests = details_of(site).digests
    if not seen.startswith(seen_of(digests)):
        raise RefusedError(
            "The registry has changed these details since you looked. Please look again."
        )
    values = accepted_at([site]).get(site.pk, ())
    if seen_at(site, values) != seen:
        raise RefusedError(f"{_OTHER_CORRECTIONS} Please look again.")
    ReaderReport.objects.answered_at(site)
    told = Confirmation.objects.create(
        trial=site.trial,
        site=site,
        site_label=label_of(site),
        digests=kept(digests),
        shown=shown_digests(site, values),
        answer=answer,
        confirmed_at=timezone.now(),
        coordinator=coordinator,
    )
    tell_search([site.trial_id])
    return told


@transaction.atomic
def settle(*, confirmation: Confirmation, outcome: Outcome, note: str = "", by: User) -> None:
    """Write down what became of an answer that asked for a change.

    Raise RefusedError where that can't be, or where somebody has done it. An answer with
    corrections is settled by deciding on each of them.
    """
    check_desk(by)
    confirmation = Confirmation.objects.select_for_update(of=["self"]).get(pk=confirmation.pk)
    if confirmation.corrections.exists():
        raise RefusedError("This answer has corrections: decide on each of them.")
    if not Confirmation.objects.waiting().filter(pk=confirmation.pk).exists():
        raise RefusedError("Somebody has settled this answer already, or it asks for nothing.")
    settlement = Settlement.objects.create(
        confirmation=confirmation,
        settled_at=timezone.now(),
        settled_by=by,
        outcome=outcome,
        note=note.strip(),
    )
    audit.record(
        by=by,
        verb="settle",
        subject="site contact",
        trial=confirmation.trial,
        before={"answer": confirmation.answer},
        after={"place": confirmation.site_label, "outcome": Outcome(outcome).label},
        reason=settlement.note,
    )
    tell_search([confirmation.trial_id])


def open_links(site: Site) -> list[ConfirmationLink]:
    """Return the links of a site that may still be answered; contacts and facility are loaded."""
    rows = ConfirmationLink.objects.filter(
        site=site, revoked_at=None, confirmation=None, expires_at__gt=timezone.now()
    )
    return [link for link in rows if links.works(link, site)]


def label_of(site: Site) -> str:
    """Return the words by which a site is known once it is gone."""
    return str(site.facility) or UNNAMED_PLACE


def _locked(site: Site) -> Site:
    """Return a site with its trial and facility, held so that two links are made one by one."""
    rows = Site.everything.select_related("trial", "facility").select_for_update(of=["self"])
    found = rows.filter(pk=site.pk).first()
    if found is None:
        raise RefusedError("The registry no longer lists this site.")
    return found


def _end(link: ConfirmationLink, by: User) -> None:
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(
        by=by,
        verb="revoke",
        subject="site contact",
        trial=link.trial,
        before={"made": link.made_at.date().isoformat()},
        after={"place": link.site_label},
    )


def check_desk(by: User) -> None:
    """Raise RefusedError for whoever has no role at the desk."""
    if not any(by.has_perm(f"trials.{right}") for right in RIGHTS.values()):
        raise RefusedError("Only people of the desk can do this.")
