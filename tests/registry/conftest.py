"""What the importer's tests share."""

from pathlib import Path

import pytest

from registry.database import Importer


@pytest.fixture
def take(tmp_path: Path, db: None) -> Importer:
    """Return a function that imports studies."""
    return Importer(tmp_path)
