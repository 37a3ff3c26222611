"""Labels and values: the quick facts, how the trial is set up, and the rest of the record."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trials.models import Eligibility, Trial
from trials.pages.presenters.links import Link, registry_record
from trials.pages.presenters.page import Fact, FactList
from trials.pages.presenters.prose import Notes, flat, plain
from trials.pages.presenters.rows import collaborators, lead_sponsor
from trials.pages.presenters.sites import place_of
from trials.terms import plain as words
from trials.terms.plain import NOT_STATED, DateWords
from trials.terms.registry import StudyType
from trials.wording.fields import ages_of, eligibility_of, trial_date
from trials.wording.withheld import released

_MOST_TREATMENTS = 6


def fact(label: str, value: str, meaning: str = "", notes: Notes | None = None) -> Fact:
    """Return a fact; an empty value is said to be missing."""
    word = notes.text if notes else plain
    return Fact(label, plain(value or NOT_STATED), word(meaning) if meaning else None)


def by_silence(facts: Iterable[Fact]) -> FactList:
    """Gather what the record does not state into one sentence."""
    every = tuple(facts)
    silent = [fact.label for fact in every if str(fact.value) == NOT_STATED]
    labels = [label[:1].lower() + label[1:] for label in silent]
    return FactList(
        tuple(fact for fact in every if str(fact.value) != NOT_STATED),
        f"The record does not state: {'; '.join(labels)}." if labels else "",
    )


def date_fact(trial: Trial, label: str, name: str) -> Fact:
    """Return a date as a fact, whether the record has it or not."""
    return _dated(label, trial_date(trial, name))


def _record_date(trial: Trial, label: str, name: str) -> Fact:
    """Return one of the record's own dates; what the registry only estimates isn't "expected"."""
    date = trial_date(trial, name)
    return _dated(label, replace(date, kind="estimated" if date.kind == "expected" else ""))


def _dated(label: str, date: DateWords) -> Fact:
    return Fact(label, plain(str(date)), date=date if date.iso else None)


def quick_facts(trial: Trial, notes: Notes) -> tuple[Fact, ...]:
    """Return the nine facts that every page opens with."""
    phase = words.phase(trial.phases, trial.study_type)
    kind = words.study_type(trial.study_type)
    size = words.enrollment(trial.enrollment_count, trial.enrollment_type)
    lead = lead_sponsor(trial)
    names = [row.name for row in trial.interventions.all() if released(row.name)]
    record = Link(f"{trial.nct_id} on ClinicalTrials.gov", registry_record(trial.nct_id))
    return (
        fact("Phase", phase.value, phase.meaning, notes),
        fact("Study type", kind.value, kind.meaning, notes),
        fact("Enrollment", size.value, size.meaning, notes),
        fact("Ages", ages_of(trial)),
        fact("Sex", words.sex(eligibility_of(trial).sex)),
        fact(
            "Sponsor",
            lead.sponsor.name if lead else "",
            words.sponsor_class(lead.sponsor.agency_class) if lead else "",
        ),
        fact("Drugs / interventions", words.shortlist(names, _MOST_TREATMENTS)),
        fact("Locations", words.sites([place_of(site) for site in trial.sites.all()])),
        Fact("Trial ID", plain(record.words), link=record),
    )


def setup_facts(trial: Trial) -> FactList:
    """Return how the trial is organised, and when it runs."""
    if trial.study_type == StudyType.OBSERVATIONAL:
        design = [
            fact("How it looks", words.observational_model(trial.observational_model)),
            fact("Time frame", words.time_perspective(trial.time_perspective)),
        ]
        if trial.target_duration:
            design.append(
                fact("How long each person is followed", words.duration(trial.target_duration))
            )
    elif trial.study_type == StudyType.EXPANDED_ACCESS:
        types = [words.expanded_access_type(code) for code in trial.expanded_access_types]
        design = [fact("Who it is for", "; ".join(types))]
    else:
        design = [
            fact("What it is for", words.primary_purpose(trial.primary_purpose)),
            fact("How people are put into groups", words.allocation(trial.allocation)),
            fact(
                "How the groups are organized",
                words.intervention_model(trial.intervention_model),
                flat(trial.intervention_model_description),
            ),
            fact(
                "Who knows which treatment you get",
                words.masking(trial.masking, trial.who_masked),
                flat(trial.masking_description),
            ),
        ]
    dates = (
        date_fact(trial, "Starts", "start_date"),
        date_fact(trial, "Main results measured by", "primary_completion_date"),
        date_fact(trial, "Ends", "completion_date"),
    )
    return by_silence((*design, *dates))


def more_facts(trial: Trial) -> FactList:
    """Return what the record holds beside the rest of the page: names, numbers, its own dates."""
    return by_silence(_more_facts(trial))


def _more_facts(trial: Trial) -> Iterator[Fact]:
    yield fact("Full scientific title", trial.official_title)
    if trial.acronym:
        yield fact("Also called", trial.acronym)
    yield fact("Recruitment status", words.status(trial.overall_status).words)
    if trial.last_known_status:
        yield fact("Last known status", words.status(trial.last_known_status).words)
    if trial.why_stopped:
        yield fact("Why it stopped", flat(trial.why_stopped))
    for part in collaborators(trial):
        yield fact(
            "Working with", part.sponsor.name, words.sponsor_class(part.sponsor.agency_class)
        )
    yield from _numbers(trial)
    yield _record_date(trial, "Record first shown", "first_posted_date")
    yield _record_date(trial, "Record last changed", "last_update_posted_date")
    yield _record_date(trial, "Record last verified", "status_verified_date")
    if trial.results_first_posted_date:
        yield _record_date(trial, "Results first shown", "results_first_posted_date")


def _numbers(trial: Trial) -> Iterator[Fact]:
    for other in trial.secondary_ids.all():
        kind = words.secondary_id_type(other.type)
        yield fact("Other reference number", other.value, f"{kind}. {other.domain}".rstrip(". "))
    for former in trial.id_redirects.all():
        yield fact("Former trial ID", former.nct_id)


def eligibility_facts(trial: Trial) -> FactList:
    """Return the limits that the record states apart from its criteria text."""
    limits = eligibility_of(trial)
    has_ages = limits.minimum_age or limits.maximum_age
    codes = [] if has_ages else limits.standard_ages
    groups = [words.standard_age(code).lower() for code in codes]
    facts = [
        fact("Ages", ages_of(trial), f"Age groups: {words.listed(groups)}." if groups else ""),
        fact(
            "Open to",
            words.sex(limits.sex),
            _gender(limits),
        ),
        fact(
            "Open to people without the condition",
            words.healthy_volunteers(limits.healthy_volunteers),
        ),
    ]
    if limits.study_population:
        facts.append(fact("Who is being studied", flat(limits.study_population)))
    if limits.sampling_method:
        facts.append(fact("How people are picked", words.sampling_method(limits.sampling_method)))
    return by_silence(facts)


def _gender(limits: Eligibility) -> str:
    """Return the record's own note on gender."""
    note = flat(limits.gender_description)
    if limits.gender_based and not note:
        return "The study team also looks at gender identity. Ask them what this means for you."
    return note
