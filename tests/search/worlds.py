"""Small registries for search tests: trials of every kind, indexed as an import would."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests import factories as make
from trials.indexing.conditions import count_trials
from trials.indexing.refresh import refresh
from trials.models import Trial
from trials.terms import registry

CITIES = {
    ("Leeds", "", "United Kingdom"): (53.79648, -1.54785),
    ("London", "", "United Kingdom"): (51.50853, -0.12574),
    ("Suva", "Central", "Fiji"): (-18.14161, 178.44149),
    ("Apia", "", "Samoa"): (-13.83333, -171.76666),
    ("Tromsø", "Troms", "Norway"): (69.6489, 18.95508),
    ("Longyearbyen", "", "Svalbard and Jan Mayen"): (78.22334, 15.64689),
    ("Boston", "Massachusetts", "United States"): (42.35843, -71.05977),
}


def index(*trials: Trial) -> None:
    """Write the search rows of trials, and count their conditions."""
    refresh([trial.pk for trial in trials])
    count_trials()


def make_indexed(title: str, *conditions: str, **values: Any) -> Trial:
    """Write a trial about conditions and index it; `city` is where it runs."""
    city = values.pop("city", None)
    trial = make.make_trial(brief_title=title, official_title="", brief_summary="", **values)
    for name in conditions:
        make.make_condition(trial, name)
    if city:
        add_site(trial, city)
    index(trial)
    return trial


def add_site(trial: Trial, city: str, **values: Any) -> None:
    """Let a trial run in one of the CITIES."""
    for (name, state, country), point in CITIES.items():
        if name == city:
            make.make_site(trial, near=point, city=name, state=state, country=country, **values)
            return
    raise LookupError(city)


def make_mixed_world(amount: int = 60, seed: int = 7) -> list[Trial]:
    """Write trials that differ in everything facets look at, and index them."""
    dice = random.Random(seed)
    trials = [_mixed_trial(dice, number) for number in range(amount)]
    index(*trials)
    return trials


def _mixed_trial(dice: random.Random, number: int) -> Trial:
    low = dice.choice([None, 0, 6, 60, 216, 480])
    high = dice.choice([None, 504, 780, 1200])
    trial = make.make_trial(
        brief_title=f"{dice.choice(['Lupus', 'Asthma', 'Sleep'])} study {number}",
        overall_status=dice.choice(registry.OverallStatus.values[:9]),
        study_type=dice.choice(registry.StudyType.values),
        phases=dice.sample(registry.Phase.values, dice.randint(0, 2)),
        has_results=dice.random() < 0.3,
        first_posted_date=date(2020, 1, 1) + timedelta(days=dice.randint(0, 2000)),
        eligibility={
            "minimum_age_months": low,
            "maximum_age_months": high,
            "standard_ages": dice.sample(registry.StandardAge.values, dice.randint(0, 3)),
            "sex": dice.choice(["ALL", "FEMALE", "MALE", ""]),
            "healthy_volunteers": dice.choice([True, False, None]),
        },
        sponsor="",
    )
    make.make_sponsor(trial, f"Sponsor {number}", dice.choice(registry.AgencyClass.values))
    for kind in dice.sample(registry.InterventionType.values, dice.randint(0, 2)):
        make.make_intervention(trial, f"Thing {number}", type=kind)
    for city, _, _ in dice.sample(sorted(CITIES), dice.randint(0, 3)):
        add_site(trial, city, recruitment_status=dice.choice(["RECRUITING", "COMPLETED", ""]))
    if dice.random() < 0.2:
        make.make_published_text(trial)
    return trial


def ids(trials: Iterable[Trial]) -> list[int]:
    """Return the keys of trials."""
    return [trial.pk for trial in trials]
