"""Cells of a table to keep: no spreadsheet takes one for a formula, and what comes back is read."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms.cells import lines, safe, without_mark


@pytest.mark.parametrize("cell", ["=1+1", "+254 20", "-1", "@cmd", "\tx", "＝1", "  =1", "\r=1"])
def test_formula_is_marked_and_comes_back_as_it_was(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert without_mark(safe(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Joy", "'s Heer Arendskerke", "a=b", "''=1", "1"])
def test_other_cell_stays(cell: str) -> None:
    assert safe(cell) == cell
    assert without_mark(cell) == cell


@given(st.text())
def test_no_cell_starts_a_formula(cell: str) -> None:
    assert not safe(cell).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r\n")), min_size=1)))
def test_lines_are_csv_of_safe_cells(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO("".join(lines(rows)), newline="")))
    assert read == [[safe(cell) for cell in row] for row in rows]
