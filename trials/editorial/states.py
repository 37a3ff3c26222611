"""The workflow of a text as tables: transitions, owners, audit events, doers. Nothing else.

`docs/workflow.md` is drawn from these tables (`manage.py draw_workflow`), and a test holds it to
them.
"""

from trials.terms.desk import Role, State, Verb

# From which state a verb leads where. What patients see may stay live beside a new draft: to take
# it back leaves the draft where it is.
TRANSITIONS: dict[tuple[State, Verb], State] = {
    (State.NOT_STARTED, Verb.START): State.DRAFT,
    (State.DRAFT, Verb.SUBMIT): State.IN_REVIEW,
    (State.IN_REVIEW, Verb.RETURN): State.RETURNED,
    (State.IN_REVIEW, Verb.APPROVE): State.APPROVED,
    (State.RETURNED, Verb.SUBMIT): State.IN_REVIEW,
    (State.APPROVED, Verb.RETURN): State.RETURNED,
    (State.APPROVED, Verb.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Verb.START): State.DRAFT,
    (State.PUBLISHED, Verb.UNPUBLISH): State.UNPUBLISHED,
    (State.UNPUBLISHED, Verb.START): State.DRAFT,
    (State.DRAFT, Verb.UNPUBLISH): State.DRAFT,
    (State.IN_REVIEW, Verb.UNPUBLISH): State.IN_REVIEW,
    (State.RETURNED, Verb.UNPUBLISH): State.RETURNED,
    (State.APPROVED, Verb.UNPUBLISH): State.APPROVED,
}

# Whose turn it is in each state.
OWNERS: dict[State, Role] = {
    State.NOT_STARTED: Role.WRITER,
    State.DRAFT: Role.WRITER,
    State.IN_REVIEW: Role.REVIEWER,
    State.RETURNED: Role.WRITER,
    State.APPROVED: Role.PUBLISHER,
    State.PUBLISHED: Role.WRITER,
    State.UNPUBLISHED: Role.WRITER,
}

# What the audit says of each verb, after the person's name.
EVENTS: dict[Verb, str] = {
    Verb.START: "started writing",
    Verb.SUBMIT: "submitted the text for review",
    Verb.RETURN: "returned the text to the writer",
    Verb.APPROVE: "approved the text",
    Verb.PUBLISH: "published the text",
    Verb.UNPUBLISH: "unpublished the page",
}
# Who may do what. An approved text goes back by whoever would publish it, too.
DOERS: dict[Verb, tuple[Role, ...]] = {
    Verb.START: (Role.WRITER,),
    Verb.SUBMIT: (Role.WRITER,),
    Verb.RETURN: (Role.REVIEWER, Role.PUBLISHER),
    Verb.APPROVE: (Role.REVIEWER,),
    Verb.PUBLISH: (Role.PUBLISHER,),
    Verb.UNPUBLISH: (Role.PUBLISHER,),
}
WRITABLE = frozenset({State.DRAFT, State.RETURNED})
# Somebody works on the text: it matters what still keeps it from its readers.
UNDER_WAY = frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED, State.APPROVED})


def document() -> str:
    """Return `docs/workflow.md`: the diagram, whose turn it is, who may do what."""
    arrows = (f"    {before} --> {after}: {verb}" for (before, verb), after in TRANSITIONS.items())
    turns = (f"| {state.label} | {OWNERS[state].label.lower()} |" for state in State)
    doers = (
        f"| {verb} | {' or '.join(role.label.lower() for role in DOERS[verb])} | {EVENTS[verb]} |"
        for verb in Verb
    )
    return "\n".join(
        (
            "# Where a text stands",
            "",
            "Drawn from the tables in `trials/editorial/states.py` by `manage.py draw_workflow`,",
            "never edited by hand. What patients see stays live beside a new draft, until the next",
            "“publish” or an “unpublish”.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {State.NOT_STARTED}",
            *arrows,
            "```",
            "",
            "| state | whose turn |",
            "|---|---|",
            *turns,
            "",
            "| verb | who may | what the history says |",
            "|---|---|---|",
            *doers,
            "",
        )
    )
