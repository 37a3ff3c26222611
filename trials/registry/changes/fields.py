"""Which fields of a record differ between two states of it.

Neither white space nor the registry's escapes (`\\>`) are a difference, nor is the order of a list.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

import msgspec

from trials.registry.study import Location, Study
from trials.terms.sources import Source

# A field is one or more elements of the study. `list[].member` takes one member of each entry.
ELEMENTS: dict[Source, tuple[str, ...]] = {
    Source.BRIEF_TITLE: ("identification_module.brief_title",),
    Source.OFFICIAL_TITLE: ("identification_module.official_title",),
    Source.ACRONYM: ("identification_module.acronym",),
    Source.BRIEF_SUMMARY: ("description_module.brief_summary",),
    Source.DETAILED_DESCRIPTION: ("description_module.detailed_description",),
    Source.CONDITIONS: ("conditions_module.conditions",),
    Source.KEYWORDS: ("conditions_module.keywords",),
    Source.OVERALL_STATUS: (
        "status_module.overall_status",
        "status_module.last_known_status",
        "status_module.why_stopped",
    ),
    Source.EXPANDED_ACCESS: (
        "status_module.expanded_access_info",
        "design_module.expanded_access_types.individual",
        "design_module.expanded_access_types.intermediate",
        "design_module.expanded_access_types.treatment",
    ),
    Source.START_DATE: ("status_module.start_date_struct",),
    Source.PRIMARY_COMPLETION_DATE: ("status_module.primary_completion_date_struct",),
    Source.COMPLETION_DATE: ("status_module.completion_date_struct",),
    Source.STUDY_TYPE: ("design_module.study_type",),
    Source.PHASES: ("design_module.phases",),
    Source.DESIGN: (
        "design_module.design_info.allocation",
        "design_module.design_info.intervention_model",
        "design_module.design_info.intervention_model_description",
        "design_module.design_info.primary_purpose",
        "design_module.design_info.observational_model",
        "design_module.design_info.time_perspective",
        "design_module.design_info.masking_info.masking",
        "design_module.design_info.masking_info.masking_description",
        "design_module.design_info.masking_info.who_masked",
        "design_module.target_duration",
    ),
    Source.ENROLLMENT: ("design_module.enrollment_info",),
    # Which group gets what is said from both sides; a new group is no change of a treatment.
    Source.ARMS: (
        "arms_interventions_module.arm_groups",
        "arms_interventions_module.interventions[].arm_group_labels",
    ),
    Source.INTERVENTIONS: (
        "arms_interventions_module.interventions[].type",
        "arms_interventions_module.interventions[].name",
        "arms_interventions_module.interventions[].description",
        "arms_interventions_module.interventions[].other_names",
    ),
    Source.PRIMARY_OUTCOMES: ("outcomes_module.primary_outcomes",),
    Source.OTHER_OUTCOMES: ("outcomes_module.secondary_outcomes", "outcomes_module.other_outcomes"),
    Source.CRITERIA: ("eligibility_module.eligibility_criteria",),
    Source.AGES: (
        "eligibility_module.minimum_age",
        "eligibility_module.maximum_age",
        "eligibility_module.std_ages",
    ),
    Source.SEX: (
        "eligibility_module.sex",
        "eligibility_module.gender_based",
        "eligibility_module.gender_description",
    ),
    Source.HEALTHY_VOLUNTEERS: ("eligibility_module.healthy_volunteers",),
    Source.STUDY_POPULATION: (
        "eligibility_module.study_population",
        "eligibility_module.sampling_method",
    ),
    Source.SPONSORS: (
        "sponsor_collaborators_module.lead_sponsor",
        "sponsor_collaborators_module.collaborators",
    ),
    Source.SITES: (
        "contacts_locations_module.locations[].facility",
        "contacts_locations_module.locations[].city",
        "contacts_locations_module.locations[].state",
        "contacts_locations_module.locations[].zip",
        "contacts_locations_module.locations[].country",
    ),
    Source.SITE_STATUSES: ("contacts_locations_module.locations[].status",),
    Source.SITE_CONTACTS: ("contacts_locations_module.locations[].contacts",),
    Source.CENTRAL_CONTACTS: ("contacts_locations_module.central_contacts",),
    Source.OFFICIALS: ("contacts_locations_module.overall_officials",),
    Source.REFERENCES: ("references_module.references", "references_module.see_also_links"),
    Source.RESULTS: ("has_results", "status_module.results_first_post_date_struct"),
    Source.NUMBERS: (
        "identification_module.nct_id",
        "identification_module.nct_id_aliases",
        "identification_module.org_study_id_info",
        "identification_module.secondary_id_infos",
    ),
    Source.RECORD_DATES: (
        "status_module.status_verified_date",
        "status_module.study_first_post_date_struct",
        "status_module.last_update_post_date_struct",
    ),
    Source.MESH_TERMS: (
        "derived_section.condition_browse_module.meshes",
        "derived_section.condition_browse_module.ancestors",
        "derived_section.intervention_browse_module.meshes",
        "derived_section.intervention_browse_module.ancestors",
    ),
}
# The registry computes points from the place's name and moves them without a word of the sponsor.
NOT_COMPARED = ("contacts_locations_module.locations[].geo_point",)
# Which groups get a treatment says nothing without the treatment's name beside it.
_NAMED_BY = {"arms_interventions_module.interventions[].arm_group_labels": "name"}
_OF_STUDY = ("has_results", "derived_section")
_ARM_GROUPS = attrgetter("protocol_section.arms_interventions_module.arm_groups")
LOCATIONS = attrgetter("protocol_section.contacts_locations_module.locations")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# What a site says of itself; it is compared at the sites that stay.
OF_SITES = frozenset({Source.SITE_STATUSES, Source.SITE_CONTACTS})

Read = Callable[[Any], Any]
Differ = Callable[[Study, Study], bool]
SitePair = tuple[list[Location], list[Location]]


def changed(before: Study, after: Study) -> list[Source]:
    """Return the fields that differ between two states of a record, in the order of `Source`.

    A site that is added or gone is a change of the places alone: statuses and contacts are
    compared at the sites that stay. Likewise the groups of a treatment are compared where the
    treatment stays.
    """
    found = {
        source
        for source, read in _READERS.items()
        if source not in _APART and _differ(read(before), read(after))
    }
    found |= {source for source, differ in _APART.items() if differ(before, after)}
    return [source for source in Source if source in found]


def staying(before: list[Location], after: list[Location]) -> Iterator[SitePair]:
    """Yield the sites that are in both states and not the same, those of one place together.

    A place is known by its name and address; where only its postcode changed, without that.
    """
    before, after = _unequal(before, after)
    for place in (_address, _place):
        old, new = _by(place, before), _by(place, after)
        for key in old.keys() & new.keys():
            yield old[key], new[key]
        before = [site for site in before if place(site) not in new]
        after = [site for site in after if place(site) not in old]


def plain_text(text: str) -> str:
    """Return a text without what is no difference: kinds of white space, escapes of signs."""
    return _ESCAPE.sub(r"\1", " ".join(text.split()))


def values_of(source: Source, study: Study) -> list[tuple[str, Any]]:
    """Return the elements of a field that a study has, each with its name."""
    return list(zip(_NAMES[source], _READERS[source](study), strict=True))


def _reader(path: str) -> Read:
    """Return a function that reads an element from a study."""
    head, _, member = path.partition("[].")
    whole = attrgetter(head if head.startswith(_OF_STUDY) else f"protocol_section.{head}")
    if not member:
        return whole
    members = attrgetter(_NAMED_BY[path], member) if path in _NAMED_BY else attrgetter(member)
    return lambda study: [members(entry) for entry in whole(study)]


def _together(paths: tuple[str, ...]) -> Read:
    """Return a function that reads all elements of a field.

    Members of one list stay together: two treatments that swap their descriptions are a change.
    """
    heads = {path.partition("[].")[0] for path in paths}
    if len(heads) == 1 and len(paths) > 1:
        entries = _reader(*heads)
        entry = attrgetter(*(path.partition("[].")[2] for path in paths))
        return lambda study: ([entry(each) for each in entries(study)],)
    readers = [_reader(path) for path in paths]
    return lambda study: tuple(read(study) for read in readers)


def _names(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of what `_together` reads, as people say them."""
    heads = {path.partition("[].")[0] for path in paths}
    named = heads if len(heads) == 1 else paths
    return tuple(path.rpartition(".")[2].replace("_", " ").capitalize() for path in named)


