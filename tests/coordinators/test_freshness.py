"""Figures of sites are those that a reader of every page would count."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import JOY, NEW_PHONE, make_corrections
from tests.coordinators.rows import fresh, make_answer, make_open_site
from tests.factories import hide, leave_registry, make_site, make_trial
from trials.coordinators import actions, corrections, details, freshness
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.models import Confirmation, ReaderReport, Settlement, Site
from trials.pages.presenters.contacts import at_site
from trials.pages.presenters.openness import openness_of
from trials.pages.presenters.study_teams import heard
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Field
from trials.terms.freshness import CountrySites, SiteFigures
from trials.terms.registry import OverallStatus, RecruitmentStatus
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

COUNTRIES = {
    "Kenya": "KE",
    "Turkey": "TR",
    "Turkey (Türkiye)": "TR",
    "France": "FR",
    "Atlantis": "",
    "": "",
}


def today() -> date:
    return timezone.now().date()


def counted() -> SiteFigures:
    return freshness.site_figures(today(), lambda _: None)


def report(site: Site, readers: int) -> None:
    """Let several readers say that a site's contact did not work."""
    for number in range(readers):
        ReaderReport.objects.create(
            trial=site.trial,
            site=site,
            place=actions.label_of(site),
            kind="NO_CONTACT",
            reported_on=today(),
            reporter=f"{number:04}",
        )


def accept(site: Site, by: User, *proposed: Proposed, days_ago: int = 0) -> None:
    """Let a study team have corrected its site, and an editor accept all of it."""
    for row in make_corrections(site, *proposed, days_ago=days_ago):
        corrections.accept(correction=row, by=by)


def settle(told: Confirmation, by: User, *, is_right: bool) -> None:
    """Settle an answer: the page was right, or it is as the registry says today."""
    digests = details.details_of(fresh(told.site)).digests
    Settlement.objects.create(
        confirmation=told,
        settled_at=timezone.now(),
        settled_by=by,
        outcome=Outcome.NOTHING_WRONG if is_right else Outcome.CORRECTED,
        mended={} if is_right else details.kept(digests),
    )


def test_site_figures_of_an_empty_registry_are_nothing() -> None:
    assert counted() == SiteFigures(0, 0, None, 90, ())


@pytest.mark.parametrize("concealed", ["public", "hidden", "left"])
def test_sites_listed_as_open_are_those_that_show_so_where_teams_are_silent(concealed: str) -> None:
    for overall, own in product(["", *OverallStatus], ["", *RecruitmentStatus]):
        make_site(make_trial(overall_status=overall), recruitment_status=own)
    for site in Site.everything.select_related("trial"):
        if concealed != "public":
            (hide if concealed == "hidden" else leave_registry)(site.trial)
    seen = {
        site.pk
        for site in Site.everything.select_related("trial")
        if site.trial.is_public and openness_of(site.trial).is_open(site)
    }
    assert set(freshness.listed_as_open().values_list("pk", flat=True)) == seen
    assert bool(seen) == (concealed == "public")


@pytest.mark.parametrize("seed", range(4))
def test_site_figures_are_what_a_walk_over_all_sites_counts(seed: int, ada: User) -> None:
    fill(random.Random(seed), ada)
    opened, confirmed = walked()
    found = counted()
    assert {(row.code, row.name): row.open for row in found.countries} == opened
    assert +Counter({(row.code, row.name): row.confirmed for row in found.countries}) == confirmed
    assert (found.open, found.confirmed) == (opened.total(), confirmed.total())
    assert 0 < found.confirmed < found.open
    assert found.share == found.confirmed / found.open
    for row in found.countries:
        assert row.share == row.confirmed / row.open


