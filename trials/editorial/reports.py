"""What readers report: sent without an account, counted once a reader, closed by the desk.

A reader's address is used in memory only. What is kept of it are two keyed digests: a short one
beside the report, which tells the readers of one trial apart and nobody across trials, and one in
the cache for a day, with a number and no report beside it.
"""

import ipaddress
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trials import audit
from trials.editorial.errors import NotAllowedError
from trials.editorial.permissions import is_at_desk
from trials.models import ReaderReport, Site, Trial
from trials.terms.contacts import reach_digest
from trials.terms.reports import COUNTED_DAYS, TOO_OLD_DAYS, Outcome, Reported, ReportKind
from trials.tries import may_try

_DAY_SECONDS = 24 * 3600
# The widest IPv6 network that internet providers hand to one household: it stands for one reader.
_IPV6_NETWORK = 48
# Four hexadecimal digits: some 65,000 IPv4 addresses share each.
_REPORTER_DIGITS = 4


@transaction.atomic
def send(
    *,
    trial: Trial,
    kind: ReportKind,
    site: Site | None,
    place: str,
    address: str,
    about: str = "",
) -> None:
    """Write down what a reader reports; once for each reader, trial, site and matter.

    `place` names the site as the reader saw it, `about` is the digest of the numbers and addresses
    that stood there; without it they are the registry's. A reader's second report of the same, and
    what goes beyond `REPORTS_A_DAY`, is dropped in silence: whoever sends can't tell.
    """
    reader = network(address)
    if not _may_send(reader):
        return
    report = ReaderReport(
        trial=trial,
        site=site,
        place=place if site else "",
        kind=kind,
        about=about or reach_digest(site.contacts.all() if site else trial.central_contacts.all()),
        reported_on=timezone.now().date(),
        reporter=_digest("trial", f"{trial.pk} {reader}")[:_REPORTER_DIGITS],
    )
    ReaderReport.objects.bulk_create([report], ignore_conflicts=True)


@transaction.atomic
def close(*, report: ReaderReport, outcome: Outcome, note: str = "", by: User) -> None:
    """End a report with what became of it; raise NotAllowedError where it can't be."""
    if not is_at_desk(by):
        raise NotAllowedError("Only people of the desk can close reports.")
    report = ReaderReport.objects.select_for_update(of=["self"]).get(pk=report.pk)
    if report.closed_at is not None:
        raise NotAllowedError("Somebody has closed this report already.")
    report.closed_at, report.closed_by = timezone.now(), by
    report.outcome, report.note, report.reporter = outcome, note.strip(), ""
    report.save(update_fields=["closed_at", "closed_by", "outcome", "note", "reporter"])
    audit.record(
        by=by,
        verb="close report",
        subject="reader report",
        trial=report.trial,
        before={"kind": report.kind, "place": report.place},
        after={"outcome": Outcome(outcome).label},
        reason=report.note,
    )


def open_reports(trial: Trial) -> "QuerySet[ReaderReport]":
    """Return what waits for an answer about a trial, the oldest first."""
    return ReaderReport.objects.waiting().filter(trial=trial).order_by("reported_on", "pk")


def waiting() -> "QuerySet[ReaderReport, dict[str, Any]]":
    """Return the trials with open reports, the longest waiting first: `trial`, `since`."""
    rows = ReaderReport.objects.waiting().values("trial").annotate(since=Min("reported_on"))
    return rows.order_by("since", "trial")


def counts_by_kind(trials: Sequence[int]) -> dict[int, dict[ReportKind, int]]:
    """Return how many open reports of each kind some trials have."""
    rows = (
        ReaderReport.objects.waiting()
        .filter(trial__in=trials)
        .values_list("trial", "kind")
        .annotate(Count("pk"))
    )
    found: dict[int, dict[ReportKind, int]] = {}
    for trial, kind, number in rows:
        found.setdefault(trial, {})[ReportKind(kind)] = number
    return found


def difficulty(trial: Trial) -> Reported:
    """Return the contacts of a trial that enough readers report."""
    return ReaderReport.objects.filter(trial=trial).reported(timezone.now().date())


def forget_reporters() -> int:
    """Empty the digests of reports that no longer count together; return how many there were."""
    old = ReaderReport.objects.filter(reported_on__lte=_counted_after()).exclude(reporter="")
    return old.update(reporter="")


def end_old() -> int:
    """End the reports that waited too long to be looked into; return how many there were."""
    last = timezone.now().date() - timedelta(days=TOO_OLD_DAYS)
    return ReaderReport.objects.waiting().filter(reported_on__lt=last).end(Outcome.TOO_OLD)


def network(address: str) -> str:
    """Return what of an address stands for one reader; empty for what is no address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known.packed, _IPV6_NETWORK), strict=False))


def _counted_after() -> date:
    return timezone.now().date() - timedelta(days=COUNTED_DAYS)


def _may_send(reader: str) -> bool:
    """Count what a reader sends today, and tell whether that is not too much."""
    today = f"{timezone.now().date()} {reader}"
    return may_try("report", today, most=settings.REPORTS_A_DAY, seconds=_DAY_SECONDS)


def _digest(purpose: str, value: str) -> str:
    return salted_hmac(f"trials.reports.{purpose}", value, algorithm="sha256").hexdigest()
