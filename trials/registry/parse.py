"""A typed study → the rows of all its tables.

Rows are plain dictionaries of columns. Where a row points to another, the column's name without
`_id` holds that other row; writing turns it into a number.
"""

from dataclasses import dataclass

from django.db.models import Model

from trials import models
from trials.registry.decode import Record
from trials.registry.mend import Slip
from trials.registry.parsers import (
    conditions,
    design,
    eligibility,
    identification,
    places,
    references,
    sponsors,
    status,
)
from trials.registry.parsers.values import Reader, Row
from trials.registry.study import ProtocolSection


@dataclass(slots=True)
class ParsedStudy:
    """A record with its rows; `rows` maps each table of the trial to its rows."""

    record: Record
    trial: Row
    rows: dict[type[Model], list[Row]]
    aliases: list[str]
    slips: list[Slip]


def parse(record: Record) -> ParsedStudy:
    """Return a record's rows, and its odd values as slips."""
    study = record.study
    protocol = study.protocol_section
    reader = Reader(list(record.slips))
    trial = _trial_row(record, reader, study.has_results, protocol)
    return ParsedStudy(
        record=record,
        trial=trial,
        rows=_rows_of_trial(protocol, reader)
        | {models.TrialMeshTerm: conditions.mesh_terms(study.derived_section, reader)},
        aliases=identification.aliases(protocol.identification_module, record.nct_id, reader),
        slips=reader.slips,
    )


def rows_of(studies: list[ParsedStudy], model: type[Model]) -> list[Row]:
    """Return the rows of one table in a batch."""
    return [row for study in studies for row in study.rows[model]]


def _trial_row(record: Record, reader: Reader, has_results: bool, protocol: ProtocolSection) -> Row:
    about = protocol.description_module
    return {
        "nct_id": record.nct_id,
        "has_results": has_results,
        "brief_summary": about.brief_summary,
        "detailed_description": about.detailed_description,
        "keywords": conditions.keywords(protocol.conditions_module),
        **identification.titles(protocol.identification_module),
        **status.status(protocol.status_module, reader),
        **design.design(protocol.design_module, reader),
    }


def _rows_of_trial(protocol: ProtocolSection, reader: Reader) -> dict[type[Model], list[Row]]:
    names, arms_module = protocol.identification_module, protocol.arms_interventions_module
    where = protocol.contacts_locations_module
    arms = design.arms(arms_module, reader)
    interventions = design.interventions(arms_module, reader)
    sites = places.sites(where, reader)
    return {
        models.Eligibility: [eligibility.eligibility(protocol.eligibility_module, reader)],
        models.Criterion: eligibility.criteria(protocol.eligibility_module, reader),
        models.TrialCondition: conditions.conditions(protocol.conditions_module),
        models.TrialSponsor: sponsors.sponsors(protocol.sponsor_collaborators_module, reader),
        models.Arm: arms,
        models.Intervention: interventions,
        models.ArmIntervention: design.arm_interventions(arms_module, arms, interventions),
        models.OutcomeMeasure: design.outcomes(protocol.outcomes_module),
        models.SecondaryId: identification.secondary_ids(names, reader),
        models.CentralContact: places.central_contacts(where, reader),
        models.OverallOfficial: places.overall_officials(where, reader),
        models.Site: sites,
        models.SiteContact: _of_sites(sites, "contacts"),
        models.SiteInvestigator: _of_sites(sites, "investigators"),
        models.Reference: references.references(protocol.references_module, reader),
        models.Link: references.links(protocol.references_module),
    }


def _of_sites(sites: list[Row], name: str) -> list[Row]:
    """Take the rows of people out of the sites' rows; each points back to its site."""
    people: list[Row] = []
    for site in sites:
        for row in site.pop(name):
            row["site"] = site
            people.append(row)
    return people
