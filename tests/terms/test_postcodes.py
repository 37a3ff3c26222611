"""Postal codes: what is kept of them, and what a typed text may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms.postcodes import codes_meant, kept_code


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("10001", "US", "10001"),
        ("10001-1234", "US", "10001"),
        ("1000", "US", ""),
        ("SW1A 1AA", "GB", "SW1A"),
        ("sw1a", "GB", "SW1A"),
        ("B9 5SS", "GB", "B9"),
        ("24", "GB", ""),
        ("M5G 2M9", "CA", "M5G"),
        ("1066CX", "NL", "1066"),
        ("1066 CX", "NL", "1066"),
        ("D04V1W8", "IE", "D04"),
        ("Dublin 9", "IE", ""),
        ("80331", "DE", "80331"),
        ("101-0065", "JP", "1010065"),
        ("01509 - 010", "BR", "01509010"),
        ("unknown", "DE", ""),
        ("", "DE", ""),
        ("1" * 50, "DE", ""),
    ],
)
def test_kept_code_of_a_record(text: str, country: str, kept: str) -> None:
    assert kept_code(text, country) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SW1A 1AA", "SW1A"),
        ("sw1a1aa", "SW1A"),
        ("10001-1234", "10001"),
        ("m5g2m9", "M5G"),
        ("1066 cx", "1066"),
        ("101-0065", "1010065"),
    ],
)
def test_codes_meant_hold_the_kept_one(text: str, code: str) -> None:
    assert code in codes_meant(text)


@pytest.mark.parametrize("text", ["", "Leeds", "😀", "1" * 50])
def test_codes_meant_by_what_is_no_code(text: str) -> None:
    assert codes_meant(text) == ()


@given(st.text(max_size=20), st.sampled_from(["US", "GB", "CA", "IE", "NL", "DE"]))
def test_kept_code_is_meant_by_the_code_it_was_kept_of(text: str, country: str) -> None:
    kept = kept_code(text, country)
    assert kept_code(kept, country) == kept
    assert not kept or kept in codes_meant(text)
