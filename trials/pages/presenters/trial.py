"""Puts a trial's page together: every section in its order, whatever the record holds."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from trials.coordinators.standings import of_whole_study
from trials.editorial import reports
from trials.editorial.live_terms import kept_glossary
from trials.models import OutcomeMeasure, Site, Trial
from trials.pages.presenters import cover, criteria, design, facts, sites
from trials.pages.presenters.how import how_section
from trials.pages.presenters.links import Link, pubmed, registry_record, registry_results, web
from trials.pages.presenters.openness import Openness, openness_of
from trials.pages.presenters.page import (
    Colophon,
    Disclosure,
    EligibilitySection,
    FactsSection,
    Publication,
    StudiesSection,
    TrialPage,
    WhereSection,
    WhoSection,
    WhySection,
)
from trials.pages.presenters.people import contacts_section
from trials.pages.presenters.prose import Block, Notes, Paragraph, Text, plain
from trials.pages.presenters.rows import add_contacts, published_text
from trials.pages.presenters.standing import (
    Standing,
    is_expanded,
    standing,
    where_limits_are,
)
from trials.pages.presenters.study_teams import Heard, heard, told
from trials.pages.presenters.voices import Editors, Record, Voice
from trials.terms import plain as words
from trials.wording import sentences
from trials.wording.fields import ages_of, trial_date
from trials.wording.withheld import NOT_RELEASED, released

_FIT_LEADS = {
    Standing.OPEN: (
        "This {noun} may suit you if:",
        "This {noun} is not likely to suit you if:",
    ),
    Standing.ASK: (
        "This {noun} is meant for people like you if:",
        "This {noun} is not meant for people like you if:",
    ),
    Standing.OVER: (
        "Nobody can join this {noun} now. It was meant for people like you if:",
        "It was not meant for people like you if:",
    ),
}
_LATER_OUTCOMES = (OutcomeMeasure.Kind.SECONDARY, OutcomeMeasure.Kind.OTHER)


def present(trial: Trial) -> TrialPage:
    """Return the page of a trial that was loaded with `rows.with_rows`."""
    text = published_text(trial)
    noun = words.noun(trial.study_type)
    openness = openness_of(trial)
    ordered = openness.in_order(trial)[: sites.MOST_ON_PAGE]
    add_contacts(ordered)
    reported = reports.difficulty(trial)
    known = heard(ordered, reported=reported)
    of_study = of_whole_study(trial, reported=reported)
    notes = Notes(kept_glossary())
    voice: Voice = Editors(trial, text, notes) if text else Record(trial, notes)
    registry_title = trial.brief_title if text else ""
    doctor_url = reverse("trial-doctor-sheet", args=[trial.nct_id])
    # Sections are worded in the order of the page, or a term would be explained too late.
    return TrialPage(
        nct_id=trial.nct_id,
        noun=noun,
        url=reverse("trial-detail", args=[trial.nct_id]),
        doctor_url=doctor_url,
        record=Link(f"{trial.nct_id} on ClinicalTrials.gov", registry_record(trial.nct_id)),
        is_reviewed=text is not None,
        is_expanded=is_expanded(trial),
        written_in=sentences.written_in(trial),
        status=words.status(trial.overall_status),
        title=voice.title,
        registry_title=notes.text(registry_title) if registry_title else None,
        tag_line=cover.tag_line(trial),
        summary=voice.summary,
        description=_description(trial, voice),
        panel=cover.panel(trial, openness),
        change=cover.change(trial, text),
        facts=_facts(trial, notes),
        studies=_studies(trial, voice, noun, notes),
        who=_who(trial, voice, noun, notes),
        why=_why(trial, voice, notes),
        eligibility=_eligibility(trial, voice, notes),
        where=_where(trial, openness, ordered, notes, known),
        contacts=(contacts := contacts_section(trial, ordered, notes, known, of_study)),
        how=how_section(trial, doctor_url, notes, has_contacts=not contacts.missing),
        conditions=tuple(
            Link(row.name, row.condition.get_absolute_url())
            for row in trial.trial_conditions.all()
            if released(row.name)
        ),
        colophon=_colophon(trial),
    )


def _description(trial: Trial, voice: Voice) -> str:
    """Return the page's description for search engines and link previews."""
    status = words.status(trial.overall_status).words
    where = words.sites([sites.place_of(site) for site in trial.sites.all()])
    return f"{voice.summary} {status}. Ages: {ages_of(trial)}. {where}."


def _facts(trial: Trial, notes: Notes) -> FactsSection:
    quick = facts.quick_facts(trial, notes)
    return FactsSection("facts", "Quick facts", notes.take(), quick, facts.more_facts(trial))


def _studies(trial: Trial, voice: Voice, noun: str, notes: Notes) -> StudiesSection:
    main = voice.main()
    shown = main or _own_words(trial, notes)
    how_it_works = () if main else _sentences(trial, notes)
    taking_part = voice.taking_part()
    groups, treatments = design.groups(trial, notes), design.treatments(trial, notes)
    primary = design.outcomes(trial, [OutcomeMeasure.Kind.PRIMARY], notes)
    return StudiesSection(
        "studies",
        f"What this {noun} studies",
        notes.take(),
        main=shown,
        is_own_words=not main,
        sentences=how_it_works,
        taking_part=taking_part,
        setup=facts.setup_facts(trial),
        groups=groups,
        treatments=treatments,
        primary=primary,
        folded=tuple(_folded(trial, notes, with_summary=bool(main))),
    )


