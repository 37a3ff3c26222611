"""The record's words that a field is written from, read from a trial's rows.

The guard holds a rewrite against them, and the writing form shows them beside the field.
"""

from collections.abc import Callable, Iterable
from typing import cast

from django.db.models import QuerySet

from trials.editorial.checks.guard.source import Section
from trials.models import Criterion, Trial
from trials.terms import plain
from trials.terms.sources import Source

# As people say it: “non randomized” would read as a number of things that are randomized.
_ALLOCATIONS = {"RANDOMIZED": "Randomized", "NON_RANDOMIZED": "Not randomized"}
_RULES = (Criterion.Role.ITEM, Criterion.Role.PARAGRAPH)
_ROWS = (
    "trial_conditions",
    "interventions",
    "arms",
    "outcome_measures",
    "criteria",
    "references",
    "links",
    "overall_officials",
    "trial_sponsors__sponsor",
)


def with_sources(trials: "QuerySet[Trial]") -> "QuerySet[Trial]":
    """Load with trials what their texts are written from, in a fixed number of queries."""
    return trials.select_related("eligibility").prefetch_related(*_ROWS)


def source_text(trial: Trial, source: Source) -> str:
    """Return one field of the record as lines; empty where the record is silent."""
    return "\n".join(line for line in _READERS[source](trial) if line.strip())


def statements(trial: Trial) -> "tuple[tuple[Section, str], ...]":
    """Return the criteria as (section, text), in reading order; headings and notes are none."""
    return tuple(
        (cast("Section", row.section), row.text)
        for row in trial.criteria.all()
        if row.role in _RULES
    )


def rules(trial: Trial) -> list[Criterion]:
    """Return the rows of the criteria's tree in reading order."""
    return list(trial.criteria.all())


def _design(trial: Trial) -> Iterable[str]:
    yield trial.get_primary_purpose_display()
    yield _ALLOCATIONS.get(trial.allocation, "")
    yield trial.get_intervention_model_display()
    yield trial.intervention_model_description
    yield trial.get_masking_display()
    yield trial.masking_description
    yield trial.get_observational_model_display()
    yield trial.get_time_perspective_display()
    yield trial.target_duration


def _arms(trial: Trial) -> Iterable[str]:
    arms = list(trial.arms.all())
    if len(arms) > 1:
        yield f"{len(arms)} groups"
    for arm in arms:
        yield f"{arm.label}: {arm.description}" if arm.description else arm.label


def _interventions(trial: Trial) -> Iterable[str]:
    for row in trial.interventions.all():
        names = ", ".join([row.name, *row.other_names])
        yield f"{names}: {row.description}" if row.description else names


def _outcomes(trial: Trial, *, primary: bool) -> Iterable[str]:
    for row in trial.outcome_measures.all():
        if (row.kind == "PRIMARY") == primary:
            yield ". ".join(part for part in (row.measure, row.description, row.time_frame) if part)


def _limits(*names: str) -> Callable[[Trial], Iterable[str]]:
    def read(trial: Trial) -> Iterable[str]:
        limits = getattr(trial, "eligibility", None)
        return [str(getattr(limits, name) or "") for name in names] if limits else []

    return read


def _ages(trial: Trial) -> Iterable[str]:
    limits = getattr(trial, "eligibility", None)
    if limits and limits.minimum_age:
        yield f"Minimum age: {limits.minimum_age}"
    if limits and limits.maximum_age:
        yield f"Maximum age: {limits.maximum_age}"


def _sex(trial: Trial) -> Iterable[str]:
    limits = getattr(trial, "eligibility", None)
    if limits and limits.sex:
        yield plain.sex(limits.sex)
        yield limits.gender_description


def _healthy(trial: Trial) -> Iterable[str]:
    limits = getattr(trial, "eligibility", None)
    if limits and limits.healthy_volunteers is not None:
        yield f"Healthy volunteers: {'accepted' if limits.healthy_volunteers else 'not accepted'}"


def _columns(*names: str) -> Callable[[Trial], Iterable[str]]:
    return lambda trial: [str(getattr(trial, name) or "") for name in names]


def _date(name: str) -> Callable[[Trial], Iterable[str]]:
    def read(trial: Trial) -> Iterable[str]:
        day = getattr(trial, name)
        return [plain.date_words(day, getattr(trial, f"{name}_precision")).words] if day else []

    return read


def _sites(trial: Trial) -> Iterable[str]:
    for site in trial.sites.select_related("facility").order_by("position")[:50]:
        yield str(site.facility)


def _enrollment(trial: Trial) -> Iterable[str]:
    if trial.enrollment_count is not None:
        yield f"{trial.enrollment_count} people ({trial.enrollment_type.lower() or 'not stated'})"


def _references(trial: Trial) -> Iterable[str]:
    yield from (row.citation for row in trial.references.all())
    yield from (f"{row.label} {row.url}" for row in trial.links.all())


def _nothing(trial: Trial) -> Iterable[str]:
    """No text is written from this field: it has no words of its own."""
    return []


_READERS: dict[Source, Callable[[Trial], Iterable[str]]] = {
    Source.BRIEF_TITLE: _columns("brief_title"),
    Source.OFFICIAL_TITLE: _columns("official_title"),
    Source.ACRONYM: _columns("acronym"),
    Source.BRIEF_SUMMARY: _columns("brief_summary"),
    Source.DETAILED_DESCRIPTION: _columns("detailed_description"),
    Source.CONDITIONS: lambda trial: [row.name for row in trial.trial_conditions.all()],
    Source.KEYWORDS: lambda trial: trial.keywords,
    Source.OVERALL_STATUS: lambda trial: [trial.get_overall_status_display(), trial.why_stopped],
    Source.EXPANDED_ACCESS: _columns("expanded_access_nct_id"),
    Source.START_DATE: _date("start_date"),
    Source.PRIMARY_COMPLETION_DATE: _date("primary_completion_date"),
    Source.COMPLETION_DATE: _date("completion_date"),
    Source.STUDY_TYPE: lambda trial: [trial.get_study_type_display()],
    Source.PHASES: lambda trial: trial.phases,
    Source.DESIGN: _design,
    Source.ENROLLMENT: _enrollment,
    Source.ARMS: _arms,
    Source.INTERVENTIONS: _interventions,
    Source.PRIMARY_OUTCOMES: lambda trial: _outcomes(trial, primary=True),
    Source.OTHER_OUTCOMES: lambda trial: _outcomes(trial, primary=False),
    Source.CRITERIA: lambda trial: (
        [row.text for row in trial.criteria.all()] or _limits("criteria_text")(trial)
    ),
    Source.AGES: _ages,
    Source.SEX: _sex,
    Source.HEALTHY_VOLUNTEERS: _healthy,
    Source.STUDY_POPULATION: _limits("study_population", "sampling_method"),
    Source.SPONSORS: lambda trial: [row.sponsor.name for row in trial.trial_sponsors.all()],
    Source.SITES: _sites,
    Source.SITE_STATUSES: _nothing,
    Source.SITE_CONTACTS: _nothing,
    Source.CENTRAL_CONTACTS: _nothing,
    Source.OFFICIALS: lambda trial: [row.name for row in trial.overall_officials.all()],
    Source.REFERENCES: _references,
    Source.RESULTS: _nothing,
    Source.NUMBERS: _nothing,
    Source.RECORD_DATES: _nothing,
    Source.MESH_TERMS: _nothing,
}
