"""The criteria tree as rows: bounded, whatever a record holds."""

from trials.registry.decode import Slip
from trials.registry.parsers import eligibility
from trials.registry.parsers.values import Reader
from trials.registry.study import EligibilityModule


def criteria(text: str) -> tuple[list[dict[str, object]], list[Slip]]:
    slips: list[Slip] = []
    rows = eligibility.criteria(EligibilityModule(eligibility_criteria=text), Reader(slips))
    return rows, slips


def test_criteria_that_claim_to_be_endlessly_deep_keep_every_line() -> None:
    text = "Inclusion Criteria:\n" + "\n".join(f"{'  ' * n}* level {n}" for n in range(250))
    rows, slips = criteria(text)
    assert [row["text"] for row in rows[1:]] == [f"level {n}" for n in range(250)]
    assert max(row["depth"] for row in rows) == 12
    assert slips == []


def test_criteria_depth_always_fits_the_parent() -> None:
    rows, _ = criteria("\n".join(f"{'   ' * (n % 40)}{n}. item" for n in range(200)))
    for row in rows:
        parent = row["parent"]
        assert row["depth"] == (parent["depth"] + 1 if parent else 0)


def test_criteria_of_unreasonable_length_stay_one_paragraph_and_are_noted() -> None:
    rows, slips = criteria("Inclusion Criteria:\n" + "* a line of text\n" * 10_000)
    assert [row["role"] for row in rows] == ["paragraph"]
    assert [slip.path for slip in slips] == [
        "protocolSection.eligibilityModule.eligibilityCriteria"
    ]
    assert len(slips[0].value) <= 200
