"""`statusModule`: where the study stands, and when."""

from trials.registry.parsers.values import Reader, Row
from trials.registry.study import DateStruct, ExpandedAccessInfo, StatusModule
from trials.terms.registry import OverallStatus
from trials.terms.values import canonical_nct_id

_PATH = "protocolSection.statusModule"


def status(module: StatusModule, reader: Reader) -> Row:
    """Return the statuses and dates of the trial."""
    row: Row = {
        "overall_status": reader.code(
            OverallStatus, module.overall_status, f"{_PATH}.overallStatus"
        ),
        "last_known_status": reader.code(
            OverallStatus, module.last_known_status, f"{_PATH}.lastKnownStatus"
        ),
        "why_stopped": module.why_stopped,
        **_expanded_access(module.expanded_access_info, reader),
    }
    for column, struct, name in _dates(module):
        row |= reader.date(struct, column, f"{_PATH}.{name}")
    return row


def _expanded_access(info: ExpandedAccessInfo, reader: Reader) -> Row:
    path = f"{_PATH}.expandedAccessInfo"
    nct_id = ""
    if info.nct_id:
        try:
            nct_id = canonical_nct_id(info.nct_id)
        except ValueError as error:
            reader.slip(f"{path}.nctId", info.nct_id, f"{error}; left out.")
    status = reader.code(OverallStatus, info.status_for_nct_id, f"{path}.statusForNctId")
    return {
        "expanded_access_nct_id": nct_id,
        "expanded_access_status": status if nct_id else "",
    }


def _dates(module: StatusModule) -> list[tuple[str, DateStruct, str]]:
    return [
        ("start_date", module.start_date_struct, "startDateStruct"),
        (
            "primary_completion_date",
            module.primary_completion_date_struct,
            "primaryCompletionDateStruct",
        ),
        ("completion_date", module.completion_date_struct, "completionDateStruct"),
        ("first_posted_date", module.study_first_post_date_struct, "studyFirstPostDateStruct"),
        (
            "results_first_posted_date",
            module.results_first_post_date_struct,
            "resultsFirstPostDateStruct",
        ),
        (
            "last_update_posted_date",
            module.last_update_post_date_struct,
            "lastUpdatePostDateStruct",
        ),
        ("status_verified_date", DateStruct(module.status_verified_date), "statusVerifiedDate"),
    ]
