"""Records are kept as received and can be read again, however odd they are."""

import json

import pytest

from registry import records
from registry.database import Importer
from registry.records import whole
from trials import models
from trials.registry.run import import_studies
from trials.registry.versions import raw_json, readable_json

pytestmark = pytest.mark.django_db


def test_raw_record_is_the_one_received(take: Importer) -> None:
    take(whole())

    version = models.RecordVersion.objects.get()
    assert raw_json(version).encode() == records.raw(whole())
    assert json.loads(readable_json(version)) == whole()


@pytest.mark.parametrize(
    "text", [b"caf\xe9", b"tab\there\x01", rb"half \ud83d of it", rb"nul \u0000"]
)
def test_odd_record_can_be_shown(take: Importer, text: bytes) -> None:
    take.path.write_bytes(records.raw(whole()).replace(b"Warm Milk for", text))

    import_studies([str(take.path)])

    shown = readable_json(models.RecordVersion.objects.get())
    assert "Restless Sleep" in shown
    assert shown.encode()
