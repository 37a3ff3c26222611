import pytest

from tests.factories import make_site, make_site_contact, make_trial
from trials.models import Site, Trial
from trials.pages.presenters import sites
from trials.pages.presenters.openness import openness_of
from trials.pages.presenters.sites import Places, places, summary
from trials.pages.presenters.study_teams import heard

pytestmark = pytest.mark.django_db


def worded(trial: Trial) -> Places:
    openness = openness_of(trial)
    found = openness.in_order(trial)
    return places(found, openness, heard(found, reported=()))


def names(rows: list[Site]) -> list[str]:
    return [row.facility.name for row in rows]


def test_sites_are_ordered_open_first_then_by_place() -> None:
    trial = make_trial()
    make_site(trial, name="closed", country="Austria", recruitment_status="COMPLETED")
    make_site(trial, name="b", country="Kenya", city="Nairobi")
    make_site(trial, name="a", country="Kenya", city="Kisumu")
    make_site(trial, name="c", country="Mali")

    assert names(openness_of(trial).in_order(trial)) == ["a", "b", "c", "closed"]


def test_countries_with_open_sites_come_first() -> None:
    trial = make_trial()
    make_site(trial, country="Austria", recruitment_status="COMPLETED")
    make_site(trial, country="Mali", recruitment_status="COMPLETED")
    make_site(trial, country="Mali")

    shown = worded(trial).shown

    assert [(country.name, country.count) for country in shown] == [
        ("Mali", "2 sites, 1 open now"),
        ("Austria", "1 site"),
    ]


def test_site_without_a_status_shows_the_whole_studys_as_such() -> None:
    trial = make_trial(overall_status="COMPLETED")
    make_site(trial, recruitment_status="")

    (row,) = worded(trial).shown[0].rows

    assert row.status.words == "Finished"
    assert row.status_note.startswith("The whole study’s status.")


def test_folded_countries_with_open_sites_come_first() -> None:
    trial = make_trial()
    for number in range(sites.SHOWN):
        make_site(trial, name=f"Open {number:02}", country="Albania")
    make_site(trial, country="Austria", recruitment_status="COMPLETED")
    make_site(trial, country="Mali")

    assert [country.name for country in worded(trial).rest] == ["Mali", "Austria"]


def test_sites_without_statuses_are_not_said_to_be_closed() -> None:
    trial = make_trial()
    make_site(trial, recruitment_status="")

    assert "gives no status of its own" in summary(list(trial.sites.all()), openness_of(trial))


def test_open_sites_of_several_countries_are_first_in_each() -> None:
    trial = make_trial()
    make_site(trial, country="Mali")
    make_site(trial, country="Chad", recruitment_status="COMPLETED")

    words = summary(list(trial.sites.all()), openness_of(trial))

    assert words.endswith("1 of them is open now and listed first in its country.")


def test_sites_of_an_unknown_trial_are_not_open() -> None:
    trial = make_trial(overall_status="UNKNOWN")
    make_site(trial, recruitment_status="RECRUITING")

    (country,) = worded(trial).shown
    (row,) = country.rows
    assert row.status.words == "Status not known"
    assert row.status_note == "When last verified: Open to new participants"
    assert country.count == "1 site, 1 listed as open"


@pytest.mark.parametrize(
    ("own", "overall", "words"),
    [
        ("COMPLETED", "RECRUITING", "Finished"),
        ("RECRUITING", "COMPLETED", "Open to new participants"),
        ("", "COMPLETED", "Finished"),
    ],
)
def test_site_shows_its_own_status_first(own: str, overall: str, words: str) -> None:
    trial = make_trial(overall_status=overall)
    make_site(trial, recruitment_status=own)

    assert worded(trial).shown[0].rows[0].status.words == words


def test_sites_past_the_first_twenty_are_folded_by_country() -> None:
    trial = make_trial()
    for number in range(sites.SHOWN):
        make_site(trial, name=f"Open {number:02}", country="Kenya")
    make_site(trial, name="Late", country="Mali", recruitment_status="COMPLETED")
    make_site(trial, name="Open 99", country="Kenya")

    found = worded(trial)

    assert [country.name for country in found.shown] == ["Kenya"]
    assert [(country.name, country.count) for country in found.rest] == [
        ("Kenya", "1 more site, 1 open now"),
        ("Mali", "1 site"),
    ]


def test_pins_repeat_the_numbers_of_the_list() -> None:
    trial = make_trial()
    make_site(trial, name="b", city="Oslo", country="Norway", near=(59.9, 10.7))
    make_site(trial, name="without a point", city="Bergen", country="Norway")
    make_site(trial, name="a", city="Lima", country="Peru", near=(-12.0, -77.0))

    found = worded(trial)

    numbers = {str(row.facility): row.number for country in found.shown for row in country.rows}
    assert numbers == {"b": "1", "without a point": "", "a": "2"}
    assert found.map is not None
    assert found.map.total == 2


def test_sites_without_points_have_no_map() -> None:
    trial = make_trial()
    make_site(trial)

    assert worded(trial).map is None


def test_facility_in_another_script_is_marked() -> None:
    trial = make_trial()
    make_site(trial, name="北京协和医院")

    assert worded(trial).shown[0].rows[0].facility.lang == "zh"


def test_contact_is_dialled_in_the_country_of_its_site() -> None:
    trial = make_trial()
    site = make_site(trial, country="France")
    make_site_contact(site, phone="04 72 11 73 11", email="desk@example.org")

    (person,) = worded(trial).shown[0].rows[0].contacts
    assert [way.href for way in person.ways] == ["tel:+33472117311", "mailto:desk@example.org"]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], ""),
        (["RECRUITING"], "1 site (Kisumu). It is open now."),
        (["COMPLETED"], "1 site (Kisumu). No site is listed as open now."),
        (["RECRUITING"] * 2, "2 sites in Kenya. All of them are open now."),
        (
            ["RECRUITING", "COMPLETED"],
            "2 sites in Kenya. 1 of them is open now and listed first.",
        ),
    ],
)
def test_summary_counts_open_sites(statuses: list[str], words: str) -> None:
    trial = make_trial()
    for status in statuses:
        make_site(trial, recruitment_status=status)

    assert summary(list(trial.sites.all()), openness_of(trial)) == words
