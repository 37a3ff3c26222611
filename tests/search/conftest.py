"""Searches need the packaged towns and the lay words: see `reference_data`."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _reference_data(reference_data: None) -> None:
    """Have them in every module."""
