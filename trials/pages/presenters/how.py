"""How to take part, in steps; or what to do instead where nobody can join any more."""

from trials.models import Trial
from trials.pages.presenters.cover import similar_trials
from trials.pages.presenters.links import Link, registry_record, registry_results
from trials.pages.presenters.page import HowSection, Questions, Step
from trials.pages.presenters.prose import Notes, plain
from trials.pages.presenters.rows import lead_sponsor
from trials.pages.presenters.standing import Standing, is_expanded, standing
from trials.terms import plain as words
from trials.wording.limits import is_for_children

_HEADING = "How to participate"
_FREE = (
    "They can do a first check, called pre-screening. It is free. It never obligates you to "
    "enroll. You can say no at any time."
)


def how_section(trial: Trial, doctor_url: str, notes: Notes, *, has_contacts: bool) -> HowSection:
    """Word the steps; `has_contacts` says if the record lists anybody to call."""
    if standing(trial) == Standing.OVER:
        lead = f"Nobody can join this {words.noun(trial.study_type)} now. You can do this instead."
        return HowSection("how", _HEADING, notes.take(), lead, _instead(trial), ())
    if is_expanded(trial):
        lead, steps = "A doctor has to ask for this treatment.", _through_doctor(trial, doctor_url)
    else:
        lead, steps = "", _steps(trial, doctor_url, notes, has_contacts=has_contacts)
    if standing(trial) == Standing.ASK:
        lead = f"{words.status(trial.overall_status).sentence} {lead}".strip()
    return HowSection("how", _HEADING, notes.take(), lead, steps, _questions(trial))


def _steps(
    trial: Trial, doctor_url: str, notes: Notes, *, has_contacts: bool
) -> tuple[Step, Step, Step]:
    noun = words.noun(trial.study_type)
    person = "your child" if is_for_children(trial) else "you"
    return (
        Step(
            "Go through the criteria with your doctor",
            plain("Take this leaflet and your checklist, or the"),
            Link("two sides for your doctor", doctor_url),
            plain(f"Ask if this {noun} is safe for {person}, and what the other choices are."),
        ),
        _official_page(trial),
        _contact(trial, notes) if has_contacts else _no_contact(trial, notes),
    )


def _official_page(trial: Trial) -> Step:
    record = Link(f"{trial.nct_id} on ClinicalTrials.gov", registry_record(trial.nct_id))
    after = plain("It may be newer than our copy. Look there for new contacts and the status.")
    return Step("Check the official page", plain("Read the full record for"), record, after)


def _contact(trial: Trial, notes: Notes) -> Step:
    if standing(trial) == Standing.ASK:
        ask = "Ask if the study will take people again, and what you can do until then."
        return Step("Ask the study team", plain(ask))
    whom = "You can also ask the lead researcher."
    return Step("Contact the study coordinator", plain(whom), None, notes.text(_FREE))


def _no_contact(trial: Trial, notes: Notes) -> Step:
    lead = lead_sponsor(trial)
    sponsor = f"the sponsor, {lead.sponsor.name.rstrip('. ')}" if lead else "the sponsor"
    ask = f"The record lists no one to call. A doctor can ask {sponsor}."
    after = notes.text(_FREE) if standing(trial) == Standing.OPEN else None
    return Step("Ask through the sponsor", plain(ask), None, after)


def _through_doctor(trial: Trial, doctor_url: str) -> tuple[Step, Step, Step]:
    person = "your child" if is_for_children(trial) else "you"
    return (
        Step(
            "Talk to your doctor",
            plain("You cannot sign up on your own. Take the"),
            Link("two sides for your doctor", doctor_url),
            plain(f"Ask if this treatment is safe for {person}, and what the other choices are."),
        ),
        _official_page(trial),
        Step(
            "Your doctor asks the sponsor",
            plain("The sponsor decides who can get it. You can say no at any time."),
        ),
    )


def _instead(trial: Trial) -> tuple[Step, Step, Step]:
    noun = words.noun(trial.study_type)
    if trial.results_first_posted_date:
        results = Link("results on ClinicalTrials.gov", registry_results(trial.nct_id))
        second = Step(f"Read what the {noun} found", plain("The registry shows its"), results)
    else:
        record = Link(f"{trial.nct_id} on ClinicalTrials.gov", registry_record(trial.nct_id))
        second = Step("Check the official page", plain("Read the full record for"), record)
    return (
        Step(
            "Look for another trial",
            plain("See the"),
            Link("similar trials", similar_trials(trial)),
        ),
        second,
        Step(
            "Talk to your doctor",
            plain(f"Ask what your choices are now. If you were in this {noun}, talk to its team."),
        ),
    )


def _questions(trial: Trial) -> tuple[Questions, ...]:
    about, *others = _FOR_A_PARENT if is_for_children(trial) else _FOR_A_READER
    heading = f"About the {words.noun(trial.study_type)}"
    return tuple(
        Questions(heading, lines)
        for heading, lines in zip((heading, *_MATTERS), (about, *others, _COST), strict=True)
    )


_MATTERS = ("About safety", "About daily life", "About cost")
_FOR_A_READER = (
    (
        "What will happen at each visit?",
        "How long will I take part?",
        "What other treatments could I have?",
    ),
    (
        "What side effects have people had?",
        "Who do I call at night?",
        "Can I have children later?",
    ),
    (
        "How often must I come, and where?",
        "Who can come with me?",
        "Which of my medicines must I stop?",
    ),
)
_FOR_A_PARENT = (
    (
        "What will happen at each visit?",
        "How long will my child take part?",
        "What other treatments are there?",
    ),
    (
        "What side effects have people had?",
        "Who do I call at night?",
        "Can this change how my child grows?",
    ),
    (
        "How often must we come, and where?",
        "Can I stay with my child?",
        "Which of my child’s medicines must stop?",
    ),
)
_COST = (
    "What will I have to pay for?",
    "Will you pay for travel and a place to stay?",
    "Who pays if there is harm?",
)
