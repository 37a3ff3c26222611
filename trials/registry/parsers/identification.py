"""`identificationModule`: names and numbers."""

from trials.registry.parsers.values import Reader, Row, numbered
from trials.registry.study import IdentificationModule, SecondaryIdInfo
from trials.terms.registry import SecondaryIdType
from trials.terms.values import canonical_nct_id

_PATH = "protocolSection.identificationModule"


def titles(module: IdentificationModule) -> Row:
    """Return the trial's names."""
    return {
        "brief_title": module.brief_title,
        "official_title": module.official_title,
        "acronym": module.acronym,
    }


def secondary_ids(module: IdentificationModule, reader: Reader) -> list[Row]:
    """Return the study's other numbers, the sponsor's own first."""
    path = f"{_PATH}.secondaryIdInfos.type"
    own = module.org_study_id_info
    rows = [_number(own, SecondaryIdType.ORG_STUDY_ID)] if own.id else []
    rows += [
        _number(info, reader.code(SecondaryIdType, info.type, path))
        for info in module.secondary_id_infos
        if info.id
    ]
    return numbered(rows)


def aliases(module: IdentificationModule, nct_id: str, reader: Reader) -> list[str]:
    """Return the ids that the registry once used for the study."""
    found = []
    for said in module.nct_id_aliases:
        try:
            found.append(canonical_nct_id(said))
        except ValueError as error:
            reader.slip(f"{_PATH}.nctIdAliases", said, f"{error}; left out.")
    return [alias for alias in dict.fromkeys(found) if alias != nct_id]


def _number(info: SecondaryIdInfo, kind: str) -> Row:
    return {"value": info.id, "type": kind, "domain": info.domain, "link": info.link}