def walked() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Ask every site what its page says, as a reader would; count by country."""
    opened: Counter[tuple[str, str]] = Counter()
    confirmed: Counter[tuple[str, str]] = Counter()
    for key in Site.everything.values_list("pk", flat=True):
        site = fresh(Site(pk=key))
        if not site.trial.is_public or not openness_of(site.trial).is_open(site):
            continue
        words = site.facility.country
        country = (COUNTRIES[words], "Turkey (Türkiye)" if "Turkey" in words else words)
        opened[country] += 1
        reports = ReaderReport.objects.filter(trial=site.trial)
        known = heard([site], reported=reports.reported(today()))
        is_confirmed = known.standings[key].state == ContactState.CONFIRMED
        confirmed[country] += is_confirmed and bool(at_site(site, known))
    return opened, +confirmed


def fill(dice: random.Random, by: User) -> None:
    """Write 60 sites, most of them open, and give each a history of its own."""
    for number in range(60):
        overall = dice.choice(["RECRUITING", "RECRUITING", "RECRUITING", "UNKNOWN", "COMPLETED"])
        own = dice.choice(["RECRUITING", "RECRUITING", "AVAILABLE", "COMPLETED", ""])
        site = make_open_site(
            make_trial(overall_status=overall),
            name=f"Ward {number}",
            country=dice.choice(list(COUNTRIES)),
            recruitment_status=own,
        )
        for act in dice.choices(list(_acts(dice, site, by)), k=dice.randrange(5)):
            with suppress(RefusedError):  # the site says so already, or lists nobody of the name
                act()
        if dice.random() < 0.1:
            dice.choice([hide, leave_registry])(site.trial)


def _acts(dice: random.Random, site: Site, by: User) -> Iterator[Any]:
    def answer(kind: Answer) -> None:
        make_answer(site, kind, days_ago=dice.choice([0, 30, 89, 90, 120, 400]))

    def change() -> None:
        site.contacts.update(phone=f"+254 20 {dice.randrange(3)}")

    def settled() -> None:
        told = make_answer(site, Answer.CHANGE, days_ago=dice.choice([1, 100]))
        settle(told, by, is_right=dice.random() < 0.5)

    def corrected(field: Field, value: str) -> None:
        name = JOY if field != Field.STATUS and site.contacts.exists() else ""
        proposed = Proposed(field, name, value)
        accept(site, by, proposed, days_ago=dice.choice([1, 80, 100]))

    yield from (lambda kind=kind: answer(kind) for kind in (*Answer, Answer.RIGHT, Answer.RIGHT))
    yield change
    yield settled
    yield lambda: site.contacts.all().delete()
    yield lambda: corrected(Field.PHONE, NEW_PHONE)
    yield lambda: corrected(Field.STATUS, dice.choice(["RECRUITING", "COMPLETED"]))
    if not site.reader_reports.exists():
        report(site, dice.choice([0, 0, 2, 3]))


def test_site_that_shows_nobody_is_not_confirmed(ada: User) -> None:
    site = make_site(make_trial())
    make_answer(site)
    assert (counted().open, counted().confirmed) == (1, 0)
    accept(site, ada, Proposed(Field.EMAIL, "", "ward@clinic.example"), days_ago=1)
    assert counted().confirmed == 0  # the newest answer did not know of it
    make_answer(site)
    assert (counted().open, counted().confirmed) == (1, 1)


def test_site_whose_study_team_takes_nobody_is_not_open(ada: User) -> None:
    make_answer(make_open_site(country="Kenya"), Answer.NOT_RECRUITING, days_ago=400)
    accept(make_open_site(country="France"), ada, Proposed(Field.STATUS, "", "COMPLETED"))
    make_open_site(country="France")
    assert counted().countries == (CountrySites("FR", "France", 1, 0, 0.0),)


def test_site_that_its_study_team_opened_is_open(ada: User) -> None:
    for overall in ("RECRUITING", "UNKNOWN"):
        trial = make_trial(overall_status=overall)
        site = make_open_site(trial, country="Peru", recruitment_status="NOT_YET_RECRUITING")
        accept(site, ada, Proposed(Field.STATUS, "", "RECRUITING"), days_ago=200)
    assert counted().countries == (CountrySites("PE", "Peru", 1, 0, 0.0),)
    make_answer(site)
    make_answer(Site.everything.order_by("pk")[0])
    assert counted().countries == (CountrySites("PE", "Peru", 1, 1, 1.0),)


def test_change_in_the_registry_ends_the_count_of_a_site() -> None:
    site = make_open_site()
    make_answer(site, days_ago=89)
    assert counted().confirmed == 1
    site.contacts.update(email="new@clinic.example")
    assert counted().confirmed == 0


@override_settings(CONTACT_DUE_DAYS=10)
def test_period_of_confirmations_is_the_setting() -> None:
    make_answer(make_open_site(), days_ago=9)
    make_answer(make_open_site(), days_ago=10)
    found = counted()
    assert (found.confirmed, found.open, found.confirmed_days) == (1, 2, 10)


def test_countries_come_by_share_then_by_open_sites() -> None:
    for country, open_sites, confirmed in (("Kenya", 3, 1), ("France", 2, 1), ("Peru", 4, 0)):
        for number in range(open_sites):
            site = make_open_site(name=f"Ward {number}", country=country)
            if number < confirmed:
                make_answer(site)
    make_open_site(country="Chile")
    assert [(row.code, row.open) for row in counted().countries] == [
        ("FR", 2),
        ("KE", 3),
        ("PE", 4),
        ("CL", 1),
    ]


def test_old_and_new_words_for_a_country_are_one() -> None:
    make_open_site(country="Turkey")
    make_open_site(country="Turkey (Türkiye)")
    assert counted().countries == (CountrySites("TR", "Turkey (Türkiye)", 2, 0, 0.0),)


@pytest.mark.parametrize("amount", [1, 12])
def test_count_of_sites_costs_the_same_for_one_and_for_many(
    amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(amount):
        make_answer(make_open_site(name=f"Ward {number}"))
    looked_at: list[int] = []
    with django_assert_num_queries(6):
        assert freshness.site_figures(today(), looked_at.append).confirmed == amount
    assert looked_at == [amount]


def test_sites_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_CHUNK", 2)
    for number in range(5):
        make_answer(make_open_site(name=f"Ward {number}"))
    looked_at: list[int] = []
    assert freshness.site_figures(today(), looked_at.append).confirmed == 5
    assert looked_at == [2, 2, 1]
