"""How invented studies are built: design, arms, outcomes, whom they take."""

from collections.abc import Callable
from random import Random

from trials.registry.synthetic import proportions as share
from trials.registry.synthetic.chance import pick
from trials.registry.synthetic.subjects import Subject
from trials.registry.synthetic.texts import Texts

Row = dict[str, object]
Fill = Callable[[str], str]

_ADULT_MONTHS = 18 * 12
_OLD_MONTHS = 65 * 12
_MONTHS = {"Year": 12.0, "Month": 1.0, "Week": 0.23, "Day": 0.033, "Minute": 0.0}


def design(random: Random, kind: str, ended: bool) -> Row:
    """Return the design module of a study of a kind."""
    count = int(10 ** (0.8 + 2.2 * random.random()))
    row: Row = {"studyType": kind}
    if kind == "INTERVENTIONAL":
        row["phases"] = share.PHASES(random)
        row["designInfo"] = {
            "allocation": share.ALLOCATION(random),
            "interventionModel": share.MODEL(random),
            "primaryPurpose": share.PURPOSE(random),
            "maskingInfo": {"masking": share.MASKING(random)},
        }
    elif kind == "OBSERVATIONAL":
        row["designInfo"] = {
            "observationalModel": share.OBSERVATIONAL_MODEL(random),
            "timePerspective": share.TIME_PERSPECTIVE(random),
        }
    else:
        row["expandedAccessTypes"] = {"individual": True}
        return row
    row["enrollmentInfo"] = {"count": count, "type": "ACTUAL" if ended else "ESTIMATED"}
    return row


def arms(
    random: Random, texts: Texts, treatments: list[tuple[str, Subject]], fill: Fill
) -> tuple[list[Row], list[Row]]:
    """Return the arms of a study and its interventions, each in an arm."""
    groups: list[Row] = []
    interventions: list[Row] = []
    for number, (kind, treatment) in enumerate(treatments, 1):
        name = treatment.names[0]
        label = f"Arm {number}: {name}"
        groups.append(
            {
                "label": label,
                "type": share.ARM_TYPE(random),
                "description": fill(texts.some(random, "arm", 3)),
                "interventionNames": [f"{kind.replace('_', ' ').capitalize()}: {name}"],
            }
        )
        row: Row = {
            "type": kind,
            "name": name,
            "description": fill(texts.some(random, "arm", 3)),
            "armGroupLabels": [label],
        }
        others = treatment.names[1 : share.OTHER_NAMES(random) + 1]
        if others:
            row["otherNames"] = others
        interventions.append(row)
    return groups, interventions


def outcomes(random: Random, texts: Texts, fill: Fill) -> Row:
    """Return the outcomes module."""

    def some(count: int) -> list[Row]:
        return [
            {
                "measure": texts.one(random, "outcome"),
                "description": fill(texts.some(random, "detail", 3)),
                "timeFrame": texts.one(random, "period"),
            }
            for _ in range(count)
        ]

    return {
        "primaryOutcomes": some(share.PRIMARY_OUTCOMES(random)),
        "secondaryOutcomes": some(share.SECONDARY_OUTCOMES(random)),
    }


def eligibility(random: Random, texts: Texts, kind: str, fill: Fill) -> Row:
    """Return the eligibility module."""
    count = share.CRITERIA(random)
    inclusion = texts.some(random, "inclusion", count // 2, "\n* ")
    exclusion = texts.some(random, "exclusion", count // 2, "\n* ")
    minimum, maximum = share.MINIMUM_AGE(random), share.MAXIMUM_AGE(random)
    youngest, oldest = months(minimum, 0.0), months(maximum, float("inf"))
    if oldest <= youngest and oldest <= _ADULT_MONTHS:
        minimum, youngest = "", 0.0
    elif oldest <= youngest:
        maximum, oldest = "", float("inf")
    row: Row = {
        "eligibilityCriteria": fill(
            f"Inclusion Criteria:\n\n* {inclusion}\n\nExclusion Criteria:\n\n* {exclusion}"
        ),
        "sex": share.SEX(random),
        "minimumAge": minimum,
        "maximumAge": maximum,
        "healthyVolunteers": share.HEALTHY_VOLUNTEERS(random),
        "stdAges": _groups(youngest, oldest),
    }
    if kind == "OBSERVATIONAL":
        row["samplingMethod"] = share.SAMPLING(random)
        row["studyPopulation"] = fill(texts.one(random, "population"))
    return {name: value for name, value in row.items() if value not in ("", None)}


def months(age: str, otherwise: float) -> float:
    """Return an age in the registry's words in months."""
    if not age:
        return otherwise
    number, unit = age.split()
    return float(number) * _MONTHS[unit.rstrip("s")]


def status_of_site(random: Random, status: str) -> str:
    """Return a site's own status; only a recruiting study's sites have one."""
    return share.SITE_STATUS(random) if status == "RECRUITING" else ""


def why_stopped(random: Random, texts: Texts, status: str) -> str:
    """Return why a study stopped, empty where it did not."""
    return texts.one(random, "reason") if status in share.STOPPED else ""


def keywords(random: Random, texts: Texts, condition: str) -> list[str]:
    """Return keywords: some from the study's condition, some of the field's words."""
    count = share.KEYWORDS(random)
    found = [condition] if count > 2 and random.random() < 0.5 else []
    found += [texts.terms(random) for _ in range(count - len(found))]
    if count and random.random() < 0.5:
        found[-1] = pick(random, texts.lists["measure"])
    return found


def _groups(youngest: float, oldest: float) -> list[str]:
    found = []
    if youngest < _ADULT_MONTHS:
        found.append("CHILD")
    if youngest < _OLD_MONTHS and oldest >= _ADULT_MONTHS:
        found.append("ADULT")
    if oldest >= _OLD_MONTHS:
        found.append("OLDER_ADULT")
    return found
