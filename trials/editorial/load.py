"""Published texts from TOML files: how the demonstration's words come into a database.

The files' keys are the columns of EditorialText; fixtures/README.md describes them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import msgspec
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from trials import audit, indexing
from trials.editorial import revisions
from trials.editorial.actions import go_live
from trials.editorial.texts import text_of
from trials.models import Passage, RecordVersion, Trial
from trials.terms.desk import Part, State

TEAM = "editorial-team"


class TextFileError(Exception):
    """A file can't be taken in; the message names it and says why."""


class TextFile(msgspec.Struct, forbid_unknown_fields=True):
    """One file: the published text of one trial."""

    nct_id: str
    plain_title: str
    plain_summary: str
    what_it_studies: str
    good_fit: list[str]
    not_a_fit: list[str]
    potential_benefit: str
    similar_studies: str
    taking_part: str
    reviewed_on: date


def files_below(paths: list[str]) -> list[Path]:
    """Return the files to read; raises TextFileError for a path that is not there."""
    return [file for path in paths for file in _files_of(Path(path))]


def _files_of(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise TextFileError(f"There is no file or folder “{path}”.")
    yield from sorted(path.rglob("*.toml")) if path.is_dir() else [path]


@transaction.atomic
def load_texts(files: list[Path], *, by: User | None = None) -> int:
    """Publish the text of every file, all or none; return how many.

    Without `by` the account of the editorial team publishes, which nobody can log in to. Raises
    TextFileError for a file that is not such a text or whose trial is not there.
    """
    publisher = by or _team()
    indexing.refresh([_publish(_read(file), file, publisher) for file in files])
    return len(files)


def _team() -> User:
    team, created = get_user_model().objects.get_or_create(
        username=TEAM, defaults={"is_active": False}
    )
    if created:
        team.set_unusable_password()
        team.save(update_fields=["password"])
    return team


def _read(file: Path) -> TextFile:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=TextFile)
    except (OSError, msgspec.DecodeError) as error:
        raise TextFileError(f"{file}: {error}.") from None


def _publish(text: TextFile, file: Path, publisher: User) -> int:
    """Publish a text; return its trial's id."""
    trial = Trial.everything.filter(nct_id=text.nct_id).first()
    if trial is None:
        raise TextFileError(
            f"{file}: there is no trial {text.nct_id}. Import its record first (import_studies)."
        )
    columns = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in msgspec.structs.asdict(text).items()
        if name != "nct_id"
    }
    reviewed = datetime.combine(text.reviewed_on, time(12), tzinfo=UTC)
    desk_text = text_of(trial)
    revisions.add_first(
        text=desk_text,
        words={part: columns[part.value] for part in Part},
        by=publisher,
        note=f"From {file.name}",
        is_signed=True,
    )
    go_live(text=desk_text, by=publisher, at=reviewed)
    desk_text.state, desk_text.since = State.PUBLISHED, reviewed
    desk_text.based_on_version = _version_on(trial, text.reviewed_on)
    desk_text.save(update_fields=["state", "since", "based_on_version"])
    Passage.objects.filter(revision=desk_text.live).update(
        based_on_version=desk_text.based_on_version
    )
    audit.record(by=publisher, verb="load", subject="text", trial=trial, after={"file": file.name})
    return trial.pk


def _version_on(trial: Trial, day: date) -> int:
    """Return the version of a trial's record that an editor had before them on a day.

    That is the newest one with the registry's data of that day or before; without any, the present
    one.
    """
    kept = RecordVersion.objects.filter(
        trial=trial, data_version__gt="", data_version__lte=day.isoformat()
    )
    found = kept.order_by("-number").values_list("number", flat=True).first()
    return found or trial.record_version
