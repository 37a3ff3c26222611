"""Readers' reports: counted once a reader, bounded, kept without an address, ended by the desk."""

from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_site, make_trial
from trials.editorial import queue, reports
from trials.editorial.errors import NotAllowedError
from trials.editorial.queue import Holder, Queue
from trials.editorial.texts import text_of
from trials.models import AuditEvent, EditorialText, ReaderReport, Site, Trial, bulk
from trials.terms.reports import ABOUT_A_CONTACT, Outcome, ReportKind

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
def site(trial: Trial) -> Site:
    return make_site(trial)


def send(
    trial: Trial,
    kind: ReportKind = ReportKind.NO_CONTACT,
    site: Site | None = None,
    address: str = "192.0.2.1",
) -> None:
    place = "Lighthouse Clinic, Kisumu" if site else ""
    reports.send(trial=trial, kind=kind, site=site, place=place, address=address)


def send_from(readers: int, trial: Trial, site: Site | None = None) -> None:
    """Let several readers report a contact; each has an address of their own."""
    for number in range(readers):
        send(trial, ABOUT_A_CONTACT[number % 3], site, f"192.0.2.{number + 1}")


def grow_older(days: int) -> None:
    ReaderReport.objects.update(reported_on=TODAY() - timedelta(days=days))


# --- Sent -------------------------------------------------------------------------------------


def test_report_keeps_what_was_chosen_and_no_address(trial: Trial, site: Site) -> None:
    send(trial, ReportKind.NO_ANSWER, site, "203.0.113.77")
    row = ReaderReport.objects.values().get()
    assert (row["trial_id"], row["site_id"], row["kind"]) == (trial.pk, site.pk, "NO_ANSWER")
    assert (row["place"], row["reported_on"]) == ("Lighthouse Clinic, Kisumu", TODAY())
    assert len(row["reporter"]) == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = f"{row} {cursor.fetchall()}"
    assert "203.0.113" not in kept


@pytest.mark.parametrize("at_site", [True, False])
def test_same_report_of_the_same_reader_is_kept_once(
    trial: Trial, site: Site, at_site: bool
) -> None:
    where = site if at_site else None
    for _ in range(3):
        send(trial, site=where)
    assert ReaderReport.objects.count() == 1


def test_another_reader_matter_or_place_is_another_report(trial: Trial, site: Site) -> None:
    send(trial)
    send(trial, ReportKind.NO_ANSWER)
    send(trial, site=site)
    send(trial, address="192.0.2.9")
    send(make_trial())
    assert ReaderReport.objects.count() == 5


def test_reader_can_report_again_what_was_closed(trial: Trial, ada: User) -> None:
    send(trial)
    reports.close(report=ReaderReport.objects.get(), outcome=Outcome.CORRECTED, by=ada)
    send(trial)
    assert reports.open_reports(trial).count() == 1


@override_settings(REPORTS_A_DAY=2)
def test_too_many_reports_of_a_reader_in_a_day_are_dropped() -> None:
    for _ in range(4):
        send(make_trial())
    send(make_trial(), address="192.0.2.2")
    assert ReaderReport.objects.count() == 3


def test_digest_does_not_tell_that_one_reader_reported_two_trials() -> None:
    for _ in range(2):
        send(make_trial())
    first, second = ReaderReport.objects.values_list("reporter", flat=True)
    assert first != second


def test_digest_depends_on_the_secret_key(trial: Trial) -> None:
    send(trial)
    with override_settings(SECRET_KEY="another key of the same portal"):
        send(trial)
    first, second = ReaderReport.objects.values_list("reporter", flat=True)
    assert first != second


@given(st.ip_addresses(v=6), st.integers(0, 2**80 - 1))
def test_network_of_an_ipv6_address_is_that_of_its_neighbours(
    address: IPv6Address, host: int
) -> None:
    neighbour = IPv6Address(int(address) >> 80 << 80 | host)
    if not (address.ipv4_mapped or neighbour.ipv4_mapped):
        assert reports.network(str(address)) == reports.network(str(neighbour))


