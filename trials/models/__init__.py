"""Tables, constraints and querysets: one aggregate a file, re-exported here.

Outsiders import from this package, so that files may move. Within it the direction of imports is
down this list: trial, then what belongs to a trial.
"""

from trials.models.audit import AuditEvent
from trials.models.conditions import Condition, MeshTerm, TrialCondition, TrialMeshTerm
from trials.models.contacts import CentralContact, OverallOfficial, SiteContact, SiteInvestigator
from trials.models.coordinators import Confirmation, ConfirmationLink, Settlement
from trials.models.corrections import Correction
from trials.models.design import Arm, ArmIntervention, Intervention, OutcomeMeasure
from trials.models.editorial import EditorialText, Passage, Revision, UnsavedWords
from trials.models.eligibility import Criterion, Eligibility
from trials.models.freshness import FreshnessCount
from trials.models.glossary import GlossaryTerm, TermUse
from trials.models.letters import Letter, LetterTopic, MailSwitch, SuppressedAddress
from trials.models.places import Place, PlaceName, PostalCode
from trials.models.problem_lists import (
    OutdatedText,
    OverdueTrial,
    SiteWithoutPoint,
    TrialWithoutContact,
)
from trials.models.references import Link, Reference, SecondaryId
from trials.models.registry import IdRedirect, ImportProblem, ImportRun, RecordVersion
from trials.models.reports import ReaderReport
from trials.models.search import (
    CountrySet,
    SearchRow,
    SearchText,
    SearchWord,
    ToldStatus,
    TrialPlace,
)
from trials.models.sites import Facility, Site
from trials.models.sponsors import Sponsor, TrialSponsor
from trials.models.study_teams import Coordinator, SignInKey, SiteCoordinator, SiteFact
from trials.models.trial import Trial
from trials.models.words import ConditionIntroduction, Synonym

__all__ = [
    "Arm",
    "ArmIntervention",
    "AuditEvent",
    "CentralContact",
    "Condition",
    "ConditionIntroduction",
    "Confirmation",
    "ConfirmationLink",
    "Coordinator",
    "Correction",
    "CountrySet",
    "Criterion",
    "EditorialText",
    "Eligibility",
    "Facility",
    "FreshnessCount",
    "GlossaryTerm",
    "IdRedirect",
    "ImportProblem",
    "ImportRun",
    "Intervention",
    "Letter",
    "LetterTopic",
    "Link",
    "MailSwitch",
    "MeshTerm",
    "OutcomeMeasure",
    "OutdatedText",
    "OverallOfficial",
    "OverdueTrial",
    "Passage",
    "Place",
    "PlaceName",
    "PostalCode",
    "ReaderReport",
    "RecordVersion",
    "Reference",
    "Revision",
    "SearchRow",
    "SearchText",
    "SearchWord",
    "SecondaryId",
    "Settlement",
    "SignInKey",
    "Site",
    "SiteContact",
    "SiteCoordinator",
    "SiteFact",
    "SiteInvestigator",
    "SiteWithoutPoint",
    "Sponsor",
    "SuppressedAddress",
    "Synonym",
    "TermUse",
    "ToldStatus",
    "Trial",
    "TrialCondition",
    "TrialMeshTerm",
    "TrialPlace",
    "TrialSponsor",
    "TrialWithoutContact",
    "UnsavedWords",
]