def _own_words(trial: Trial, notes: Notes) -> tuple[Block, ...]:
    """Return the study team's summary, or say that it is held back."""
    if trial.brief_summary and not released(trial.brief_summary):
        return (Paragraph(plain(NOT_RELEASED)),)
    return notes.blocks(trial.brief_summary)


def _folded(trial: Trial, notes: Notes, *, with_summary: bool) -> Iterator[Disclosure]:
    later = design.outcomes(trial, _LATER_OUTCOMES, notes)
    if later:
        title = f"Other things the team measures ({words.number(len(later))})"
        yield Disclosure(title, notes.take(), outcomes=later)
    own_words = [("More detail", trial.detailed_description)]
    if with_summary:
        own_words.insert(0, ("Summary", trial.brief_summary))
    for what, raw in own_words:
        if blocks := notes.blocks(raw):
            yield Disclosure(f"{what} in the study team’s own words", notes.take(), blocks=blocks)


def _sentences(trial: Trial, notes: Notes) -> tuple[Text, ...]:
    return tuple(notes.text(sentence) for sentence in sentences.how_it_works(trial))


def _who(trial: Trial, voice: Voice, noun: str, notes: Notes) -> WhoSection:
    source, good, bad = voice.fit()
    where = standing(trial)
    closed = words.status(trial.overall_status).sentence if where != Standing.OPEN else ""
    good_lead, bad_lead = _FIT_LEADS[where]
    return WhoSection(
        "who",
        f"Who should consider this {noun}",
        notes.take(),
        remarks=tuple(remark for remark in (closed, source) if remark),
        good_lead=good_lead.format(noun=noun),
        good=good,
        bad_lead=bad_lead.format(noun=noun),
        bad=bad,
        nothing=where_limits_are(trial),
        are_marked=where != Standing.OVER,
    )


def _why(trial: Trial, voice: Voice, notes: Notes) -> WhySection:
    benefit = voice.benefit()
    similar_note, similar = voice.similar()
    results, results_link = _results(trial)
    return WhySection(
        "why",
        "Why it matters",
        notes.take(),
        benefit=benefit,
        similar=similar,
        similar_note=similar_note,
        results=results,
        results_link=results_link,
        publications=_publications(trial),
    )


def _results(trial: Trial) -> tuple[str, Link | None]:
    """Say if the registry has results of this very study."""
    link = Link("See the results on ClinicalTrials.gov", registry_results(trial.nct_id))
    posted = trial_date(trial, "results_first_posted_date")
    if posted.iso:
        return f"The registry has shown results since {posted.words}.", link
    if trial.has_results:
        return "The study team has sent results to the registry.", link
    return f"The registry shows no results of this {words.noun(trial.study_type)}.", None


def _publications(trial: Trial) -> tuple[Publication, ...]:
    cited = (
        Publication(plain(row.citation), words.reference_type(row.type), pubmed(row.pmid))
        for row in trial.references.all()
    )
    linked = (Publication(plain(row.label), "Web page", web(row.url)) for row in trial.links.all())
    return (*cited, *linked)


def _eligibility(trial: Trial, voice: Voice, notes: Notes) -> EligibilitySection:
    return EligibilitySection(
        "eligibility",
        "Eligibility criteria",
        notes.take(),
        facts=facts.eligibility_facts(trial),
        sides=criteria.sides(trial, notes),
        checklist=voice.checklist() if standing(trial) != Standing.OVER else None,
    )


def _where(
    trial: Trial, openness: Openness, ordered: Sequence[Site], notes: Notes, known: Heard
) -> WhereSection:
    everywhere = list(trial.sites.all())
    worded = sites.places(ordered, openness, known)
    more = None
    if len(everywhere) > len(ordered):
        total = words.count(len(everywhere), "site")
        more = Link(f"See all {total}", reverse("trial-sites", args=[trial.nct_id]))
    return WhereSection(
        "where",
        f"Where this {words.noun(trial.study_type)} is running",
        notes.take(),
        summary=sites.summary(everywhere, openness),
        jumps=sites.jumps(ordered, worded, openness),
        unmapped=sites.unmapped(ordered, worded),
        told=told(ordered, known),
        shown=worded.shown,
        rest=worded.rest,
        more=more,
        table=sites.table_link(trial) if everywhere else None,
        map=worded.map,
    )


def _colophon(trial: Trial) -> Colophon:
    text = published_text(trial)
    lines = []
    changed = trial_date(trial, "last_update_posted_date")
    if changed.iso:
        lines.append(f"The registry record was last changed {sentences.when(changed)}.")
    verified = trial_date(trial, "status_verified_date")
    if verified.iso:
        lines.append(f"The study team last verified it {sentences.when(verified)}.")
    lines.append(f"We copied it on {words.day_words(trial.imported_at.date())}.")
    reviewed = words.date_words(text.reviewed_on, "day") if text else None
    return Colophon(reviewed, tuple(lines))
