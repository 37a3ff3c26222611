"""`statusModule`: where the study stands, and when."""

from trials.registry.parsers.values import Reader, Row
from trials.registry.study import DateStruct, StatusModule
from trials.terms.registry import OverallStatus

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
    }
    for column, struct, name in _dates(module):
        row |= reader.date(struct, column, f"{_PATH}.{name}")
    return row


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
