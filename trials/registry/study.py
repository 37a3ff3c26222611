"""The registry's study record, typed: API v2 JSON in, structs out.

Every key is optional and every code an open string, so that a record of any age or a schema that
grew still reads; what the values mean is the parsers' business. Names are the API's.
Source: the registry's OpenAPI 2.0.3, schema `Study`.
"""

from msgspec import Struct, field


class DateStruct(Struct):
    """A date and whether it is actual or estimated."""

    date: str = ""
    type: str = ""


class SecondaryIdInfo(Struct):
    """Another number of the study."""

    id: str = ""
    type: str = ""
    domain: str = ""
    link: str = ""


class IdentificationModule(Struct, rename="camel"):
    """Names and numbers."""

    nct_id: str = ""
    nct_id_aliases: list[str] = []
    org_study_id_info: SecondaryIdInfo = field(default_factory=SecondaryIdInfo)
    secondary_id_infos: list[SecondaryIdInfo] = []
    brief_title: str = ""
    official_title: str = ""
    acronym: str = ""


class ExpandedAccessInfo(Struct, rename="camel"):
    """Whether the treatment is to be had outside the trial, and under which record."""

    nct_id: str = ""
    status_for_nct_id: str = ""


class StatusModule(Struct, rename="camel"):
    """Where the study stands, and when."""

    status_verified_date: str = ""
    overall_status: str = ""
    last_known_status: str = ""
    why_stopped: str = ""
    expanded_access_info: ExpandedAccessInfo = field(default_factory=ExpandedAccessInfo)
    start_date_struct: DateStruct = field(default_factory=DateStruct)
    primary_completion_date_struct: DateStruct = field(default_factory=DateStruct)
    completion_date_struct: DateStruct = field(default_factory=DateStruct)
    study_first_post_date_struct: DateStruct = field(default_factory=DateStruct)
    results_first_post_date_struct: DateStruct = field(default_factory=DateStruct)
    last_update_post_date_struct: DateStruct = field(default_factory=DateStruct)


class Agency(Struct):
    """A sponsor or collaborator."""

    name: str = ""
    class_: str = field(default="", name="class")


class SponsorCollaboratorsModule(Struct, rename="camel"):
    """Who runs the study."""

    lead_sponsor: Agency = field(default_factory=Agency)
    collaborators: list[Agency] = []


class DescriptionModule(Struct, rename="camel"):
    """What the study is about, in the study team's words."""

    brief_summary: str = ""
    detailed_description: str = ""


class ConditionsModule(Struct):
    """What the study is about, in keywords."""

    conditions: list[str] = []
    keywords: list[str] = []


class MaskingInfo(Struct, rename="camel"):
    """Who knows the treatment."""

    masking: str = ""
    masking_description: str = ""
    who_masked: list[str] = []


class DesignInfo(Struct, rename="camel"):
    """How the study is organised."""

    allocation: str = ""
    intervention_model: str = ""
    intervention_model_description: str = ""
    primary_purpose: str = ""
    observational_model: str = ""
    time_perspective: str = ""
    masking_info: MaskingInfo = field(default_factory=MaskingInfo)


class EnrollmentInfo(Struct):
    """How many people."""

    count: int | None = None
    type: str = ""


class ExpandedAccessTypes(Struct):
    """For whom a treatment is offered outside a trial."""

    individual: bool = False
    intermediate: bool = False
    treatment: bool = False


class DesignModule(Struct, rename="camel"):
    """Kind, stage and shape of the study."""

    study_type: str = ""
    phases: list[str] = []
    design_info: DesignInfo = field(default_factory=DesignInfo)
    enrollment_info: EnrollmentInfo = field(default_factory=EnrollmentInfo)
    target_duration: str = ""
    expanded_access_types: ExpandedAccessTypes = field(default_factory=ExpandedAccessTypes)


class ArmGroup(Struct, rename="camel"):
    """A group of participants."""

    label: str = ""
    type: str = ""
    description: str = ""
    intervention_names: list[str] = []