@given(st.ip_addresses(v=4))
def test_network_of_an_ipv4_address_is_the_address_however_it_is_written(
    address: IPv4Address,
) -> None:
    assert reports.network(f"::ffff:{address}") == reports.network(str(address)) == str(address)


@pytest.mark.parametrize("address", ["", "unknown", "1.2.3.4.5", "\0"])
def test_network_of_no_address_is_one_for_all(address: str) -> None:
    assert reports.network(address) == ""


# --- Difficulty -------------------------------------------------------------------------------


def reported_at(trial: Trial) -> set[int | None]:
    return {site for site, _ in reports.difficulty(trial)}


@pytest.mark.parametrize("at_site", [True, False])
@pytest.mark.parametrize(("readers", "is_told"), [(2, False), (3, True)])
def test_difficulty_needs_three_readers(
    trial: Trial, site: Site, at_site: bool, readers: int, is_told: bool
) -> None:
    where = site if at_site else None
    send_from(readers, trial, where)
    told = {where.pk if where else None}
    assert reported_at(trial) == (told if is_told else set())


@given(st.lists(st.sampled_from(ABOUT_A_CONTACT), max_size=9))
def test_one_reader_marks_no_contact(kinds: list[ReportKind]) -> None:
    with transaction.atomic():
        trial = make_trial()
        for kind in kinds:
            send(trial, kind)
            grow_older(5)
        cache.clear()
        found = reported_at(trial)
        transaction.set_rollback(True)
    assert found == set()


def test_words_of_the_page_are_no_difficulty_of_a_contact(trial: Trial) -> None:
    for number in range(3):
        send(trial, ReportKind.HARD_WORDS, address=f"192.0.2.{number}")
    assert reported_at(trial) == set()


@pytest.mark.parametrize(("days", "is_told"), [(59, True), (60, False)])
def test_difficulty_is_of_the_last_sixty_days(trial: Trial, days: int, is_told: bool) -> None:
    send_from(3, trial)
    grow_older(days)
    assert reported_at(trial) == ({None} if is_told else set())


def test_difficulty_ends_when_the_desk_closes_a_report(trial: Trial, ada: User) -> None:
    send_from(3, trial)
    first = reports.open_reports(trial)[0]
    reports.close(report=first, outcome=Outcome.NOTHING_WRONG, by=ada)
    assert reported_at(trial) == set()


def test_difficulty_is_one_query_for_one_site_and_for_many(
    trial: Trial, site: Site, django_assert_num_queries
) -> None:
    for each in (site, *(make_site(trial, name=f"Ward {number}") for number in range(5))):
        send_from(3, trial, each)
    with django_assert_num_queries(1):
        assert len(reports.difficulty(trial)) == 6


# --- What an import does ----------------------------------------------------------------------


def test_import_that_removes_sites_keeps_their_reports(trial: Trial) -> None:
    """Both reports are then without a site, and neither counts as one of the whole study."""
    sites = [make_site(trial, name=name) for name in ("Ward 1", "Ward 2")]
    for site in sites:
        send_from(3, trial, site)
    bulk.delete(Site, [site.pk for site in sites])
    assert list(ReaderReport.objects.values_list("site", "place").distinct()) == [
        (None, "Lighthouse Clinic, Kisumu")
    ]
    assert reports.open_reports(trial).count() == 6
    assert reported_at(trial) == set()


def test_report_names_no_site_that_is_not_there(trial: Trial) -> None:
    with pytest.raises(IntegrityError, match="readerreport_site_fk"), transaction.atomic():
        ReaderReport.objects.create(
            trial=trial, site_id=0, place="Nowhere", kind="WRONG", reported_on=TODAY()
        )


# --- Forgotten --------------------------------------------------------------------------------


def test_digests_are_forgotten_when_they_no_longer_count(trial: Trial) -> None:
    send_from(2, trial)
    grow_older(60)
    send(trial, address="192.0.2.9")
    call_command("forget_reporters", verbosity=0)
    kept = list(ReaderReport.objects.order_by("pk").values_list("reporter", flat=True))
    assert [bool(reporter) for reporter in kept] == [False, False, True]
    assert reports.forget_reporters() == 0


