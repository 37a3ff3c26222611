"""A file of coordinators → its lines, or a sentence that says what is wrong with it and where.

Pure: bytes in, lines out. One line that can't be right carries its `problem`; what makes the whole
file doubtful (its encoding, its columns, a quote without end) is an error.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from trials.terms.cells import without_mark

MOST_BYTES = 1_000_000
MOST_LINES = 2_000
COLUMNS = ("trial", "site", "name", "email")
# Other heads that people give these columns.
_ALSO = {
    "trialnumber": "trial",
    "nctid": "trial",
    "nctnumber": "trial",
    "sitenumber": "site",
    "coordinator": "name",
    "emailaddress": "email",
    "mail": "email",
}
_SEPARATORS = (",", ";", "\t")
_LONGEST_HEAD = 10_000
_AS_UTF_8 = (
    "In a spreadsheet, choose “Save as” and the file type “CSV UTF-8”, and upload the new file."
)


class UnreadableListError(ValueError):
    """A file that can't be read; its words say what is wrong, on which line, and what to do."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list, without blanks around what its cells say; `problem` is a sentence."""

    number: int
    trial: str
    site: str
    name: str
    email: str
    problem: str = ""


def read(data: bytes) -> list[ListLine]:
    """Return the lines of a file that say anything; raise UnreadableListError."""
    if len(data) > MOST_BYTES:
        raise UnreadableListError(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Part it into smaller ones."
        )
    text = _decoded(data)
    if "\0" in text:
        line = _line_of(text, text.index("\0"))
        raise UnreadableListError(
            f"Line {line} holds a NUL character: this is no CSV file. {_AS_UTF_8}"
        )
    rows = _rows(text, _separator(text))
    _, head = next(rows, (0, []))
    places = _places(head)
    found: list[ListLine] = []
    for number, row in rows:
        if len(found) == MOST_LINES:
            raise UnreadableListError(
                f"The file has more than {MOST_LINES:,} rows. Part it into smaller ones."
            )
        found.append(_line(number, row, places, len(head)))
    if not found:
        raise UnreadableListError("The file has no rows below its head.")
    return found


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 where a mark says so."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        # One codec counts from behind the mark, the other from before it.
        read, start = error.object, error.start
        before = read[:start].decode(error.encoding, errors="ignore")
        raise UnreadableListError(
            f"The file is not {'UTF-16' if is_wide else 'UTF-8'}: byte "
            f"{len(data) - len(read) + start + 1} (0x{read[start]:02X}), on line "
            f"{_line_of(before, len(before))}, can’t be read. {_AS_UTF_8}"
        ) from None


def _line_of(text: str, index: int) -> int:
    """Return the number of the line on which a character stands."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


def _separator(text: str) -> str:
    """Return the separator that parts the most known columns of the head."""
    head = next((line[:_LONGEST_HEAD] for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> int:
        cells = next(csv.reader([head], delimiter=separator), [])
        return sum(_column(cell) in COLUMNS for cell in cells)

    return max(_SEPARATORS, key=known)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say anything, each with the number of its first line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableListError(_csv_problem(str(error), number)) from None
        if any(cell.strip() for cell in row):
            yield number, row


def _csv_problem(said: str, line: int) -> str:
    if "unexpected end" in said:
        return f"A quotation mark on line {line} is never closed."
    if "expected after" in said:
        return f"Line {line} has text behind a closing quotation mark. Double the marks in a cell."
    if "larger than" in said:
        return f"Line {line} holds a cell that is far too long. Is a quotation mark not closed?"
    return f"Line {line} can’t be read as CSV."


def _column(head: str) -> str:
    """Return the column that a head names, or the head itself."""
    plain = "".join(sign for sign in head.casefold() if sign.isalnum())
    return _ALSO.get(plain, plain)


def _places(head: Sequence[str]) -> dict[str, int]:
    """Return where each column stands; other columns are left alone."""
    if not head:
        raise UnreadableListError("The file is empty.")
    named = [_column(cell) for cell in head]
    missing = [column for column in COLUMNS if column not in named]
    if missing:
        raise UnreadableListError(
            f"The first line names no column {_quoted(missing)}. It has to name the columns "
            f"{_quoted(COLUMNS)}, in any order."
        )
    twice = [column for column in COLUMNS if named.count(column) > 1]
    if twice:
        raise UnreadableListError(f"The first line names the column {_quoted(twice)} twice.")
    return {column: named.index(column) for column in COLUMNS}


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f"“{column}”" for column in columns)


def _line(number: int, row: Sequence[str], places: dict[str, int], width: int) -> ListLine:
    cells = {
        column: without_mark(row[place].strip()) if place < len(row) else ""
        for column, place in places.items()
    }
    return ListLine(number, **cells, problem=_problem(row, width, cells))


def _problem(row: Sequence[str], width: int, cells: dict[str, str]) -> str:
    if any(cell.strip() for cell in row[width:]):
        return "This line has more cells than the head. Put cells that hold a separator in quotes."
    for column, cell in cells.items():
        if not cell.isprintable():
            return f"The {column} holds a line break or another sign that can’t be shown."
    return ""
