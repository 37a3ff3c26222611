"""The freshness page and its JSON: both say the newest count, or that there is none."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.project.production import REPOSITORY
from trials.editorial.checks.reading import grade
from trials.models import FreshnessCount
from trials.terms.countries import CODES
from trials.terms.freshness import (
    CorrectionFigures,
    CountrySites,
    Figures,
    GradeTexts,
    RegistryFigures,
    ReportFigures,
    SiteFigures,
    TextFigures,
)
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
FIGURES = Figures(
    counted_days=365,
    sites=SiteFigures(
        open=1_204,
        confirmed=301,
        share=0.25,
        confirmed_days=90,
        countries=(
            CountrySites("KE", "Kenya", 1_200, 301, 301 / 1_200),
            CountrySites("", "Atlantis <b>", 3, 0, 0.0),
            CountrySites("", "", 1, 0, 0.0),
        ),
    ),
    corrections=CorrectionFigures(4, 31, 17, 6, 11, 2),
    reports=ReportFigures(5, 44, 40, {"ANSWERED": 3, "CORRECTED": 36, "TOO_OLD": 1}, 1, 19),
    texts=TextFigures(88, 7, 87, 6.4, (GradeTexts(5, 40), GradeTexts(7, 47))),
    registry=RegistryFigures(AT - timedelta(days=2), 600_123),
)
EMPTY = Figures(
    counted_days=365,
    sites=SiteFigures(0, 0, None, 90, ()),
    corrections=CorrectionFigures(0, 0, 0, 0, 0, None),
    reports=ReportFigures(0, 0, 0, {}, None, None),
    texts=TextFigures(0, 0, 0, None, ()),
    registry=RegistryFigures(None, 0),
)
PATHS = ("/freshness/", "/freshness.json")


def keep(figures: Figures = FIGURES, at: datetime = AT) -> None:
    FreshnessCount.objects.create(counted_at=at, figures=msgspec.to_builtins(figures))


def page_of(client: Client) -> str:
    """Return what the page says between its tags, on one line."""
    html = client.get("/freshness/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def test_freshness_works(pat: Client) -> None:
    keep()
    said = page_of(pat)
    assert "22 November 2026 at 09:05 UTC" in said
    assert "1,204 sites are open now. The contacts of 301 of them (25%) are confirmed." in said
    assert "Kenya 1,200 301 (25.1%)" in said
    assert "Atlantis &lt;b&gt; 3 0 (0%)" in said
    assert "Country not stated 1 0 (0%)" in said
    assert "Sent to us 31" in said
    assert "Accepted 17" in said
    assert "Declined 6" in said
    assert "Now in the registry, too 11" in said
    assert "Waiting today 4" in said
    assert "Half of them: 2 days or less" in said
    assert "Open today 5" in said
    assert "Half of them: 1 day or less 9 in 10 of them: 19 days or less" in said
    assert said.index("It was corrected 36") < said.index("The study team answered 3")
    assert "No one could look into it in 180 days 1" in said
    assert "Trials with our own words 88" in said
    assert "Behind the record 7" in said
    assert "Reading grade, on average 6.4" in said
    assert "Grade 7 47" in said
    assert "We last read it on 20 November 2026 at 09:05 UTC: 600,123 records." in said


def test_freshness_shows_the_newest_count(pat: Client) -> None:
    keep()
    keep(EMPTY, AT + timedelta(hours=1))
    assert "at 10:05 UTC" in page_of(pat)
    assert pat.get("/freshness.json").json()["counted_at"] == "2026-11-22T10:05:00Z"


def test_freshness_of_an_empty_portal_says_so(pat: Client) -> None:
    keep(EMPTY)
    said = page_of(pat)
    assert "No site is open now." in said
    assert "We have not read the registry yet." in said
    assert "<table" not in pat.get("/freshness/").content.decode()


@pytest.mark.parametrize("older", [None, {}, {"sites": 3}, {"counted_days": "many"}])
def test_freshness_before_the_first_count_says_so(
    pat: Client, older: dict[str, object] | None
) -> None:
    """Figures that an older version of the portal wrote are none."""
    if older is not None:
        FreshnessCount.objects.create(counted_at=AT, figures=older)
    assert "We have not counted yet." in page_of(pat)
    assert pat.get("/freshness.json").json() == {"counted_at": None, "figures": None}


@pytest.mark.parametrize("figures", [FIGURES, EMPTY])
def test_json_has_the_figures_and_nothing_else(pat: Client, figures: Figures) -> None:
    keep(figures)
    response = pat.get("/freshness.json")
    assert response["Content-Type"] == "application/json"
    said = response.json()
    assert said.keys() == {"counted_at", "figures"}
    assert msgspec.convert(said["figures"], Figures) == figures
    assert conforms(said["figures"], msgspec.json.schema(Figures))


def test_codes_of_the_json_are_those_of_the_docs(pat: Client) -> None:
    keep()
    figures = pat.get("/freshness.json").json()["figures"]
    assert {row["code"] for row in figures["sites"]["countries"]} <= {"", *CODES}
    assert figures["reports"]["outcomes"].keys() <= set(Outcome.values)
    docs = (REPOSITORY / "docs/freshness.md").read_text()
    assert {code for code in Outcome.values if f"`{code}`" not in docs} == set()


def test_every_key_of_the_json_is_in_the_docs() -> None:
    docs = (REPOSITORY / "docs/freshness.md").read_text()
    keys = {key for key in keys_of(Figures) if f"`{key}`" not in docs}
    assert keys == set()


def keys_of(kind: Any, before: str = "") -> set[str]:
    """Return the paths of all values of a class of figures: `sites.countries[].code`."""
    found: set[str] = set()
    hints = get_type_hints(kind)
    for field in fields(kind):
        inner, path = hints[field.name], before + field.name
        rows = [each for each in get_args(inner) if is_dataclass(each)]
        if is_dataclass(inner):
            found |= keys_of(inner, f"{path}.")
        elif rows:
            found |= keys_of(rows[0], f"{path}[].")
        else:
            found.add(path)
    return found


def conforms(value: Any, schema: dict[str, Any]) -> bool:
    """Tell whether a value is of a JSON Schema, as far as schemas of dataclasses go."""
    definitions = schema["$defs"]

    def fits(value: Any, schema: dict[str, Any]) -> bool:
        if "$ref" in schema:
            return fits(value, definitions[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return any(fits(value, each) for each in schema["anyOf"])
        match schema["type"]:
            case "object" if "properties" in schema:
                keys = schema["properties"]
                return value.keys() == keys.keys() == set(schema["required"]) and all(
                    fits(value[key], keys[key]) for key in keys
                )
            case "object":
                return all(fits(each, schema["additionalProperties"]) for each in value.values())
            case "array":
                return all(fits(each, schema["items"]) for each in value)
            case kind:
                return type(value) in _TYPES[kind]

    return fits(value, schema)


_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "null": (type(None),),
}


@pytest.mark.parametrize("amount", [0, 1, 30])
@pytest.mark.parametrize("path", PATHS)
def test_query_count_does_not_grow(
    pat: Client, path: str, amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(amount):
        keep()
    with django_assert_num_queries(1):
        assert pat.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_answer_may_be_cached_and_sets_no_cookie(pat: Client, path: str) -> None:
    keep()
    response = pat.get(path)
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(pat: Client, path: str, method: str) -> None:
    assert getattr(pat, method)(path).status_code == 405
    assert pat.head(path).status_code == 200


def test_freshness_is_linked_from_every_page_and_links_its_data(pat: Client) -> None:
    keep()
    for path in ("/", "/how-we-work/", "/glossary/"):
        assert 'href="/freshness/"' in pat.get(path).content.decode()
    assert 'href="/freshness.json"' in pat.get("/freshness/").content.decode()


def test_page_is_in_plain_words(pat: Client) -> None:
    keep()
    html = pat.get("/freshness/").content.decode()
    prose = [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<p[^>]*>(.*?)</p>", html)]
    value = grade("\n".join(prose))
    assert value is not None
    assert value <= 8


def test_stored_figures_are_json_and_back(pat: Client) -> None:
    stored = json.loads(json.dumps(msgspec.to_builtins(FIGURES)))
    assert msgspec.convert(stored, Figures) == FIGURES