def test_old_report_still_waits(trial: Trial, ada: User) -> None:
    send(trial)
    grow_older(900)
    reports.forget_reporters()
    assert queue.counts(ada)[Queue.REPORTS].number == 1
    assert reports.open_reports(trial).count() == 1


# --- Closed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ada", "ben", "cleo"])
def test_close_ends_a_report_with_its_outcome_and_an_audit_row(
    trial: Trial, name: str, request: pytest.FixtureRequest
) -> None:
    by: User = request.getfixturevalue(name)
    send(trial)
    row = ReaderReport.objects.get()
    reports.close(report=row, outcome=Outcome.PASSED_ON, note=" Wrote to them. ", by=by)
    row.refresh_from_db()
    assert (row.outcome, row.note, row.closed_by) == ("PASSED_ON", "Wrote to them.", by)
    assert (row.closed_at is not None, row.reporter) == (True, "")
    event = AuditEvent.objects.get(verb="close report")
    assert (event.done_by, event.trial, event.reason) == (by, trial, "Wrote to them.")
    assert event.before == {"kind": "NO_CONTACT", "place": ""}
    assert event.after == {"outcome": "Passed to the study team"}


def test_closed_report_is_not_closed_again(trial: Trial, ada: User, ben: User) -> None:
    send(trial)
    row = ReaderReport.objects.get()
    reports.close(report=row, outcome=Outcome.CORRECTED, by=ada)
    with pytest.raises(NotAllowedError, match="already"):
        reports.close(report=row, outcome=Outcome.CANT_TELL, by=ben)
    row.refresh_from_db()
    assert (row.outcome, row.closed_by) == (Outcome.CORRECTED, ada)
    assert AuditEvent.objects.count() == 1


def test_staff_without_a_role_close_nothing(trial: Trial, uma: User) -> None:
    send(trial)
    with pytest.raises(NotAllowedError):
        reports.close(report=ReaderReport.objects.get(), outcome=Outcome.CORRECTED, by=uma)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"outcome": "CORRECTED"}, "closed_has_outcome"),
        ({"closed_at": timezone.now(), "outcome": "CORRECTED"}, "closed_pair"),
        ({"place": "", "site": True}, "site_has_words"),
    ],
)
def test_half_a_state_is_refused_by_the_database(
    trial: Trial, site: Site, columns: dict[str, object], rule: str
) -> None:
    said = columns | ({"site": site} if "site" in columns else {})
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ReaderReport.objects.create(trial=trial, kind="WRONG", reported_on=TODAY(), **said)


# --- Waiting ----------------------------------------------------------------------------------


def test_queue_holds_each_reported_trial_once_the_longest_waiting_first(ada: User) -> None:
    new, old = make_trial(), make_trial()
    send(new)
    send(old)
    grow_older(3)
    send(old, ReportKind.WRONG)
    ReaderReport.objects.filter(trial=new).update(reported_on=TODAY() - timedelta(days=1))
    found = queue.reported_trials(by=ada)
    assert [row["trial"] for row in found] == [old.pk, new.pk]
    assert queue.counts(ada)[Queue.REPORTS].number == 2
    assert reports.counts_by_kind([old.pk, new.pk]) == {
        old.pk: {ReportKind.NO_CONTACT: 1, ReportKind.WRONG: 1},
        new.pk: {ReportKind.NO_CONTACT: 1},
    }


def test_queue_needs_no_text_and_knows_whose_a_text_is(ada: User) -> None:
    hers, nobodys = make_trial(), make_trial()
    for each in (hers, nobodys):
        send(each)
    text_of(hers)
    EditorialText.objects.update(assigned_to=ada)
    mine = queue.reported_trials(by=ada, holder=Holder.ME)
    others = queue.reported_trials(by=ada, holder=Holder.NOBODY)
    assert [row["trial"] for row in mine] == [hers.pk]
    assert [row["trial"] for row in others] == [nobodys.pk]


def test_closing_the_last_report_empties_the_queue(trial: Trial, ada: User) -> None:
    send(trial)
    reports.close(report=ReaderReport.objects.get(), outcome=Outcome.CANT_TELL, by=ada)
    assert queue.counts(ada)[Queue.REPORTS].number == 0
