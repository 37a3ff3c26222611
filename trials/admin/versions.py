"""A version of a record as editors see it: what it changed, and what it says."""

import json
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join

from trials.models import RecordVersion
from trials.registry.changes import Difference, between
from trials.registry.decode import RejectedRecord
from trials.registry.mend import printable
from trials.registry.versions import raw_json, readable_json
from trials.terms.difference import Line, Op
from trials.terms.sources import Source

# Lines of one field; the rest is counted. A record may move a thousand places at once.
_LINES_SHOWN = 40
# Characters of a record from which on it is not compared here: that would take the page's time.
_LARGE = 400_000
# A record of two megabytes would be a page of forty thousand lines.
_SHOWN = 60_000
_TAGS = {Op.TAKEN_OUT: "<del>{}</del>", Op.PUT_IN: "<ins>{}</ins>", Op.EQUAL: "{}"}


def changed_words(version: RecordVersion) -> str:
    """Return which fields a version changed, as a list in one line."""
    if version.number == 1:
        return "First version that we saw"
    labels = [Source(value).label for value in version.changed_fields]
    return ", ".join(str(label) for label in labels) or "Nothing that we read"


def differences(version: RecordVersion) -> str:
    """Return what the version before said and this one says, as HTML; empty for the first."""
    if version.number == 1:
        return ""
    if len(raw_json(version)) > _LARGE:
        return "The record is large: the desk compares it word by word."
    try:
        found = between(version.trial_id, version.number - 1, version.number)
    except (RejectedRecord, RecordVersion.DoesNotExist):
        return "The version before can’t be read any more."
    return format_html_join("", "{}", ((_difference(one),) for one in found))


def _difference(found: Difference) -> str:
    more = len(found.lines) - _LINES_SHOWN
    return format_html(
        "<h3>{}</h3><ul>{}</ul>{}",
        found.label.capitalize(),
        format_html_join(
            "", "<li>{}</li>", ((_line(line),) for line in found.lines[:_LINES_SHOWN])
        ),
        format_html("<p>And {} lines more.</p>", f"{more:,}") if more > 0 else "",
    )


def _line(line: Line) -> str:
    return format_html_join(" ", "{}", _segments(line))


def _segments(line: Line) -> Iterable[tuple[str]]:
    return ((format_html(_TAGS[segment.op], segment.text),) for segment in line)


def record_start(version: RecordVersion) -> tuple[str, bool]:
    """Return the record's JSON laid out for people, and whether that is all of it."""
    raw = raw_json(version)
    if len(raw) <= _SHOWN:
        return readable_json(version), True
    record = json.loads(raw, strict=False)
    shown, length = [], 0
    for piece in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(record):
        shown.append(piece)
        length += len(piece)
        if length > _SHOWN:
            break
    return printable("".join(shown)[:_SHOWN]), False