def _differ(before: Any, after: Any) -> bool:
    """Tell if two values say different things; what is equal to the byte costs next to nothing."""
    if isinstance(before, tuple):
        return any(map(_differ, before, after))
    if before == after:
        return False
    if isinstance(before, list):
        before, after = _unequal(before, after)
    return _comparable(before) != _comparable(after)


def _unequal(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    """Leave out the entries that two lists share."""
    if before == after:
        return [], []
    old, new = ([*map(msgspec.json.encode, entries)] for entries in (before, after))
    return _surplus(before, old, Counter(new)), _surplus(after, new, Counter(old))


def _surplus(entries: list[Any], keys: list[bytes], others: "Counter[bytes]") -> list[Any]:
    left = []
    for entry, key in zip(entries, keys, strict=True):
        if others[key]:
            others[key] -= 1
        else:
            left.append(entry)
    return left


def _comparable(value: Any) -> Hashable:
    """Return a value that is equal to another where the two say the same."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list):
        return frozenset(Counter(map(_comparable, value)).items())
    if isinstance(value, tuple):
        return tuple(map(_comparable, value))
    if isinstance(value, msgspec.Struct):
        return tuple(_comparable(getattr(value, name)) for name in value.__struct_fields__)
    result: Hashable = value
    return result


def _changed_at_sites(read: Read, before: Study, after: Study) -> bool:
    """Tell if something changed at a site that stays.

    Of several sites of one place nobody knows which is which: where they are more now or fewer,
    what the others say has to be among it.
    """
    for sites in staying(LOCATIONS(before), LOCATIONS(after)):
        old, new = (Counter(_comparable(read(site)) for site in group) for group in sites)
        if not (old <= new or new <= old):
            return True
    return False


def _groups_changed(before: Study, after: Study) -> bool:
    """Tell if the groups changed, or which of them get a treatment that stays."""
    if _differ(_ARM_GROUPS(before), _ARM_GROUPS(after)):
        return True
    old, new = _groups_of_treatments(before), _groups_of_treatments(after)
    return any(old[name] != new[name] for name in old.keys() & new.keys())


def _groups_of_treatments(study: Study) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for entry in study.protocol_section.arms_interventions_module.interventions:
        groups[plain_text(entry.name)].update(map(plain_text, entry.arm_group_labels))
    return groups


def _by(
    key: Callable[[Location], Hashable], sites: list[Location]
) -> dict[Hashable, list[Location]]:
    groups: dict[Hashable, list[Location]] = defaultdict(list)
    for site in sites:
        groups[key(site)].append(site)
    return groups


def _place(site: Location) -> Hashable:
    where = (site.facility, site.city, site.state, site.country)
    return tuple(plain_text(part).casefold() for part in where)


def _address(site: Location) -> Hashable:
    return _place(site), plain_text(site.zip)


_APART: dict[Source, Differ] = {
    Source.ARMS: _groups_changed,
    Source.SITE_STATUSES: partial(_changed_at_sites, attrgetter("status")),
    Source.SITE_CONTACTS: partial(_changed_at_sites, attrgetter("contacts")),
}
_READERS = {source: _together(paths) for source, paths in ELEMENTS.items()}
_NAMES = {source: _names(paths) for source, paths in ELEMENTS.items()}
