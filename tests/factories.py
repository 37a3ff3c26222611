"""Rows for tests, as plain functions: each writes what its name says, with values that make sense.

Keyword arguments override columns. Nothing here goes through the importer.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import User

from trials.models import (
    Arm,
    ArmIntervention,
    CentralContact,
    Condition,
    Criterion,
    EditorialText,
    Eligibility,
    Facility,
    Intervention,
    OutcomeMeasure,
    OverallOfficial,
    Site,
    SiteContact,
    SiteInvestigator,
    Sponsor,
    Trial,
    TrialCondition,
    TrialSponsor,
)
from trials.terms.values import condition_slug

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_NUMBERS = count(20_000_001)


def make_trial(**values: Any) -> Trial:
    """Write an open interventional trial with a sponsor, limits, and nothing else.

    `eligibility` (a dict, or None for no row) and `sponsor` (a name, or "") make those rows.
    """
    eligibility = values.pop("eligibility", {})
    sponsor = values.pop("sponsor", "Harbour Institute")
    trial = Trial.everything.create(**(_trial_values() | _with_precisions(values)))
    if eligibility is not None:
        Eligibility.objects.create(trial=trial, **(_ELIGIBILITY | eligibility))
    if sponsor:
        make_sponsor(trial, sponsor)
    return trial


_ELIGIBILITY = {
    "minimum_age": "18 Years",
    "maximum_age": "65 Years",
    "minimum_age_months": 216,
    "maximum_age_months": 780,
    "standard_ages": ["ADULT", "OLDER_ADULT"],
    "sex": "ALL",
    "healthy_volunteers": False,
}


def _trial_values() -> dict[str, Any]:
    nct_id = f"NCT{next(_NUMBERS)}"
    return {
        "nct_id": nct_id,
        "brief_title": f"A Study of Sea Air, {nct_id}",
        "official_title": "A Phase 2 Study of Sea Air in Adults Who Sleep Badly",
        "brief_summary": "This study looks at sea air and sleep.",
        "overall_status": "RECRUITING",
        "study_type": "INTERVENTIONAL",
        "phases": ["PHASE2"],
        "enrollment_count": 120,
        "enrollment_type": "ESTIMATED",
        "last_update_posted_date": date(2026, 5, 20),
        "last_update_posted_date_precision": "day",
        "record_version": 1,
        "imported_at": NOW,
    }


def _with_precisions(values: dict[str, Any]) -> dict[str, Any]:
    """Give every date among the values the precision of a day, unless it has one."""
    precisions = {
        f"{name}_precision": "" if value is None else "day"
        for name, value in values.items()
        if name.endswith("_date")
    }
    return precisions | values


def make_sponsor(
    trial: Trial, name: str = "Harbour Institute", agency_class: str = "OTHER", role: str = "LEAD"
) -> TrialSponsor:
    """Let an organisation run a trial, or work with its sponsor (`role="COLLABORATOR"`)."""
    sponsor, _ = Sponsor.objects.get_or_create(name=name, agency_class=agency_class)
    return TrialSponsor.objects.create(
        trial=trial, sponsor=sponsor, role=role, position=trial.trial_sponsors.count()
    )


def make_condition(trial: Trial, name: str = "Insomnia") -> TrialCondition:
    """Let a trial name a condition."""
    condition, _ = Condition.objects.get_or_create(
        slug=condition_slug(name), defaults={"name": name}
    )
    return TrialCondition.objects.create(
        trial=trial, condition=condition, name=name, position=trial.trial_conditions.count()
    )


def make_site(trial: Trial, *, near: tuple[float, float] | None = None, **values: Any) -> Site:
    """Let a trial run at a place: `name`, `city`, `state`, `zip` and `country` describe it.

    `near` is (latitude, longitude); other values are columns of the site.
    """
    place = {"name": "Lighthouse Clinic", "city": "Kisumu", "country": "Kenya"}
    parts = ("name", "city", "state", "zip", "country")
    place |= {part: values.pop(part) for part in parts if part in values}
    latitude, longitude = near or (None, None)
    row = {
        "facility": _facility(place),
        "position": trial.sites.count(),
        "recruitment_status": "RECRUITING",
        "latitude": latitude,
        "longitude": longitude,
    }
    return Site.everything.create(trial=trial, **(row | values))


def _facility(place: dict[str, str]) -> Facility:
    key = uuid5(NAMESPACE_URL, "|".join(f"{part}={place[part]}" for part in sorted(place)))
    return Facility.objects.get_or_create(key=key, defaults=place)[0]


def make_sites(trial: Trial, amount: int, **values: Any) -> list[Site]:
    """Let a trial run at many places of one city, in bulk; each has a contact and a researcher."""
    facilities = Facility.objects.bulk_create(
        Facility(
            name=f"Ward {number}",
            city="Lyon",
            country="France",
            key=uuid5(NAMESPACE_URL, f"{trial.nct_id} {number}"),
        )
        for number in range(amount)
    )
    row = {"recruitment_status": "RECRUITING", "latitude": 45.76, "longitude": 4.84} | values
    sites = Site.everything.bulk_create(
        Site(trial=trial, facility=facility, position=number, **row)
        for number, facility in enumerate(facilities)
    )
    SiteContact.objects.bulk_create(
        SiteContact(site=site, position=0, name="Ward desk", phone="04 72 11 73 11")
        for site in sites
    )
    SiteInvestigator.objects.bulk_create(
        SiteInvestigator(site=site, position=0, name="Dr Vague", role="PRINCIPAL_INVESTIGATOR")
        for site in sites
    )
    return sites


def make_site_contact(site: Site, **values: Any) -> SiteContact:
    """Give a site somebody to ask."""
    row = {"name": "Joy Achieng", "role": "CONTACT", "position": site.contacts.count()}
    return SiteContact.objects.create(site=site, **(row | values))


def make_central_contact(trial: Trial, **values: Any) -> CentralContact:
    """Give a trial somebody to ask."""
    row = {"name": "Study desk", "role": "CONTACT", "position": trial.central_contacts.count()}
    return CentralContact.objects.create(trial=trial, **(row | values))


def make_official(trial: Trial, **values: Any) -> OverallOfficial:
    """Give a trial a lead researcher."""
    row = {
        "name": "Prof. Ida Strand",
        "role": "PRINCIPAL_INVESTIGATOR",
        "affiliation": "Harbour Institute",
        "position": trial.overall_officials.count(),
    }
    return OverallOfficial.objects.create(trial=trial, **(row | values))


def make_intervention(trial: Trial, name: str = "Sea air", **values: Any) -> Intervention:
    """Let a trial test something."""
    row = {"type": "OTHER", "position": trial.interventions.count()}
    return Intervention.objects.create(trial=trial, name=name, **(row | values))


def make_arm(trial: Trial, *gets: Intervention, **values: Any) -> Arm:
    """Give a trial a group that gets some of its interventions."""
    row = {"label": "Walkers", "type": "EXPERIMENTAL", "position": trial.arms.count()}
    arm = Arm.objects.create(trial=trial, **(row | values))
    for intervention in gets:
        ArmIntervention.objects.create(arm=arm, intervention=intervention)
    return arm


def make_outcome(trial: Trial, **values: Any) -> OutcomeMeasure:
    """Let a trial measure something."""
    row = {
        "kind": "PRIMARY",
        "measure": "Hours of sleep",
        "time_frame": "12 weeks",
        "position": trial.outcome_measures.count(),
    }
    return OutcomeMeasure.objects.create(trial=trial, **(row | values))


def make_criterion(
    trial: Trial, text: str, *, parent: Criterion | None = None, **values: Any
) -> Criterion:
    """Add a line to a trial's criteria, below a parent; an inclusion item unless said otherwise."""
    row = {
        "section": parent.section if parent else Criterion.Section.INCLUSION,
        "role": Criterion.Role.ITEM,
        "depth": parent.depth + 1 if parent else 0,
        "position": trial.criteria.count(),
        "marker": "",
    }
    return Criterion.objects.create(trial=trial, parent=parent, text=text, **(row | values))


