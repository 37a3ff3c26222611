"""Saving: nothing is overwritten, nothing is lost, every field knows where it comes from."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.editorial.ready import WORDS, add_version, make_draft, make_sleep_trial, write
from trials.editorial import locks, revisions
from trials.editorial.errors import NotAllowedError
from trials.editorial.first_draft import SOURCES
from trials.editorial.revisions import ConflictError, passages_of
from trials.editorial.sources import USUAL
from trials.editorial.staleness import stale_parts
from trials.models import EditorialText, Trial, UnsavedWords
from trials.terms.desk import Part, State
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db
TITLE = WORDS | {Part.PLAIN_TITLE: "Walks by the sea"}


@pytest.fixture
def trial(db: None) -> Trial:
    return make_sleep_trial()


@pytest.fixture
def text(trial: Trial, ada: User) -> EditorialText:
    return make_draft(trial, ada)


def test_save_keeps_every_revision(text: EditorialText, ada: User) -> None:
    write(text, ada, words=TITLE)
    titles = text.revisions.order_by("number").values_list("plain_title", flat=True)
    assert list(titles)[1:] == [WORDS[Part.PLAIN_TITLE], "Walks by the sea"]
    text.refresh_from_db()
    assert text.head.number == 3


def test_two_editors_see_each_others_change_instead_of_overwriting_it(
    text: EditorialText, ada: User, sam: User
) -> None:
    EditorialText.objects.update(locked_at=None, locked_by=None)
    write(text, sam, words=TITLE)
    EditorialText.objects.update(locked_at=None, locked_by=None)
    with pytest.raises(ConflictError) as caught:
        write(text, ada, head_number=2)
    assert caught.value.theirs.plain_title == "Walks by the sea"
    assert caught.value.base.number == 2
    assert text.revisions.count() == 3


def test_lock_keeps_others_out_until_it_lapses(text: EditorialText, ada: User, sam: User) -> None:
    with pytest.raises(NotAllowedError, match="ada is writing this text"):
        write(text, sam)
    lapsed = timezone.now() - timedelta(minutes=settings.LOCK_MINUTES, seconds=1)
    EditorialText.objects.update(locked_at=lapsed)
    assert write(text, sam).saved_by == sam


def test_only_a_publisher_breaks_a_lock(
    text: EditorialText, ben: User, cleo: User, sam: User
) -> None:
    with pytest.raises(NotAllowedError, match="Only a publisher"):
        locks.break_lock(text=text, reason="", by=ben)
    locks.break_lock(text=text, reason="Ada is on leave", by=cleo)
    assert write(text, sam).saved_by == sam


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.RETURNED}))
def test_text_is_written_only_as_a_draft(text: EditorialText, ada: User, state: State) -> None:
    is_live = state == State.PUBLISHED
    EditorialText.objects.update(
        state=state,
        is_live=is_live,
        plain_title="x",
        plain_summary="x",
        published_at=timezone.now(),
        published_by=ada,
        reviewed_on="2026-01-01",
        based_on_version=1,
    )
    with pytest.raises(NotAllowedError, match="start writing, or have it returned"):
        write(text, ada)


def test_reviewer_does_not_write(text: EditorialText, ben: User) -> None:
    EditorialText.objects.update(locked_at=None, locked_by=None)
    with pytest.raises(NotAllowedError, match="Only writers"):
        write(text, ben)


def test_field_knows_its_version_its_sources_and_who_signed_it(
    text: EditorialText, ada: User
) -> None:
    passage = passages_of(text.head)[Part.GOOD_FIT]
    assert (passage.based_on_version, passage.signed_by) == (1, ada)
    assert passage.sources == [source.value for source in SOURCES[Part.GOOD_FIT]]


def test_changed_words_lose_their_signature_and_others_keep_it(
    text: EditorialText, ada: User
) -> None:
    revision = write(text, ada, words=TITLE, signed=frozenset())
    found = passages_of(revision)
    assert found[Part.PLAIN_TITLE].signed_at is None
    assert found[Part.GOOD_FIT].signed_by == ada


def test_other_sources_ask_for_a_new_signature(text: EditorialText, ada: User) -> None:
    """Else a stale field could be made fresh by saying that it rests on something else."""
    add_version(text.trial, [Source.AGES])
    revision = write(text, ada, signed=frozenset(), sources={Part.GOOD_FIT: [Source.CRITERIA]})
    assert passages_of(revision)[Part.GOOD_FIT].signed_at is None


def test_import_while_somebody_writes_makes_what_they_sign_stale(
    text: EditorialText, ada: User
) -> None:
    add_version(text.trial, [Source.CRITERIA])
    revision = write(text, ada, seen_version=1)
    assert set(stale_parts(revision)) == {Part.GOOD_FIT, Part.NOT_A_FIT}


def test_signing_against_the_new_version_makes_a_field_fresh(
    text: EditorialText, ada: User
) -> None:
    add_version(text.trial, [Source.CRITERIA])
    assert stale_parts(text.head)
    assert stale_parts(write(text, ada)) == {}


def test_restored_revision_is_the_newest_and_as_stale_as_it_was(
    text: EditorialText, ada: User
) -> None:
    write(text, ada, words=TITLE)
    add_version(text.trial, [Source.CRITERIA])
    text.refresh_from_db()
    revision = revisions.restore(text=text, number=2, by=ada)
    assert (revision.number, revision.plain_title) == (4, WORDS[Part.PLAIN_TITLE])
    assert revision.note == "Restored from revision 2"
    assert set(stale_parts(revision)) == {Part.GOOD_FIT, Part.NOT_A_FIT}


def test_save_takes_away_what_was_kept_unsaved(text: EditorialText, ada: User) -> None:
    UnsavedWords.objects.create(text=text, kept_by=ada, kept_at=timezone.now(), words={})
    write(text, ada)
    assert not UnsavedWords.objects.exists()


@given(data=st.data())
def test_a_field_is_signed_only_by_a_tick_for_these_very_words(data: st.DataObject) -> None:
    """Whatever was there before, whatever changes: a pure rule of one field."""
    from trials.models import Passage, Revision

    words = st.sampled_from(["", "one", "two"])
    before, after = data.draw(words), data.draw(words)
    had, ticked = data.draw(st.booleans()), data.draw(st.booleans())
    writer, old = User(pk=1, username="ada"), User(pk=2, username="sam")
    head, new = Revision(plain_title=before), Revision(plain_title=after, saved_at=timezone.now())
    passage = Passage(
        part="plain_title",
        based_on_version=1,
        sources=[source.value for source in USUAL[Part.PLAIN_TITLE]],
        signed_at=timezone.now() if had else None,
        signed_by=old if had else None,
    )
    signed = frozenset({Part.PLAIN_TITLE}) if ticked else frozenset()
    edit = revisions.Edit({}, seen_version=2, head_number=1, signed=signed)
    found = revisions._passage(Part.PLAIN_TITLE, new, head, passage, edit, writer)
    if ticked and after:
        assert (found.signed_by_id, found.based_on_version) == (1, 2)
    elif had and before == after and not ticked:
        assert (found.signed_by_id, found.based_on_version) == (2, 1)
    else:
        assert found.signed_by_id is None


@pytest.mark.parametrize("claimed", [2, 99, 10**12])
def test_version_that_is_still_to_come_was_not_seen(
    text: EditorialText, ada: User, claimed: int
) -> None:
    revision = write(text, ada, seen_version=claimed)
    assert {row.based_on_version for row in passages_of(revision).values()} == {1}
    add_version(text.trial, [Source.CRITERIA])
    assert Part.GOOD_FIT in stale_parts(revision)
