"""What people do to a text: who may, from where, what the page shows then, what the audit says."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from tests.editorial.ready import (
    WORDS,
    add_version,
    make_approved,
    make_draft,
    make_live,
    make_sleep_trial,
    write,
)
from trials.editorial import actions, states, visibility
from trials.editorial.errors import NotAllowedError
from trials.editorial.texts import text_of
from trials.models import AuditEvent, EditorialText, Trial
from trials.terms.desk import Part, Role, State, Verb
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db
REASON = {"return": "Say it shorter, please", "unpublish": "The trial was mixed up"}


@pytest.fixture
def trial(db: None) -> Trial:
    return make_sleep_trial()


@pytest.fixture
def cast(ada: User, ben: User, cleo: User, uma: User, sam: User) -> dict[str, User]:
    return {"ada": ada, "ben": ben, "cleo": cleo, "uma": uma, "sam": sam}


def act(verb: Verb, text: EditorialText, by: User) -> EditorialText:
    name = "return_" if verb == Verb.RETURN else verb.value
    more = {"reason": REASON[verb.value]} if verb.value in REASON else {}
    done: EditorialText = getattr(actions, name)(text=text, by=by, **more)
    return done


def in_state(state: State, trial: Trial, cast: dict[str, User]) -> EditorialText:
    """Return a live text in a state; its words are Zoe's, whom no test lets act."""
    zoe = User.objects.create_superuser("zoe")
    text = make_live(trial, zoe, cast["ben"], cast["cleo"])
    if state in {State.NOT_STARTED, State.UNPUBLISHED}:
        EditorialText.objects.filter(pk=text.pk).update(state=state, is_live=False)
    elif state != State.PUBLISHED:
        actions.start(text=text, by=zoe)
        write(text, zoe)
        EditorialText.objects.filter(pk=text.pk).update(state=state, locked_at=None, locked_by=None)
    text.refresh_from_db()
    return text


PEOPLE = {"ada": {Role.WRITER}, "ben": {Role.REVIEWER}, "cleo": {Role.PUBLISHER}, "uma": set()}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", [*PEOPLE, "sam"])
def test_verb_is_possible_exactly_where_the_tables_say(
    name: str, state: State, trial: Trial, cast: dict[str, User]
) -> None:
    """The truth table: every person, every state, every verb, on a text that is ready."""
    text, roles = in_state(state, trial, cast), PEOPLE.get(name, set(Role))
    for verb in Verb:
        expected = (state, verb) in states.TRANSITIONS and bool(roles & {*states.DOERS[verb]})
        if state in {State.NOT_STARTED, State.UNPUBLISHED} and verb == Verb.UNPUBLISH:
            expected = False
        assert actions.can(actions.check, text, verb, cast[name]) == expected, verb
        if not expected:
            with pytest.raises(NotAllowedError):
                act(verb, text, cast[name])
    text.refresh_from_db()
    assert text.state == state


def test_text_goes_from_the_record_to_its_readers(trial: Trial, cast: dict[str, User]) -> None:
    text = make_live(trial, cast["ada"], cast["ben"], cast["cleo"])
    assert (text.state, text.is_live, text.live) == (State.PUBLISHED, True, text.head)
    assert text.words == {part.value: words for part, words in WORDS.items()}
    assert text.based_on_version == trial.record_version
    assert text.published_by == cast["cleo"]
    verbs = list(AuditEvent.objects.filter(trial=trial).values_list("verb", flat=True))
    assert verbs == ["publish", "approve", "submit", "start"]


def test_start_gives_a_first_draft_that_nobody_has_signed(trial: Trial, ada: User) -> None:
    text = actions.start(text=text_of(trial), by=ada)
    assert text.head is not None
    assert text.head.plain_title
    assert not text.head.passages.filter(signed_at__isnull=False).exists()
    assert text.locked_by == ada
    with pytest.raises(NotAllowedError, match="nobody has signed"):
        actions.submit(text=text, by=ada)


def test_live_words_stay_while_a_new_draft_is_written(trial: Trial, cast: dict[str, User]) -> None:
    text = make_live(trial, cast["ada"], cast["ben"], cast["cleo"])
    actions.start(text=text, by=cast["ada"])
    write(text, cast["ada"], words=WORDS | {Part.PLAIN_TITLE: "Another title"})
    text.refresh_from_db()
    assert (text.plain_title, text.is_live) == (WORDS[Part.PLAIN_TITLE], True)
    assert text.head is not None
    assert text.head.plain_title == "Another title"


def test_nobody_approves_their_own_text(trial: Trial, sam: User, ben: User) -> None:
    text = make_draft(trial, sam)
    actions.submit(text=text, by=sam)
    with pytest.raises(NotAllowedError, match="You wrote this text"):
        actions.approve(text=text, by=sam)
    assert actions.approve(text=text, by=ben).state == State.APPROVED


