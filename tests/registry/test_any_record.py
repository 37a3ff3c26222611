"""Whatever stands in a record: it becomes a row or a recorded problem, never an exception."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import records
from registry.database import Importer
from registry.records import Json
from trials import models
from trials.registry.decode import RejectedRecord, record_of
from trials.registry.parse import parse

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "\x00", "a\x00b", "Ã©", "â€™", "\\", "\t\n", "'\";--", "%s", "x" * 5000]
    ),
    st.sampled_from(
        ["2019-02-30", "0000", "9999-12-31", "about 18", "18 Years", "999999999 Years"]
    ),
    st.sampled_from(["NCT00000001", "RECRUITING", "NOT_A_CODE"]),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([2**31, 2**63, 2**64, -1, 1e308, 91, 500.0]),
    TEXTS,
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) below a value."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    """Return the whole study without some keys, with unknown ones, and with anything anywhere."""
    study = records.whole()
    for _ in range(draw(st.integers(1, 6))):
        container, key = draw(st.sampled_from(places(study)))
        what = draw(st.sampled_from(["remove", "replace", "replace", "add", "repeat"]))
        if what == "remove":
            del container[key]
        elif what == "replace":
            container[key] = draw(JSON)
        elif isinstance(container, dict):
            container[draw(TEXTS)] = draw(JSON)
        else:
            container.append(draw(JSON) if what == "add" else container[key])
        if not places(study):
            break
    return study


@given(damaged())
def test_any_damage_is_parsed_or_rejected(study: Json) -> None:
    with suppress(RejectedRecord):
        parse(record_of(records.raw(study), "file", "record 1"))


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_rejected(noise: bytes) -> None:
    for raw in (
        noise,
        b'{"protocolSection":' + noise + b"}",
        records.raw(records.whole())[:-40] + noise,
    ):
        with suppress(RejectedRecord):
            record_of(raw, "", "")


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=damaged(), second=damaged())
def test_any_damage_becomes_a_row_or_a_problem(take: Importer, first: Json, second: Json) -> None:
    """Two states of one trial, so that an update meets them too, beside one that is sound."""
    for study in (first, second):
        totals = take(study, records.whole(2))

        assert totals.read == 2
        assert totals.unchanged + totals.new + totals.changed + totals.rejected == 2
        run = models.ImportRun.objects.latest("pk")
        assert run.problems.filter(kind="REJECTED").count() == totals.rejected
        assert run.problems.filter(kind="ODD_VALUE").count() == totals.odd_values
        assert not run.problems.filter(message__startswith="The database").exists()
        assert models.Trial.everything.filter(nct_id=records.nct(2)).exists()
