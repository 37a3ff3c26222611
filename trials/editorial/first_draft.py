"""The first draft of a text: plain sentences from the record alone, for an editor to start from.

The same record gives the same draft. Every sentence is true of any record that holds the field;
none hopes or promises, and none is built around a name in another language.
"""

import re
from collections.abc import Iterator, Sequence

from django.db.models import Prefetch, prefetch_related_objects

from trials.editorial.checks.coverage import digest
from trials.editorial.fit_lines import Fit, fit
from trials.editorial.sources import USUAL
from trials.eligibility.characters import readable
from trials.models import Arm, OutcomeMeasure, Site, Trial
from trials.terms import plain as words
from trials.terms.desk import Part
from trials.terms.language import language_of
from trials.terms.registry import PrimaryPurpose, Sex, StudyType
from trials.terms.sources import Source
from trials.wording import limits, sentences
from trials.wording.fields import eligibility_of
from trials.wording.withheld import NOT_RELEASED, is_withheld, released

# What each field of a draft is really written from: what makes it stale, and what it is held to.
_READ: dict[Part, tuple[Source, ...]] = {
    Part.PLAIN_TITLE: (
        Source.BRIEF_TITLE,
        Source.OFFICIAL_TITLE,
        Source.CONDITIONS,
        Source.INTERVENTIONS,
        Source.STUDY_TYPE,
        Source.DESIGN,
        Source.AGES,
        Source.SEX,
        Source.HEALTHY_VOLUNTEERS,
    ),
    Part.PLAIN_SUMMARY: (
        Source.CONDITIONS,
        Source.INTERVENTIONS,
        Source.STUDY_TYPE,
        Source.DESIGN,
        Source.PRIMARY_OUTCOMES,
        Source.AGES,
        Source.SEX,
        Source.HEALTHY_VOLUNTEERS,
    ),
    Part.WHAT_IT_STUDIES: (
        Source.CONDITIONS,
        Source.ARMS,
        Source.INTERVENTIONS,
        Source.PRIMARY_OUTCOMES,
        Source.STUDY_TYPE,
        Source.DESIGN,
        Source.ENROLLMENT,
        Source.START_DATE,
        Source.COMPLETION_DATE,
    ),
    Part.GOOD_FIT: (Source.CRITERIA, Source.AGES, Source.SEX, Source.HEALTHY_VOLUNTEERS),
    Part.NOT_A_FIT: (Source.CRITERIA, Source.AGES, Source.SEX, Source.HEALTHY_VOLUNTEERS),
    Part.POTENTIAL_BENEFIT: (Source.STUDY_TYPE,),
    Part.SIMILAR_STUDIES: (Source.REFERENCES, Source.INTERVENTIONS),
    Part.TAKING_PART: (Source.PRIMARY_OUTCOMES, Source.OTHER_OUTCOMES, Source.SITES),
}
# An editor who goes on from a draft reads the usual fields as well: they stand beside the words.
SOURCES = {
    part: tuple(source for source in Source if source in {*_READ[part], *USUAL[part]})
    for part in Part
}
_LONGEST_NAME = 40
_LONGEST_OUTCOME = 90
_MOST_NAMES = 3
_MOST_CONDITIONS = 3
_MOST_OUTCOMES = 5
_MOST_TIMES = 6
_MOST_COUNTRIES = 5
_ADULT_MONTHS = 18 * 12
# What people can be said to have. A record's conditions are keywords too: “Anesthesia”, “Aging”.
_ILLNESS = re.compile(
    r".*(?:disease|disorder|syndrome|cancer|itis|oma|emia|osis|pathy|pain|failure|infection"
    r"|insomnia|asthma|diabetes|migraine|depression|epilepsy|hypertension|allergy|obesity"
    r"|sclerosis|dementia)s?",
    re.IGNORECASE,
)


def load(trial: Trial) -> None:
    """Load all rows that a draft is made of, in a number of queries that no record changes."""
    sites = Prefetch("sites", Site.everything.select_related("facility"))
    prefetch_related_objects(
        [trial],
        "eligibility",
        "arms__arm_interventions__intervention",
        "interventions",
        "outcome_measures",
        "criteria",
        "trial_conditions",
        sites,
    )


