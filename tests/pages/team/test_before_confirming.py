"""What a coordinator reads before confirming: what readers report, and if there is a contact."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.coordinators.rows import invited
from tests.pages.team.conftest import SITES, address, press
from trials.models import ReaderReport, Site
from trials.terms.reports import ReportKind

pytestmark = pytest.mark.django_db
TOLD = "The phone number or email address did not work (2 November 2026)"


@pytest.fixture
def report(site: Site) -> ReaderReport:
    return ReaderReport.objects.create(
        trial=site.trial,
        site=site,
        place="Lighthouse Clinic",
        kind=ReportKind.NO_CONTACT,
        reported_on=date(2026, 11, 2),
    )


def test_study_team_reads_what_readers_report_before_it_answers(
    joy_client: Client, site: Site, report: ReaderReport
) -> None:
    for where in (address(site), SITES):
        said = joy_client.get(where).content.decode()
        assert TOLD in said
        assert "your answer ends this report" in said
    press(joy_client, site, "confirm")
    assert TOLD not in joy_client.get(address(site)).content.decode()


def test_holder_of_a_link_reads_what_readers_report(
    pat: Client, site: Site, ada: User, report: ReaderReport
) -> None:
    key = invited(site, ada)
    assert TOLD in pat.get("/confirm/", {"key": key}).content.decode()
    report.delete()
    assert "Readers told us" not in pat.get("/confirm/", {"key": key}).content.decode()


def test_where_readers_see_no_contact_there_is_nothing_to_confirm(
    joy_client: Client, site: Site
) -> None:
    site.contacts.all().delete()
    for where in (address(site), SITES):
        assert "Confirm these details are right" not in joy_client.get(where).content.decode()
    assert "Add whom readers can ask" in joy_client.get(address(site)).content.decode()
