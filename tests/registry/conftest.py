"""What the importer's tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

from registry.database import Importer

# How long an example takes on a busy machine says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def take(tmp_path: Path, db: None) -> Importer:
    """Return a function that imports studies."""
    return Importer(tmp_path)