def draft(trial: Trial) -> dict[Part, str | list[str]]:
    """Return the words of every field of a trial's text; loads what it needs."""
    load(trial)
    sides = fit(trial)
    return {
        Part.PLAIN_TITLE: _title(trial),
        Part.PLAIN_SUMMARY: _summary(trial),
        Part.WHAT_IT_STUDIES: _paragraphs(_what_it_studies(trial)),
        Part.GOOD_FIT: [line.text for line in sides.good],
        Part.NOT_A_FIT: [line.text for line in sides.bad],
        Part.POTENTIAL_BENEFIT: sentences.benefit(trial),
        Part.SIMILAR_STUDIES: "",
        Part.TAKING_PART: _paragraphs(_taking_part(trial)),
    }


def covers(trial: Trial) -> dict[str, dict[str, str]]:
    """Return which line of the draft speaks of each criterion, as `Revision.covers` holds it."""
    load(trial)
    sides = fit(trial)
    return {
        digest(row.section, row.text): {"line": line.text}
        for line in (*sides.good, *sides.bad)
        for row in line.criteria
    }


def remarks(trial: Trial) -> list[str]:
    """Return what the editor of a first draft has to know: criteria that the record puts nowhere.

    They are on neither side of the draft, and one of them may be a reason not to join.
    """
    load(trial)
    return _unsided(fit(trial))


def _unsided(sides: Fit) -> list[str]:
    return [
        f"The record does not say on which side this stands: “{row.text}”" for row in sides.unsided
    ]


def _and_others(names: Sequence[str], most: int) -> str:
    """List names; those past the most are “others”, without a number to keep true."""
    return words.listed([*names[:most], *(["others"] if len(names) > most else [])])


def _paragraphs(parts: Iterator[str]) -> str:
    return "\n\n".join(part for part in parts if part)


# --- Title and summary ----------------------------------------------------------------------


def _title(trial: Trial) -> str:
    """Return “Sea air for people with insomnia”, or the record's own title."""
    tried, illness = sentences.intervention_names(trial), _illness(trial)
    is_short = 1 <= len(tried) <= 2 and all(map(_is_short, tried))
    if illness and is_short and trial.study_type == StudyType.INTERVENTIONAL:
        return f"{words.listed(tried)} for {_people(trial)} with {illness}"
    return trial.brief_title or trial.official_title or trial.nct_id


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and not language_of(name)


def _illness(trial: Trial) -> str:
    """Return the one condition that everybody in the trial has; empty where that isn't sure."""
    names = sentences.condition_names(trial)
    if len(names) != 1 or trial.primary_purpose != PrimaryPurpose.TREATMENT:
        return ""
    name = names[0]
    takes_healthy = eligibility_of(trial).healthy_volunteers is not False
    is_illness = _ILLNESS.fullmatch(name) and "," not in name
    return _as_in_text(trial, name) if is_illness and _is_short(name) and not takes_healthy else ""


def _as_in_text(trial: Trial, name: str) -> str:
    """Take the capital from a name where the record itself writes it without one."""
    text = f"{trial.brief_summary} {trial.detailed_description} {trial.brief_title}"
    small = name[:1].lower() + name[1:]
    if re.search(rf"\b{re.escape(small)}\b", text):
        return small
    lower = name.lower()
    return lower if re.search(rf"\b{re.escape(lower)}\b", text) else name


def _people(trial: Trial) -> str:
    """Return whom a trial is for by its limits of age and sex: “adults”, “women”, “children”."""
    held = eligibility_of(trial)
    if limits.is_for_children(trial):
        return "children"
    are_adults = (held.minimum_age_months or 0) >= _ADULT_MONTHS
    if held.sex in {Sex.FEMALE, Sex.MALE}:
        by_sex = {Sex.FEMALE: ("women", "girls and women"), Sex.MALE: ("men", "boys and men")}
        return by_sex[Sex(held.sex)][0 if are_adults else 1]
    return "adults" if are_adults else "people"


