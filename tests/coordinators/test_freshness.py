"""Figures of sites and corrections are those that a reader of every page would count."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.rows import fresh, make_answer, make_open_site
from tests.factories import hide, leave_registry, make_site, make_trial, make_user
from trials.coordinators import actions, details, freshness
from trials.models import Confirmation, Correction, ReaderReport, Settlement, Site
from trials.pages.presenters.sites import is_open
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.freshness import COUNTED_DAYS, CountrySites, SiteFigures
from trials.terms.registry import OverallStatus, RecruitmentStatus
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date
COUNTRIES = {
    "Kenya": "KE",
    "Turkey": "TR",
    "Turkey (Türkiye)": "TR",
    "France": "FR",
    "Atlantis": "",
    "": "",
}


def counted() -> SiteFigures:
    return freshness.site_figures(TODAY(), lambda _: None)


def report(site: Site, readers: int) -> None:
    """Let several readers say that a site's contact did not work."""
    for number in range(readers):
        ReaderReport.objects.create(
            trial=site.trial,
            site=site,
            place=actions.label_of(site),
            kind="NO_CONTACT",
            reported_on=TODAY(),
            reporter=f"{number:04}",
        )


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


# --- Sites ------------------------------------------------------------------------------------


def test_site_figures_of_an_empty_registry_are_nothing() -> None:
    assert counted() == SiteFigures(0, 0, None, 90, ())


@pytest.mark.parametrize("concealed", ["public", "hidden", "left"])
def test_open_sites_are_those_that_readers_see_as_open(concealed: str) -> None:
    for overall, own in product(["", *OverallStatus], ["", *RecruitmentStatus]):
        make_site(make_trial(overall_status=overall), recruitment_status=own)
    for site in Site.everything.select_related("trial"):
        if concealed != "public":
            (hide if concealed == "hidden" else leave_registry)(site.trial)
    seen = {
        site.pk
        for site in Site.everything.select_related("trial")
        if site.trial.is_public and is_open(site, site.trial.overall_status)
    }
    assert set(freshness.open_sites().values_list("pk", flat=True)) == seen
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
    for site in Site.everything.select_related("trial", "facility"):
        if not site.trial.is_public or not is_open(site, site.trial.overall_status):
            continue
        words = site.facility.country
        country = (COUNTRIES[words], "Turkey (Türkiye)" if "Turkey" in words else words)
        opened[country] += 1
        reported = ReaderReport.objects.filter(site=site).difficulties(TODAY()).exists()
        standing = details.standings([fresh(site)], reported={site.pk} if reported else ())
        confirmed[country] += standing[site.pk].state == ContactState.CONFIRMED
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
        for act in dice.choices(list(_acts(dice, site, by)), k=dice.randrange(4)):
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

    yield from (lambda kind=kind: answer(kind) for kind in (*Answer, Answer.RIGHT, Answer.RIGHT))
    yield change
    yield settled
    if not site.reader_reports.exists():
        report(site, dice.choice([0, 0, 2, 3]))


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
        assert freshness.site_figures(TODAY(), looked_at.append).confirmed == amount
    assert looked_at == [amount]


def test_sites_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_CHUNK", 2)
    for number in range(5):
        make_answer(make_open_site(name=f"Ward {number}"))
    looked_at: list[int] = []
    assert freshness.site_figures(TODAY(), looked_at.append).confirmed == 5
    assert looked_at == [2, 2, 1]


# --- Corrections ------------------------------------------------------------------------------


def correct(fate: Fate, *, told: int = 0, decided: int | None = None, ended: int | None = None):
    """Write a correction that was sent, decided and ended so many days ago."""
    answer = make_answer(make_open_site(), Answer.CHANGE, days_ago=told)
    at = None if decided is None else timezone.now() - timedelta(days=decided)
    return Correction.objects.create(
        trial=answer.trial,
        site=answer.site,
        site_label=answer.site_label,
        confirmation=answer,
        field=Field.PHONE,
        new_value="+254 20 1",
        fate=fate,
        decided_at=at,
        decided_by=make_user() if at else None,
        ended_on=None if ended is None else TODAY() - timedelta(days=ended),
    )


def test_corrections_before_the_first_are_nothing() -> None:
    found = freshness.correction_figures(TODAY())
    assert (found.waiting, found.received, found.accepted, found.median_days) == (0, 0, 0, None)


def test_corrections_are_counted_by_what_became_of_them() -> None:
    correct(Fate.WAITING, told=2)
    correct(Fate.ASKED, told=900)
    correct(Fate.ACCEPTED, told=8, decided=3)
    correct(Fate.MOVED, told=10, decided=9)
    correct(Fate.AGREED, told=50, decided=20, ended=5)
    correct(Fate.AGREED, told=4, ended=2)  # the registry was quicker than the desk
    correct(Fate.DECLINED, told=3, decided=3)
    correct(Fate.WITHDRAWN, told=1, ended=0)
    found = freshness.correction_figures(TODAY())
    assert found.waiting == 3
    assert found.received == 7
    assert (found.accepted, found.declined, found.agreed) == (3, 1, 2)
    assert found.median_days == 1  # of 0, 1, 5 and 30


@pytest.mark.parametrize(("days", "counts"), [(COUNTED_DAYS - 1, 1), (COUNTED_DAYS, 0)])
def test_corrections_are_of_the_last_year(days: int, counts: int) -> None:
    correct(Fate.ACCEPTED, told=days, decided=days)
    correct(Fate.AGREED, told=900, decided=899, ended=days)
    found = freshness.correction_figures(TODAY())
    assert (found.received, found.accepted, found.agreed) == (counts, counts, counts)


@pytest.mark.parametrize("seed", range(3))
def test_corrections_are_what_a_walk_over_all_of_them_counts(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(30):
        told = dice.randrange(500)
        fate = dice.choice(list(Fate))
        decided = dice.randrange(told + 1) if fate not in {Fate.WAITING, Fate.ASKED} else None
        correct(fate, told=told, decided=decided, ended=dice.randrange(told + 1))
    first = TODAY() - timedelta(days=364)
    rows = list(Correction.objects.select_related("confirmation"))
    decided_rows = [
        row
        for row in rows
        if row.decided_at
        and _day(row.decided_at) >= first
        and row.fate in {"ACCEPTED", "AGREED", "MOVED", "DECLINED"}
    ]
    took = sorted(
        (_day(row.decided_at) - _day(row.confirmation.confirmed_at)).days for row in decided_rows
    )
    found = freshness.correction_figures(TODAY())
    assert found.received == sum(_day(row.confirmation.confirmed_at) >= first for row in rows)
    assert found.declined == sum(row.fate == "DECLINED" for row in decided_rows)
    assert found.accepted == len(decided_rows) - found.declined
    assert found.agreed == sum(row.fate == "AGREED" and row.ended_on >= first for row in rows)
    assert found.waiting == sum(row.fate in {"WAITING", "ASKED", "MOVED"} for row in rows)
    assert found.median_days == took[(len(took) - 1) // 2]


def _day(at: datetime) -> date:
    return at.date()