class Intervention(Struct, rename="camel"):
    """Something that is tested."""

    type: str = ""
    name: str = ""
    description: str = ""
    arm_group_labels: list[str] = []
    other_names: list[str] = []


class ArmsInterventionsModule(Struct, rename="camel"):
    """Groups and what they get."""

    arm_groups: list[ArmGroup] = []
    interventions: list[Intervention] = []


class Outcome(Struct, rename="camel"):
    """A measurement."""

    measure: str = ""
    description: str = ""
    time_frame: str = ""


class OutcomesModule(Struct, rename="camel"):
    """What is measured."""

    primary_outcomes: list[Outcome] = []
    secondary_outcomes: list[Outcome] = []
    other_outcomes: list[Outcome] = []


class EligibilityModule(Struct, rename="camel"):
    """Who can take part."""

    eligibility_criteria: str = ""
    healthy_volunteers: bool | None = None
    sex: str = ""
    gender_based: bool | None = None
    gender_description: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    std_ages: list[str] = []
    study_population: str = ""
    sampling_method: str = ""


class Contact(Struct, rename="camel"):
    """A person or office to ask."""

    name: str = ""
    role: str = ""
    phone: str = ""
    phone_ext: str = ""
    email: str = ""


class Official(Struct):
    """A lead researcher."""

    name: str = ""
    role: str = ""
    affiliation: str = ""


class GeoPoint(Struct):
    """Degrees."""

    lat: float | None = None
    lon: float | None = None


class Location(Struct, rename="camel"):
    """A place where the study runs."""

    facility: str = ""
    status: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    contacts: list[Contact] = []
    geo_point: GeoPoint = field(default_factory=GeoPoint)


class ContactsLocationsModule(Struct, rename="camel"):
    """Where, and whom to ask."""

    central_contacts: list[Contact] = []
    overall_officials: list[Official] = []
    locations: list[Location] = []


class Reference(Struct):
    """A publication."""

    pmid: str = ""
    type: str = ""
    citation: str = ""


class SeeAlsoLink(Struct):
    """A web page."""

    label: str = ""
    url: str = ""


class ReferencesModule(Struct, rename="camel"):
    """What to read."""

    references: list[Reference] = []
    see_also_links: list[SeeAlsoLink] = []


class ProtocolSection(Struct, rename="camel"):
    """What the sponsor registered."""

    identification_module: IdentificationModule = field(default_factory=IdentificationModule)
    status_module: StatusModule = field(default_factory=StatusModule)
    sponsor_collaborators_module: SponsorCollaboratorsModule = field(
        default_factory=SponsorCollaboratorsModule
    )
    description_module: DescriptionModule = field(default_factory=DescriptionModule)
    conditions_module: ConditionsModule = field(default_factory=ConditionsModule)
    design_module: DesignModule = field(default_factory=DesignModule)
    arms_interventions_module: ArmsInterventionsModule = field(
        default_factory=ArmsInterventionsModule
    )
    outcomes_module: OutcomesModule = field(default_factory=OutcomesModule)
    eligibility_module: EligibilityModule = field(default_factory=EligibilityModule)
    contacts_locations_module: ContactsLocationsModule = field(
        default_factory=ContactsLocationsModule
    )
    references_module: ReferencesModule = field(default_factory=ReferencesModule)


class MeshTerm(Struct):
    """A heading of the Medical Subject Headings."""

    id: str = ""
    term: str = ""


class BrowseModule(Struct):
    """Headings that the registry derived, and what stands above them."""

    meshes: list[MeshTerm] = []
    ancestors: list[MeshTerm] = []


class DerivedSection(Struct, rename="camel"):
    """What the registry worked out."""

    condition_browse_module: BrowseModule = field(default_factory=BrowseModule)
    intervention_browse_module: BrowseModule = field(default_factory=BrowseModule)


class Study(Struct, rename="camel"):
    """One record."""

    protocol_section: ProtocolSection = field(default_factory=ProtocolSection)
    derived_section: DerivedSection = field(default_factory=DerivedSection)
    has_results: bool = False