def _summary(trial: Trial) -> str:
    """Return one sentence: whom it is for, what is tried, what is measured first."""
    if is_withheld(trial):
        return NOT_RELEASED
    told = [part for part in (_for_whom(trial), _tried(trial), _measured(trial)) if part]
    return sentences.stop(f"This {words.noun(trial.study_type)} {words.listed(told)}")


def _for_whom(trial: Trial) -> str:
    illness = _illness(trial)
    if illness:
        return f"is for {_people(trial)} with {illness}"
    named = sentences.speakable(sentences.condition_names(trial))
    about = f" and is about {_and_others(named, _MOST_CONDITIONS)}" if named else ""
    return f"is for {_people(trial)}{about}"


def _tried(trial: Trial) -> str:
    names = sentences.speakable(sentences.intervention_names(trial))
    verb = "offers" if trial.study_type == StudyType.EXPANDED_ACCESS else "looks at"
    return f"{verb} {_and_others(names, _MOST_NAMES)}" if names else ""


def _measured(trial: Trial) -> str:
    first = next(iter(_outcomes(trial, OutcomeMeasure.Kind.PRIMARY)), None)
    told = readable(first.measure).strip() if first else ""
    if not told or len(told) > _LONGEST_OUTCOME or language_of(told):
        return ""
    return f"measures “{told.rstrip('.')}”"


# --- What it studies ------------------------------------------------------------------------


def _what_it_studies(trial: Trial) -> Iterator[str]:
    yield sentences.about(trial)
    yield _main_outcomes(trial)
    yield " ".join(sentences.how_it_works(trial))
    yield _groups(trial)


def _outcomes(trial: Trial, kind: str = "") -> list[OutcomeMeasure]:
    return [
        row
        for row in trial.outcome_measures.all()
        if kind in {"", row.kind} and released(row.measure)
    ]


def _main_outcomes(trial: Trial) -> str:
    rows = _outcomes(trial, OutcomeMeasure.Kind.PRIMARY)
    told = [_outcome(row) for row in rows]
    return _listing("What the team looks at first, in the record’s words:", told, _MOST_OUTCOMES)


def _outcome(row: OutcomeMeasure) -> str:
    when = f" (time frame: {readable(row.time_frame).strip()})" if row.time_frame.strip() else ""
    return f"{readable(row.measure).strip()}{when}"


def _groups(trial: Trial) -> str:
    arms = [arm for arm in trial.arms.all() if released(arm.label)]
    return _listing("The groups, by the names that the record gives them:", map(_group, arms))


def _group(arm: Arm) -> str:
    gets = [
        link.intervention.name
        for link in arm.arm_interventions.all()
        if released(link.intervention.name)
    ]
    kind = words.arm_type(arm.type)
    what = "; ".join(dict.fromkeys(gets))
    told = ". ".join(part for part in (kind, f"In the record: {what}" if what else "") if part)
    return f"{readable(arm.label).strip()}: {told}" if told else readable(arm.label).strip()


def _listing(lead: str, entries: Sequence[str] | Iterator[str], most: int = 0) -> str:
    every = [re.sub(r"\s+", " ", entry) for entry in entries]
    shown = every[:most] if most else every
    if not shown:
        return ""
    ends = ["and others, which are in the record"] if len(every) > len(shown) else []
    return "\n".join((lead, "", *(f"- {entry}" for entry in (*shown, *ends))))


# --- Taking part ----------------------------------------------------------------------------


def _taking_part(trial: Trial) -> Iterator[str]:
    yield _times(trial)
    yield _where(trial)
    yield (
        "The record does not say what happens at each visit. Ask the study team how often you "
        "come, how long each visit takes, and what is done there."
    )


def _times(trial: Trial) -> str:
    frames = (readable(row.time_frame).strip() for row in _outcomes(trial))
    told = dict.fromkeys(frame for frame in frames if frame)
    return _listing(
        "When the team measures something, in the record’s words:", list(told), _MOST_TIMES
    )


def _where(trial: Trial) -> str:
    """Name the countries; their number and that of the places would only go stale."""
    named = dict.fromkeys(site.facility.country for site in trial.sites.all())
    countries = [words.with_article(country) for country in named if country]
    if not countries:
        return ""
    return f"The record lists places in {_and_others(countries, _MOST_COUNTRIES)}."
