"""Revisions: every save of a text's words, kept for good, and where each field comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.editorial import locks
from trials.editorial.errors import NotAllowedError
from trials.editorial.permissions import allows
from trials.editorial.sources import USUAL
from trials.editorial.states import WRITABLE
from trials.editorial.texts import locked
from trials.models import EditorialText, Passage, Revision
from trials.terms.desk import Part, Role, State
from trials.terms.sources import Source

Words = dict[Part, str | list[str]]


class ConflictError(Exception):
    """Somebody else saved meanwhile: `theirs` is what they saved, `base` what both started from."""

    def __init__(self, theirs: Revision, base: Revision | None) -> None:
        super().__init__(f"{locks.name(theirs.saved_by)} saved revision {theirs.number} meanwhile.")
        self.theirs = theirs
        self.base = base


@dataclass(frozen=True, slots=True)
class Edit:
    """What a writer sends: all words, and which fields they have held against the record.

    `seen_version` is the record version that the form showed, `head_number` the revision that it
    was filled from (0 for none). A field without `sources` keeps those that it had.
    """

    words: Words
    seen_version: int
    head_number: int
    signed: frozenset[Part] = frozenset()
    sources: Mapping[Part, Sequence[str]] = field(default_factory=dict)
    covers: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def check_save(text: EditorialText, by: User) -> None:
    """Raise NotAllowedError where a person can't write this text now."""
    if not allows(by, Role.WRITER):
        raise NotAllowedError("Only writers can change a text.")
    if State(text.state) not in WRITABLE:
        label = State(text.state).label.lower()
        raise NotAllowedError(f"The text is {label}: start writing, or have it returned, first.")
    locks.check_free(text, by)


@transaction.atomic
def save(*, text: EditorialText, edit: Edit, by: User) -> Revision:
    """Keep what a writer wrote as the text's newest revision, and renew their lock.

    Raises NotAllowedError where they can't write now, ConflictError where somebody else saved
    since the form was filled: nothing is overwritten unseen.
    """
    text = locked(text.pk)
    check_save(text, by)
    # Nobody has seen a version that is still to come: signed for one, a field would never be stale.
    edit = replace(edit, seen_version=min(edit.seen_version, text.trial.record_version))
    head = text.head
    if head is not None and head.number != edit.head_number:
        raise ConflictError(head, text.revisions.filter(number=edit.head_number).first())
    locks.take(text=text, by=by)
    revision = _add(text, edit, by)
    _keep_passages(revision, head, edit, by)
    text.unsaved_words.filter(kept_by=by).delete()
    return revision


def add_first(
    *,
    text: EditorialText,
    words: Words,
    by: User,
    note: str,
    sources: Mapping[Part, Sequence[Source]] = USUAL,
    covers: dict[str, Any] | None = None,
    is_signed: bool = False,
) -> Revision:
    """Keep words that nobody typed into the form: a first draft, or a text from a file.

    Without `is_signed` no field counts as reviewed until an editor signs it.
    """
    edit = Edit(
        words,
        seen_version=text.trial.record_version,
        head_number=text.head.number if text.head else 0,
        signed=frozenset(Part) if is_signed else frozenset(),
        sources=sources,
        covers=covers or {},
        note=note,
    )
    revision = _add(text, edit, by)
    _keep_passages(revision, None, edit, by)
    return revision


@transaction.atomic
def restore(*, text: EditorialText, number: int, by: User) -> Revision:
    """Bring an older revision back as the newest one, its signatures and versions with it.

    A signature stands as of the record version it was given for: what the record changed since
    makes the field stale as ever.
    """
    text = locked(text.pk)
    check_save(text, by)
    old = text.revisions.prefetch_related("passages").get(number=number)
    edit = Edit(
        {part: getattr(old, part.value) for part in Part},
        text.trial.record_version,
        text.head.number if text.head else 0,
        covers=old.covers,
        answers=old.answers,
        note=f"Restored from revision {number}",
    )
    revision = _add(text, edit, by)
    Passage.objects.bulk_create(_copy(passage, revision) for passage in old.passages.all())
    audit.record(
        by=by, verb="restore", subject="text", trial=text.trial, after={"revision": number}
    )
    return revision


def passages_of(revision: Revision | None) -> dict[Part, Passage]:
    """Return a revision's passages by their part."""
    if revision is None or revision.pk is None:
        return {}
    return {Part(row.part): row for row in revision.passages.select_related("signed_by")}


def sources_of(passage: Passage | None, part: Part) -> list[str]:
    """Return the fields of the record that a field is written from: the usual ones at first."""
    return passage.sources if passage else [source.value for source in USUAL[part]]


def authors_since(text: EditorialText, live: Revision | None) -> set[int]:
    """Return the ids of the people who wrote what patients don't see yet."""
    after = live.number if live else 0
    # Published again without a new word: then whoever wrote the live words counts.
    newer = text.revisions.filter(number__gt=after)
    rows: Iterable[int] = newer.values_list("saved_by_id", flat=True)
    return set(rows) or ({live.saved_by_id} if live else set())


def _add(text: EditorialText, edit: Edit, by: User) -> Revision:
    revision = Revision.objects.create(
        text=text,
        number=(text.head.number if text.head else 0) + 1,
        saved_at=timezone.now(),
        saved_by=by,
        note=edit.note,
        covers=edit.covers,
        answers=edit.answers,
        **{part.value: words for part, words in edit.words.items()},
    )
    text.head = revision
    text.save(update_fields=["head"])
    return revision


def _keep_passages(revision: Revision, head: Revision | None, edit: Edit, by: User) -> None:
    before = passages_of(head)
    Passage.objects.bulk_create(
        _passage(part, revision, head, before.get(part), edit, by) for part in Part
    )


def _passage(
    part: Part,
    revision: Revision,
    head: Revision | None,
    before: Passage | None,
    edit: Edit,
    by: User,
) -> Passage:
    """Return where a field comes from: as before unless it was signed or its words changed."""
    chosen = edit.sources.get(part) or sources_of(before, part)
    sources = [str(source) for source in chosen]
    is_same = head is not None and getattr(head, part.value) == getattr(revision, part.value)
    # A form lists them in an order of its own.
    is_same &= before is not None and set(sources) == set(before.sources)
    if before and is_same and part not in edit.signed:
        return _copy(before, revision)
    is_signed = part in edit.signed and bool(getattr(revision, part.value))
    return Passage(
        revision=revision,
        part=part.value,
        based_on_version=edit.seen_version,
        sources=sources,
        signed_at=revision.saved_at if is_signed else None,
        signed_by=by if is_signed else None,
    )


def _copy(passage: Passage, revision: Revision) -> Passage:
    return Passage(
        revision=revision,
        part=passage.part,
        based_on_version=passage.based_on_version,
        sources=passage.sources,
        signed_at=passage.signed_at,
        signed_by_id=passage.signed_by_id,
    )
