"""`eligibilityModule`: limits as columns, the criteria text as a tree."""

from trials.eligibility import Node, parse_criteria
from trials.registry.parsers.values import Reader, Row
from trials.registry.study import EligibilityModule
from trials.terms.registry import SamplingMethod, Sex, StandardAge

_PATH = "protocolSection.eligibilityModule"
# The registry takes 20,000 characters; what is far longer stays one paragraph, as written.
_LONGEST_TEXT = 100_000
# No list that people wrote goes deeper; what claims to is shown at this depth.
_DEEPEST = 12


def eligibility(module: EligibilityModule, reader: Reader) -> Row:
    """Return the limits and the original text."""
    low = reader.age_months(module.minimum_age, f"{_PATH}.minimumAge")
    high = reader.age_months(module.maximum_age, f"{_PATH}.maximumAge")
    if low is not None and high is not None and low > high:
        reader.slip(
            f"{_PATH}.minimumAge",
            f"{module.minimum_age} to {module.maximum_age}",
            "The lower age limit is above the upper; shown as written, not searched by.",
        )
        low = high = None
    return {
        "criteria_text": module.eligibility_criteria,
        "minimum_age": module.minimum_age,
        "maximum_age": module.maximum_age,
        "minimum_age_months": low,
        "maximum_age_months": high,
        "standard_ages": reader.codes(StandardAge, module.std_ages, f"{_PATH}.stdAges"),
        "sex": reader.code(Sex, module.sex, f"{_PATH}.sex"),
        "gender_based": module.gender_based,
        "gender_description": module.gender_description,
        "healthy_volunteers": module.healthy_volunteers,
        "study_population": module.study_population,
        "sampling_method": reader.code(
            SamplingMethod, module.sampling_method, f"{_PATH}.samplingMethod"
        ),
    }


def criteria(module: EligibilityModule, reader: Reader) -> list[Row]:
    """Return the tree in reading order; `parent` is the row of the node above, or None."""
    rows: list[Row] = []
    above: list[Row] = []
    for position, node in enumerate(_nodes(module.eligibility_criteria, reader)):
        del above[min(node.depth, _DEEPEST) :]
        row = {
            "parent": above[-1] if above else None,
            "position": position,
            "depth": len(above),
            "section": node.section,
            "role": node.role,
            "marker": node.marker,
            "text": node.text,
        }
        rows.append(row)
        above.append(row)
    return rows


def _nodes(text: str, reader: Reader) -> tuple[Node, ...]:
    if len(text) <= _LONGEST_TEXT:
        return parse_criteria(text)
    reader.slip(
        f"{_PATH}.eligibilityCriteria",
        text,
        f"Longer than {_LONGEST_TEXT:,} characters; shown as written, not read into a list.",
    )
    return (Node(text=text, section="other", role="paragraph", depth=0, marker=""),)
