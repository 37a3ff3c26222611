"""The workflow's tables agree with each other, with the actions and with the docs."""

import pytest

from tests.project.production import REPOSITORY
from trials.editorial import actions, states
from trials.terms.desk import State, Verb
from trials.terms.registry import OverallStatus


@pytest.mark.parametrize("state", State)
def test_state_has_an_owner_and_a_way_out(state: State) -> None:
    assert state in states.OWNERS
    assert any(before == state for before, _ in states.TRANSITIONS)


@pytest.mark.parametrize("verb", Verb)
def test_verb_has_an_action_an_audit_event_a_doer_and_a_transition(verb: Verb) -> None:
    name = "return_" if verb == Verb.RETURN else verb.value
    assert callable(getattr(actions, name))
    assert states.EVENTS[verb]
    assert states.DOERS[verb]
    assert any(done == verb for _, done in states.TRANSITIONS)


def test_every_state_can_be_reached() -> None:
    reached, waiting = {State.NOT_STARTED}, [State.NOT_STARTED]
    while waiting:
        here = waiting.pop()
        new = {after for (before, _), after in states.TRANSITIONS.items() if before == here}
        waiting += new - reached
        reached |= new
    assert reached == set(State)


def test_no_state_uses_a_word_of_the_registry() -> None:
    assert not {state.value for state in State} & {status.value for status in OverallStatus}


def test_only_publishing_leads_to_published() -> None:
    ways = {verb for (_, verb), after in states.TRANSITIONS.items() if after == State.PUBLISHED}
    assert ways == {Verb.PUBLISH}
    assert states.TRANSITIONS[State.APPROVED, Verb.PUBLISH] == State.PUBLISHED


def test_diagram_in_the_docs_is_the_tables() -> None:
    said = (REPOSITORY / "docs" / "workflow.md").read_text()
    assert said == states.document(), "run: manage.py draw_workflow >docs/workflow.md"
