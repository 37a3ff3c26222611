"""Cells and lines of a table to keep (CSV) that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Iterator

# What a spreadsheet would take for the start of a formula, wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK = "'"
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"{_MARK}{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def without_mark(cell: str) -> str:
    """Return a cell without the mark that `safe` gives it; of a file that comes back."""
    rest = cell.removeprefix(_MARK)
    return rest if safe(rest) == cell else cell


def lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield rows of safe cells as the lines of a file, each as soon as it is there."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


class _Line:
    """A file that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line
