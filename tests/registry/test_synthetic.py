"""Synthetic studies: the registry's shape and proportions, the same from the same seed."""

import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from trials.models import ImportProblem, Site
from trials.registry import synthetic
from trials.registry.run import import_studies

COUNT = 3_000
Json = dict[str, Any]


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return list(synthetic.studies(COUNT, seed=7))


@pytest.fixture(scope="module")
def made(lines: list[bytes]) -> list[Json]:
    return [json.loads(line) for line in lines]


def module(studies: list[Json], name: str) -> list[Json]:
    return [study["protocolSection"][name] for study in studies]


def shares(values: Iterator[Any]) -> dict[Any, float]:
    counted = Counter(values)
    return {value: number / counted.total() for value, number in counted.items()}


def locations(studies: list[Json]) -> list[list[Json]]:
    return [where["locations"] for where in module(studies, "contactsLocationsModule")]


def test_same_seed_gives_the_same_studies(lines: list[bytes]) -> None:
    again = list(synthetic.studies(50, seed=7))
    assert again == lines[:50]
    assert list(synthetic.studies(50, seed=8)) != again


def test_ids_are_numbered_where_the_registry_has_none(made: list[Json]) -> None:
    ids = [found["nctId"] for found in module(made, "identificationModule")]
    assert ids == [f"NCT{90_000_001 + number}" for number in range(COUNT)]


def test_mean_size_is_the_registrys(lines: list[bytes]) -> None:
    assert 15_000 < sum(map(len, lines)) / COUNT < 19_000


def test_kinds_and_statuses_have_the_registrys_shares(made: list[Json]) -> None:
    kinds = shares(design["studyType"] for design in module(made, "designModule"))
    assert kinds["INTERVENTIONAL"] == pytest.approx(0.77, abs=0.03)
    statuses = shares(found["overallStatus"] for found in module(made, "statusModule"))
    assert statuses["COMPLETED"] == pytest.approx(0.53, abs=0.03)
    assert statuses["RECRUITING"] == pytest.approx(0.136, abs=0.025)
    assert statuses["UNKNOWN"] == pytest.approx(0.14, abs=0.025)


def test_people_have_the_registrys_shares(made: list[Json]) -> None:
    people = module(made, "eligibilityModule")
    assert shares(found["sex"] for found in people)["ALL"] == pytest.approx(0.86, abs=0.03)
    assert shares(found.get("minimumAge") for found in people)["18 Years"] > 0.55
    groups = shares(tuple(found["stdAges"]) for found in people)
    assert groups[("ADULT", "OLDER_ADULT")] == pytest.approx(0.6, abs=0.05)


def test_sites_have_the_registrys_tail(made: list[Json]) -> None:
    counts = sorted(map(len, locations(made)))
    assert sum(counts) / COUNT == pytest.approx(5.9, abs=1.6)
    assert counts[COUNT // 2] == 1
    assert counts.count(0) / COUNT == pytest.approx(0.1, abs=0.03)
    assert counts[-1] > 150


def test_sites_stand_in_real_cities(made: list[Json]) -> None:
    sites = [site for where in locations(made) for site in where]
    countries = shares(site["country"] for site in sites)
    assert countries["United States"] == pytest.approx(0.36, abs=0.08)
    assert len(countries) > 50
    pointed = [site["geoPoint"] for site in sites if "geoPoint" in site]
    assert len(pointed) / len(sites) == pytest.approx(0.978, abs=0.01)
    assert all(-90 <= point["lat"] <= 90 and -180 <= point["lon"] <= 180 for point in pointed)


def test_conditions_follow_zipfs_law_with_a_seventh_about_cancer(made: list[Json]) -> None:
    named = [found["conditions"] for found in module(made, "conditionsModule")]
    counted = Counter(name for names in named for name in names)
    top = [number for _, number in counted.most_common(300)]
    assert top[0] > 1.5 * top[20]
    assert top[20] > 2 * top[200]
    assert sum(number == 1 for number in counted.values()) > 400
    browsed = [study["derivedSection"]["conditionBrowseModule"] for study in made]
    about = sum("Neoplasms" in json.dumps(found) for found in browsed) / COUNT
    assert about == pytest.approx(0.17, abs=0.04)


def test_contacts_are_nobodys(made: list[Json]) -> None:
    contacts = [
        contact
        for where in module(made, "contactsLocationsModule")
        for place in (where, *where["locations"])
        for contact in place.get("contacts", place.get("centralContacts", ()))
    ]
    assert len(contacts) > 500
    assert all(contact["email"].endswith("@example.org") for contact in contacts)
    assert all("-555-01" in contact["phone"] for contact in contacts)


@pytest.mark.django_db
def test_importer_takes_every_study_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl.gz"
    call_command("make_registry", studies=120, seed=3, out=str(path), stderr=io.StringIO())
    with gzip.open(path) as file:
        sites = sum(
            len(json.loads(line)["protocolSection"]["contactsLocationsModule"]["locations"])
            for line in file
        )

    totals = import_studies([str(path)])

    assert (totals.new, totals.rejected, totals.odd_values) == (120, 0, 0)
    assert not ImportProblem.objects.exists()
    assert Site._default_manager.count() == sites


def test_studies_are_made_one_by_one() -> None:
    assert len(list(islice(synthetic.studies(synthetic.MOST, seed=1), 3))) == 3


@pytest.mark.parametrize("count", [0, -1, synthetic.MOST + 1])
def test_count_out_of_range_is_refused(count: int) -> None:
    with pytest.raises(CommandError, match="1 to 9,000,000"):
        call_command("make_registry", studies=count)


def test_unwritable_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Can't write"):
        call_command("make_registry", studies=1, out=str(tmp_path / "none" / "made.jsonl"))
