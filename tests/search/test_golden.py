"""The searches of golden.tsv: what people type, and what they must find."""

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import factories as make
from trials.indexing import Vocabulary, count_trials, learn, refresh
from trials.models import MeshTerm, SecondaryId, Trial, TrialMeshTerm
from trials.search import results
from trials.search.filters import search_of
from trials.search.words.ids import trial_of

HERE = Path(__file__).parent
PLACES = {
    "Leeds": ("", "United Kingdom", (53.79648, -1.54785)),
    "London": ("", "United Kingdom", (51.50853, -0.12574)),
    "Boston": ("Massachusetts", "United States", (42.35843, -71.05977)),
    "Houston": ("Texas", "United States", (29.76328, -95.36327)),
    "Kisumu": ("", "Kenya", (-0.10221, 34.76171)),
    "Sydney": ("New South Wales", "Australia", (-33.86785, 151.20732)),
}
Line = dict[str, str]


def golden() -> list[Line]:
    text = (HERE / "golden.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    reader = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return [{name: (value or "").strip() for name, value in row.items()} for row in reader]


# The marker also makes pytest-django set the test database up for `answers`.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[int, list[str]]:
    """Return the NCT ids that each search finds, by its number."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        found = {number: answer(line) for number, line in enumerate(golden())}
        transaction.set_rollback(True)
    return found


def answer(line: Line) -> list[str]:
    """Return what the results page would show, in order: one trial for its number."""
    if nct_id := trial_of(line["search"]):
        return [nct_id]
    asked = {"q": line["search"], "place": line["place"], "age": line["age"], "sex": line["sex"]}
    asked["status"] = "all" if line["status"] == "all" else ""
    search = search_of(urlencode({name: value for name, value in asked.items() if value}))
    hits = results.find(search).hits
    trials_by_key = Trial.everything.in_bulk([hit.trial_id for hit in hits])
    return [trials_by_key[hit.trial_id].nct_id for hit in hits]


@pytest.mark.parametrize(
    "number", range(len(golden())), ids=[line["search"].replace(" ", "_") for line in golden()]
)
def test_search_finds_what_it_must(number: int, answers: dict[int, list[str]]) -> None:
    line = golden()[number]
    first = answers[number][: int(line["first"])]
    right = {f"NCT{one}" for one in line["right"].split()}
    never = {f"NCT{one}" for one in line["never"].split()}
    assert right <= set(first), answers[number]
    assert not never & set(first), answers[number]


def test_every_line_is_whole() -> None:
    assert len(golden()) >= 60
    known = {trial["nct"] for trial in trials()} | {
        path.stem for path in (settings.BASE_DIR / "fixtures" / "studies").iterdir()
    }
    for line in golden():
        named = {f"NCT{one}" for one in (line["right"] + " " + line["never"]).split()}
        assert named, line
        assert named <= known, line
        assert line["status"] in ("open", "all"), line


def trials() -> list[dict[str, Any]]:
    with (HERE / "golden_trials.toml").open("rb") as file:
        return tomllib.load(file)["trial"]


def fill() -> None:
    """Import the demonstration studies and write the trials of golden_trials.toml."""
    call_command("import_studies", settings.BASE_DIR / "fixtures" / "studies", verbosity=0)
    vocabulary = Vocabulary()
    refresh([make_golden(values).pk for values in trials()], vocabulary=vocabulary)
    vocabulary.flush()
    learn()
    count_trials()


def make_golden(values: dict[str, Any]) -> Trial:
    """Write one trial of the file with all that it says."""
    low, high = values.get("ages", (18, 99))
    trial = make.make_trial(
        nct_id=values["nct"],
        brief_title=values["title"],
        official_title=values.get("official", ""),
        brief_summary=values.get("summary", ""),
        acronym=values.get("acronym", ""),
        keywords=values.get("keywords", []),
        overall_status=values.get("status", "RECRUITING"),
        sponsor=values.get("sponsor", "Harbour Institute"),
        first_posted_date=date(2026, 1, 1),
        eligibility={
            "minimum_age_months": 12 * low,
            "maximum_age_months": 12 * (high + 1),
            "sex": values.get("sex", "ALL"),
        },
    )
    for name in values["conditions"]:
        make.make_condition(trial, name)
    for text in values.get("treatments", []):
        name, *others = (part.strip() for part in text.split("="))
        make.make_intervention(trial, name, other_names=others)
    for key, is_ancestor in (("headings", False), ("broader", True)):
        for term in values.get(key, []):
            make_heading(trial, term, is_ancestor=is_ancestor)
    for city in values.get("places", []):
        state, country, point = PLACES[city]
        make.make_site(trial, near=point, city=city, state=state, country=country)
    if "number" in values:
        SecondaryId.objects.create(trial=trial, value=values["number"], position=0)
    return trial


def make_heading(trial: Trial, term: str, *, is_ancestor: bool) -> None:
    mesh_term, _ = MeshTerm.objects.get_or_create(ui=f"G {term}", defaults={"term": term})
    TrialMeshTerm.objects.create(
        trial=trial,
        mesh_term=mesh_term,
        about=TrialMeshTerm.About.CONDITION,
        is_ancestor=is_ancestor,
    )
