"""Files of coordinators as spreadsheets write them, and as they should not be."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.coordinators.site_list.read import (
    MOST_BYTES,
    MOST_LINES,
    ListLine,
    UnreadableListError,
    read,
)
from trials.terms.cells import without_mark

HEAD = "trial,site,name,email\n"
LINE = "NCT20990001,12,Joy Achieng,joy@clinic.example\n"
JOY = ListLine(2, "NCT20990001", "12", "Joy Achieng", "joy@clinic.example")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first"],
)
def test_list_of_any_spreadsheet_is_read(separator, end, encoded) -> None:
    text = (HEAD + LINE).replace(",", separator).replace("\n", end)
    assert read(encoded(text)) == [JOY]


def test_columns_are_known_in_any_case_and_order_with_others_between() -> None:
    text = "E-Mail , Facility,SITE number,Trial Number,\tname\nj@c.example,F,7,NCT1,Joy\n"
    assert read(text.encode()) == [ListLine(2, "NCT1", "7", "Joy", "j@c.example")]


def test_blank_lines_are_left_out_and_lines_keep_their_numbers() -> None:
    text = "\n" + HEAD + "\n,,,\n" + 'NCT1,"Ward\n7",Joy,j@c.example\n' + LINE
    wrapped, plain = read(text.encode())
    assert (wrapped.number, plain.number) == (5, 7)
    assert "line break" in wrapped.problem
    assert plain.problem == ""


def test_short_line_has_empty_cells_and_a_long_one_a_problem() -> None:
    short, long = read((HEAD + "NCT1,7\nNCT1,Ward, East,Joy,j@c.example\n").encode())
    assert (short.name, short.email, short.problem) == ("", "", "")
    assert "more cells than the head" in long.problem


def test_mark_against_formulas_is_taken_off_again() -> None:
    (line,) = read((HEAD + "NCT1,7,'=Joy,j@c.example\n").encode())
    assert line.name == "=Joy"
    (line,) = read((HEAD + "NCT1,7,'s Heer,j@c.example\n").encode())
    assert line.name == "'s Heer"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (HEAD.encode(), "no rows"),
        (b"trial,site,name\nNCT1,7,Joy\n", "no column “email”"),
        (b"NCT1;7;Joy;j@c.example\n", "“trial”, “site”, “name”, “email”"),
        (b"trial,site,name,email,E-mail\n" + LINE.encode(), "column “email” twice"),
        ((HEAD + LINE + "a\0b,1,2,3\n").encode(), "Line 3 holds a NUL"),
        ((HEAD + LINE + '"NCT1,7,Joy,j@c.example\n' + LINE).encode(), "on line 3 is never closed"),
        ((HEAD + 'NCT1,"7"th,Joy,j@c.example\n').encode(), "Line 2 has text behind"),
        ((HEAD + f"NCT1,{'7' * 200_000},Joy,j@c.example\n").encode(), "Line 2 holds a cell"),
        ((HEAD + LINE + "NCT1,Krankenhaus Köln,,").encode("latin-1"), "byte 87 (0xF6), on line 3"),
        ("\ufeff".encode() + (HEAD + "ö").encode("latin-1"), "byte 26 (0xF6), on line 2"),
        ((HEAD + LINE).encode("utf-16") + b"\n", "not UTF-16"),
        ((HEAD + LINE).encode("utf-16-le"), "NUL"),
        ((HEAD + LINE * (MOST_LINES + 1)).encode(), "more than 2,000 rows"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_unreadable_list_says_what_is_wrong_and_where(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableListError) as error:
        read(data)
    assert said in str(error.value)
    if "not UTF" in said or "0xF6" in said:
        assert "CSV UTF-8" in str(error.value)


def test_list_at_its_bounds_is_read() -> None:
    assert len(read((HEAD + LINE * MOST_LINES).encode())) == MOST_LINES


@given(st.binary() | st.text().map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        numbers = [line.number for line in read(data)]
    except UnreadableListError as error:
        said = str(error)
    else:
        said = "."
        assert numbers == sorted(set(numbers))
        assert numbers[0] > 1
    assert said.endswith(".")


CELL = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1), st.sampled_from(",;\t"))
def test_whatever_is_written_as_csv_is_read_again(rows, separator: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([("trial", "site", "name", "email"), *rows])
    read_again = read(file.getvalue().encode())
    assert [line.number for line in read_again] == list(range(2, len(rows) + 2))
    assert [(line.trial, line.site, line.name, line.email) for line in read_again] == [
        tuple(map(without_mark, row)) for row in rows
    ]
