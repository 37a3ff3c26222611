"""A few real imports for the admin to show."""

import json
from pathlib import Path

import pytest

from trials.models import Trial
from trials.registry.run import import_studies

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "studies"


@pytest.fixture
def trial(db: None) -> Trial:
    import_studies([str(FIXTURES / "NCT99900004.json")])
    return Trial.everything.get(nct_id="NCT99900004")


@pytest.fixture
def imported_oddities(db: None, tmp_path: Path) -> Trial:
    """One record with an odd value, and one that is rejected."""
    study = json.loads((FIXTURES / "NCT99900004.json").read_text())
    study["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "2019-02-30"}
    lines = [json.dumps(study), '{"protocolSection": {"identificationModule": {"nctId": "X1"}}}']
    path = tmp_path / "odd.jsonl"
    path.write_text("\n".join(lines))
    import_studies([str(path)])
    return Trial.everything.get(nct_id="NCT99900004")
