"""The fields of a record as editors know them: what a text is written from, and what can change.

Every element of the record that the importer reads belongs to exactly one of these
(`registry.changes` says which, and a test holds it to the whole record).
"""

from collections.abc import Iterable

from django.db.models import TextChoices


class Source(TextChoices):
    """A field of the record, in an editor's words."""

    BRIEF_TITLE = "brief_title", "brief title"
    OFFICIAL_TITLE = "official_title", "official title"
    ACRONYM = "acronym", "acronym"
    BRIEF_SUMMARY = "brief_summary", "brief summary"
    DETAILED_DESCRIPTION = "detailed_description", "detailed description"
    CONDITIONS = "conditions", "conditions"
    KEYWORDS = "keywords", "keywords"
    OVERALL_STATUS = "overall_status", "status of the whole study"
    EXPANDED_ACCESS = "expanded_access", "access outside the trial"
    START_DATE = "start_date", "start date"
    PRIMARY_COMPLETION_DATE = "primary_completion_date", "date of the main results"
    COMPLETION_DATE = "completion_date", "end date"
    STUDY_TYPE = "study_type", "study type"
    PHASES = "phases", "phase"
    DESIGN = "design", "study design"
    ENROLLMENT = "enrollment", "number of people"
    ARMS = "arms", "groups"
    INTERVENTIONS = "interventions", "treatments"
    PRIMARY_OUTCOMES = "primary_outcomes", "main outcomes"
    OTHER_OUTCOMES = "other_outcomes", "other outcomes"
    CRITERIA = "criteria", "eligibility criteria"
    AGES = "ages", "ages"
    SEX = "sex", "sex"
    HEALTHY_VOLUNTEERS = "healthy_volunteers", "healthy volunteers"
    STUDY_POPULATION = "study_population", "study population"
    SPONSORS = "sponsors", "sponsor and collaborators"
    SITES = "sites", "places"
    SITE_STATUSES = "site_statuses", "status of a place"
    SITE_CONTACTS = "site_contacts", "contacts at a place"
    CENTRAL_CONTACTS = "central_contacts", "main contacts"
    OFFICIALS = "officials", "lead researchers"
    REFERENCES = "references", "publications and links"
    RESULTS = "results", "results"
    NUMBERS = "numbers", "reference numbers"
    RECORD_DATES = "record_dates", "dates of the record itself"
    MESH_TERMS = "mesh_terms", "medical subject headings"


class Urgency(TextChoices):
    """How soon an editor should look at a change."""

    URGENT = "urgent", "Urgent"
    HIGH = "high", "High"
    NORMAL = "normal", "Normal"


class Kind(TextChoices):
    """What a change is about, in a patient's words: the label fits “what changed: …”."""

    STATUS = "status", "if it is open"
    CONTACTS = "contacts", "contacts"
    WHO_CAN_JOIN = "who_can_join", "who can join"
    PLACES = "places", "places"
    TREATMENT = "treatment", "treatments and groups"
    DESIGN = "design", "how it is set up"
    OUTCOMES = "outcomes", "what is measured"
    DATES = "dates", "dates"
    ABOUT = "about", "title and summary"
    SPONSOR = "sponsor", "who runs it"
    RESULTS = "results", "results and publications"


_KINDS: dict[Kind, tuple[Source, ...]] = {
    Kind.STATUS: (Source.OVERALL_STATUS, Source.SITE_STATUSES, Source.EXPANDED_ACCESS),
    Kind.CONTACTS: (Source.SITE_CONTACTS, Source.CENTRAL_CONTACTS, Source.OFFICIALS),
    Kind.WHO_CAN_JOIN: (
        Source.CRITERIA,
        Source.AGES,
        Source.SEX,
        Source.HEALTHY_VOLUNTEERS,
        Source.STUDY_POPULATION,
    ),
    Kind.PLACES: (Source.SITES,),
    Kind.TREATMENT: (Source.ARMS, Source.INTERVENTIONS),
    Kind.DESIGN: (Source.STUDY_TYPE, Source.PHASES, Source.DESIGN, Source.ENROLLMENT),
    Kind.OUTCOMES: (Source.PRIMARY_OUTCOMES, Source.OTHER_OUTCOMES),
    Kind.DATES: (Source.START_DATE, Source.PRIMARY_COMPLETION_DATE, Source.COMPLETION_DATE),
    Kind.ABOUT: (
        Source.BRIEF_TITLE,
        Source.OFFICIAL_TITLE,
        Source.ACRONYM,
        Source.BRIEF_SUMMARY,
        Source.DETAILED_DESCRIPTION,
        Source.CONDITIONS,
    ),
    Kind.SPONSOR: (Source.SPONSORS,),
    Kind.RESULTS: (Source.REFERENCES, Source.RESULTS),
}
_URGENCIES = {
    Kind.STATUS: Urgency.URGENT,
    Kind.CONTACTS: Urgency.HIGH,
    Kind.WHO_CAN_JOIN: Urgency.HIGH,
    Kind.PLACES: Urgency.HIGH,
}
# Changes here alter nothing that a patient reads: no page speaks of them, no queue holds them.
UNREMARKABLE = frozenset({Source.KEYWORDS, Source.NUMBERS, Source.RECORD_DATES, Source.MESH_TERMS})


def kinds_of(sources: Iterable[str]) -> list[Kind]:
    """Return what changes of some fields are about, the most urgent first."""
    changed = set(sources)
    return [kind for kind, members in _KINDS.items() if changed.intersection(members)]


def urgency_of(kind: Kind) -> Urgency:
    """Return how soon an editor should look at a kind of change."""
    return _URGENCIES.get(kind, Urgency.NORMAL)


def sources_of(urgency: Urgency) -> list[Source]:
    """Return the fields whose change has an urgency."""
    return [s for kind, members in _KINDS.items() if urgency_of(kind) == urgency for s in members]