def test_nobody_approves_a_text_that_they_wrote_in_the_middle_of(
    trial: Trial, ada: User, sam: User
) -> None:
    """The last save is somebody else's; earlier words of the draft are still Sam's."""
    text = make_draft(trial, sam)
    EditorialText.objects.filter(pk=text.pk).update(locked_at=None, locked_by=None)
    write(text, ada)
    actions.submit(text=text, by=ada)
    with pytest.raises(NotAllowedError, match="You wrote this text"):
        actions.approve(text=text, by=sam)


def test_returned_text_goes_to_its_writer_with_the_reason(
    trial: Trial, ada: User, ben: User
) -> None:
    text = make_draft(trial, ada)
    actions.submit(text=text, by=ada)
    with pytest.raises(NotAllowedError, match="Say what has to change"):
        actions.return_(text=text, reason=" ", by=ben)
    text = actions.return_(text=text, reason="The second line is hard", by=ben)
    assert (text.state, text.assigned_to) == (State.RETURNED, ada)
    assert AuditEvent.objects.first().reason == "The second line is hard"


def test_import_between_approval_and_publishing_needs_a_fresh_look(
    trial: Trial, cast: dict[str, User]
) -> None:
    text = make_approved(trial, cast["ada"], cast["ben"])
    add_version(trial, [Source.CRITERIA])
    with pytest.raises(NotAllowedError, match="Good fit: it is stale: eligibility criteria"):
        actions.publish(text=text, by=cast["cleo"])
    text.refresh_from_db()
    assert not text.is_live


def test_change_elsewhere_keeps_nothing_from_being_published(
    trial: Trial, cast: dict[str, User]
) -> None:
    text = make_approved(trial, cast["ada"], cast["ben"])
    add_version(trial, [Source.SITE_CONTACTS])
    assert actions.publish(text=text, by=cast["cleo"]).based_on_version == 2


def test_uncovered_criterion_keeps_a_text_from_its_readers(trial: Trial, ada: User) -> None:
    text = make_draft(trial, ada)
    write(text, ada, covers={})
    with pytest.raises(NotAllowedError, match="2 criteria are neither covered"):
        actions.submit(text=text, by=ada)


def test_criterion_without_a_line_can_be_waived_with_a_reason(trial: Trial, ada: User) -> None:
    text = make_draft(trial, ada)
    revision = text.head
    waived = {
        digest: {"reason": "The doctor asks about this.", "by": "ada"} for digest in revision.covers
    }
    write(text, ada, covers=waived)
    assert actions.submit(text=text, by=ada).state == State.IN_REVIEW


@pytest.mark.parametrize(
    ("part", "words", "sentence"),
    [
        (Part.GOOD_FIT, ["you are 8 to 65 years old"], "8"),
        (Part.NOT_A_FIT, ["you have no history of sleepwalking"], "no"),
        (Part.PLAIN_SUMMARY, "Sea air will cure adults who sleep badly.", "cure"),
        (Part.PLAIN_TITLE, "", "it is empty"),
    ],
)
def test_words_that_are_not_true_are_not_submitted(
    trial: Trial, ada: User, part: Part, words: Any, sentence: str
) -> None:
    text = make_draft(trial, ada)
    write(text, ada, words=WORDS | {part: words})
    with pytest.raises(NotAllowedError, match=sentence):
        actions.submit(text=text, by=ada)


def test_unpublished_page_falls_back_to_the_record(
    trial: Trial, cast: dict[str, User], client: Any
) -> None:
    text = make_live(trial, cast["ada"], cast["ben"], cast["cleo"])
    assert WORDS[Part.PLAIN_TITLE] in client.get(trial.get_absolute_url()).content.decode()
    actions.unpublish(text=text, reason="The trial was mixed up", by=cast["cleo"])
    page = client.get(trial.get_absolute_url()).content.decode()
    assert WORDS[Part.PLAIN_TITLE] not in page
    assert trial.brief_title in page


def test_looking_again_is_enough_where_no_field_rests_on_the_change(
    trial: Trial, cast: dict[str, User]
) -> None:
    text = make_live(trial, cast["ada"], cast["ben"], cast["cleo"])
    add_version(trial, [Source.CENTRAL_CONTACTS])
    actions.look_again(text=text, by=cast["ben"])
    text.refresh_from_db()
    assert text.based_on_version == 2


def test_looking_again_is_refused_where_a_field_rests_on_the_change(
    trial: Trial, cast: dict[str, User]
) -> None:
    text = make_live(trial, cast["ada"], cast["ben"], cast["cleo"])
    add_version(trial, [Source.AGES])
    with pytest.raises(NotAllowedError, match="Good fit, Not a fit"):
        actions.look_again(text=text, by=cast["ben"])


def test_hiding_and_showing_are_told(trial: Trial, cleo: User) -> None:
    visibility.hide(trial=trial, by=cleo, reason="A mistake")
    visibility.show(trial=trial, by=cleo)
    assert list(AuditEvent.objects.values_list("verb", "reason")) == [
        ("show", ""),
        ("hide", "A mistake"),
    ]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE trials_auditevent SET reason = 'x'", "DELETE FROM trials_auditevent"],
)
def test_audit_can_only_grow(trial: Trial, ada: User, statement: str) -> None:
    actions.start(text=text_of(trial), by=ada)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEvent.objects.count() == 1
