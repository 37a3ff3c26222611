"""What cards and tables of results say of contacts, what it rests on, and what it costs."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import make_correction, phone
from tests.coordinators.rows import make_answer, make_open_site
from tests.factories import make_site, make_site_contact, make_trial
from tests.pages.results_page import get, make_many
from tests.search.worlds import add_site, index, make_indexed
from trials.coordinators import corrections
from trials.coordinators.by_trial import contacts_of
from trials.coordinators.corrections import Proposed
from trials.coordinators.standings import standings_at
from trials.editorial import reports
from trials.models import Confirmation, ReaderReport, Settlement, Site, SiteContact, Trial
from trials.pages.presenters.card import Card, cards
from trials.pages.presenters.table import HEADER
from trials.search.query import PAGE_SIZE
from trials.terms.contacts import Answer
from trials.terms.corrections import Field
from trials.terms.plain import day_words
from trials.terms.reports import Outcome, ReportKind

pytestmark = pytest.mark.django_db
NOBODY = "No contact confirmed by the study team."


def report(trial: Trial, site: Site | None = None, readers: int = 3) -> None:
    """Let enough readers report a contact."""
    for reader in range(readers):
        reports.send(
            trial=trial,
            kind=ReportKind.NO_CONTACT,
            site=site,
            place="Clinic" if site else "",
            address=f"192.0.2.{reader}",
        )


def words(trial: Trial, near: Site | None = None) -> str:
    return card(trial, near).contacts.words


def card(trial: Trial, near: Site | None = None) -> Card:
    return cards([trial.pk], {trial.pk: near.pk} if near else None)[0]


def day() -> str:
    return day_words(Confirmation.objects.latest("confirmed_at").confirmed_at.date())


@pytest.fixture
def trial() -> Trial:
    """Return a trial at three places, the first of which confirmed its contact."""
    trial = make_trial()
    for name in ("Able", "Baker", "Carol"):
        make_open_site(trial, name=name)
    make_answer(trial.sites.all()[0])
    return trial


def test_card_counts_places_with_a_confirmed_contact(trial: Trial) -> None:
    assert words(trial) == (f"1 of 3 places: contact confirmed by the study team, last on {day()}.")
    assert words(make_trial()) == NOBODY


def test_card_names_the_day_of_the_nearest_site(trial: Trial) -> None:
    able, baker, _ = trial.sites.all()

    assert words(trial, able) == f"Contact confirmed by the study team on {day()}."
    assert words(trial, baker).startswith("1 of 3 places")


def test_card_of_a_trial_at_one_place_speaks_of_that_one() -> None:
    make_answer(site := make_open_site())

    assert words(site.trial) == f"Contact confirmed by the study team on {day()}."


@pytest.mark.parametrize(
    ("days", "at_site", "in_all"),
    [
        (89, "Contact confirmed by the study team on {}.", "1 of 2 places"),
        (90, "Contact confirmed by the study team on {}. Check before", "1 of 2 places"),
        (
            180,
            "Contact last confirmed by the study team on {}. That is long",
            "No contact confirmed by the study team lately.",
        ),
    ],
)
def test_card_tells_when_a_confirmation_is_old(days: int, at_site: str, in_all: str) -> None:
    make_answer(site := make_open_site(), days_ago=days)

    assert words(site.trial, site).startswith(at_site.format(day()))
    make_open_site(site.trial, name="Another")
    assert words(site.trial).startswith(in_all)


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NOT_RECRUITING, Answer.NOT_MY_SITE])
def test_card_warns_of_what_the_nearest_site_objects_to(trial: Trial, answer: Answer) -> None:
    site = trial.sites.all()[1]
    make_answer(site, answer)

    shown = card(trial, site).contacts

    assert shown.is_warning
    assert "told" in shown.words
    assert day() in shown.words


def test_import_that_changes_the_phone_drops_confirmed_from_the_card_at_once(trial: Trial) -> None:
    site = trial.sites.all()[0]
    SiteContact.objects.filter(site=site).update(phone="+254 20 2724009")

    assert words(trial) == NOBODY
    assert words(trial, site) == NOBODY


def test_card_tells_the_status_that_the_study_team_of_the_nearest_site_gives(
    ada: User, trial: Trial
) -> None:
    able, baker, _ = trial.sites.all()
    change = make_correction(baker, Proposed(Field.STATUS, "", "COMPLETED", ""))
    assert "says of this site" not in words(trial, baker)

    corrections.accept(correction=change, by=ada)

    shown = card(trial, baker).contacts
    assert shown.words.endswith(f"on {day()}. The study team says of this site: finished.")
    assert shown.is_warning
    assert "says of this site" not in words(trial, able)
    assert "says of this site" not in words(trial)
    Site.everything.filter(pk=baker.pk).update(recruitment_status="COMPLETED")
    assert "says of this site" not in words(trial, baker)


def test_card_tells_that_readers_reach_nobody(trial: Trial) -> None:
    report(trial)
    assert words(trial).endswith("Readers report difficulty reaching a contact.")
    assert card(trial).contacts.is_warning


def test_card_of_the_nearest_site_tells_that_readers_do_not_reach_it(trial: Trial) -> None:
    able, baker, carol = trial.sites.all()
    report(trial, able)
    report(trial, baker)

    assert "difficulty reaching this contact" in words(trial, able)
    assert "difficulty reaching this contact" in words(trial, baker)
    assert words(trial, carol) == f"{NOBODY} Readers report difficulty reaching a contact."


def test_difficulty_of_another_trial_is_not_told(trial: Trial) -> None:
    report(make_trial())

    assert not card(trial).contacts.is_warning


def test_unfounded_answer_does_not_count(ada: User, trial: Trial) -> None:
    told = make_answer(trial.sites.all()[0], Answer.NOT_MY_SITE)
    assert words(trial) == NOBODY
    Settlement.objects.create(
        confirmation=told,
        settled_at=told.confirmed_at,
        settled_by=ada,
        outcome=Outcome.NOTHING_WRONG,
    )
    assert words(trial).startswith("1 of 3 places")


def test_site_whose_contact_is_gone_has_none_confirmed(trial: Trial) -> None:
    SiteContact.objects.filter(site=trial.sites.all()[0]).delete()
    make_answer(trial.sites.all()[0])

    assert words(trial) == NOBODY


def test_contact_that_only_the_study_team_names_is_counted(ada: User) -> None:
    site = make_site(make_trial())
    make_answer(site)
    assert words(site.trial) == NOBODY
    corrections.accept(correction=make_correction(site, phone(contact_name="")), by=ada)
    assert words(site.trial) == f"Contact confirmed by the study team on {day()}."


def test_states_are_those_of_the_trials_page(trial: Trial) -> None:
    able, baker, carol = trial.sites.all()
    make_answer(baker, Answer.CHANGE, days_ago=3)
    report(trial, carol)
    loaded = list(
        Site.everything.filter(trial=trial)
        .select_related("trial", "facility")
        .prefetch_related("contacts")
    )

    on_page = standings_at(loaded, reported=reports.difficulty(trial))

    assert contacts_of([trial.pk])[trial.pk].at_sites == on_page
    assert set(on_page) == {able.pk, baker.pk, carol.pk}


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", [1, 20])
def test_cards_with_confirmed_contacts_are_six_queries(
    django_assert_num_queries: DjangoAssertNumQueries, amount: int
) -> None:
    pks = []
    for number in range(amount):
        site = make_open_site(name=f"Ward {number}")
        make_answer(site)
        make_answer(make_open_site(site.trial, name="Able"), Answer.CHANGE)
        pks.append(site.trial_id)
    report(site.trial, site)

    with django_assert_num_queries(6):
        assert len(cards(pks)) == amount


@pytest.mark.parametrize("query", ["", "q=lupus&place=Leeds&age=34&status=all"])
def test_results_with_confirmed_contacts_cost_the_same_for_any_amount(
    pat: Client, query: str
) -> None:
    costs = []
    for amount in (5, PAGE_SIZE + 10):
        for trial in (trials := make_many(amount)):
            add_site(trial, "Leeds")
            make_site_contact(site := trial.sites.get(), email="joy@clinic.example")
            make_answer(site)
        index(*trials)
        get(pat, query)
        with CaptureQueriesContext(connection) as queries:
            assert "Contact confirmed by the study team on" in get(pat, query)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 19


def test_results_do_not_send_people_to_a_site_that_takes_nobody(pat: Client) -> None:
    trial = make_indexed("Lupus", city="Leeds")
    add_site(trial, "London")
    index(trial)
    assert "Nearest site" in (before := get(pat, "q=lupus&place=Leeds&radius=500"))
    assert "is not taking new people" not in before

    make_answer(trial.sites.get(facility__city="Leeds"), Answer.NOT_RECRUITING)

    assert "A nearer site in Leeds" in get(pat, "q=lupus&place=Leeds&radius=500")
    table = pat.get("/trials/download.csv?q=lupus&place=Leeds&radius=500").getvalue().decode()
    assert "London" in table
    assert "Leeds" not in table


def test_results_say_that_nobody_confirmed(pat: Client) -> None:
    make_indexed("Lupus", city="Leeds")

    assert f'<p class="sm">{NOBODY}</p>' in get(pat, "q=lupus&place=Leeds")


# --- The table ------------------------------------------------------------------------------------


def column(pat: Client) -> list[str]:
    lines = pat.get("/trials/download.csv").getvalue().decode().splitlines()[1:]
    return [line.split(",")[HEADER.index("Contacts confirmed")] for line in lines]


def test_table_counts_confirmed_contacts(pat: Client) -> None:
    trial = make_indexed("Lupus")
    for name in ("Able", "Baker"):
        make_open_site(trial, name=name)
    index(trial)
    assert column(pat) == ["0 of 2"]

    told = make_answer(trial.sites.all()[0])
    assert column(pat) == [f"1 of 2; newest {told.confirmed_at.date().isoformat()}"]

    report(trial)
    assert column(pat)[0].endswith("; readers report difficulty")

    ReaderReport.objects.all().delete()
    SiteContact.objects.update(phone="+254 20 2724009")
    assert column(pat) == ["0 of 2"]
