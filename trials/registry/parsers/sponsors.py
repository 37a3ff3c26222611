"""`sponsorCollaboratorsModule`: who runs the study."""

from trials.models import TrialSponsor
from trials.registry.parsers.values import Reader, Row, numbered
from trials.registry.study import Agency, SponsorCollaboratorsModule
from trials.terms.registry import AgencyClass

_PATH = "protocolSection.sponsorCollaboratorsModule"


def sponsors(module: SponsorCollaboratorsModule, reader: Reader) -> list[Row]:
    """Return the lead sponsor and the collaborators."""
    lead, others = TrialSponsor.Role.LEAD, TrialSponsor.Role.COLLABORATOR
    rows = [_part(module.lead_sponsor, lead, "leadSponsor", reader)]
    rows += [_part(agency, others, "collaborators", reader) for agency in module.collaborators]
    return numbered(row for row in rows if row["sponsor"]["name"])


def _part(agency: Agency, role: str, name: str, reader: Reader) -> Row:
    path = f"{_PATH}.{name}"
    return {
        "sponsor": {
            "name": reader.key(agency.name.strip(), f"{path}.name"),
            "agency_class": reader.code(AgencyClass, agency.class_, f"{path}.class"),
        },
        "role": role,
    }