def make_user(name: str = "ada") -> User:
    """Write or find a user."""
    return User.objects.get_or_create(username=name)[0]


def make_published_text(trial: Trial, **values: Any) -> EditorialText:
    """Give a trial a published text, reviewed on 15 June 2026 from its present record."""
    row = {
        "plain_title": "Sea air for people who sleep badly",
        "plain_summary": "This trial tests if sea air may help adults sleep.",
        "what_it_studies": "People walk by the sea.\n\n- In the morning\n- At night",
        "good_fit": ["you are 18 to 65 years old"],
        "not_a_fit": ["you live on a boat"],
        "potential_benefit": "You may sleep better. No one knows yet. You may catch a cold.",
        "similar_studies": "A study in Norway had 15 people.\n\n- 11 of 15 people slept longer.",
        "based_on_version": trial.record_version,
        "reviewed_on": date(2026, 6, 15),
        "state": EditorialText.State.PUBLISHED,
        "is_live": True,
        "published_at": NOW,
        "published_by": make_user(),
    }
    return EditorialText.objects.create(trial=trial, **(row | values))


def hide(trial: Trial, by: User | None = None) -> Trial:
    """Hide a trial."""
    trial.hidden_at, trial.hidden_by = NOW, by or make_user()
    trial.save()
    return trial


def leave_registry(trial: Trial) -> Trial:
    """Mark a trial as gone from the registry since 1 October 2026."""
    trial.left_registry_on = date(2026, 10, 1)
    trial.save()
    return trial
