"""How the contacts of one study stand together: no more is claimed than each of them allows."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trials.terms.contacts import Answer, ContactStanding, ContactState, tally
from trials.terms.plain.contacts import (
    confirmed_on,
    site_on_card,
    state_code,
    tally_in_table,
    tally_on_card,
)

days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
CONFIRMED = (ContactState.CONFIRMED, ContactState.DUE, ContactState.OVERDUE)
standings = st.one_of(
    st.builds(ContactStanding, has_difficulty=st.booleans()),
    st.builds(
        ContactStanding,
        st.sampled_from(CONFIRMED),
        st.just(Answer.RIGHT),
        days,
        has_difficulty=st.booleans(),
    ),
    st.builds(
        ContactStanding,
        st.just(ContactState.REPORTED_WRONG),
        st.sampled_from([Answer.CHANGE, Answer.NOT_RECRUITING, Answer.NOT_MY_SITE]),
        days,
        has_difficulty=st.booleans(),
    ),
)


@given(st.lists(standings, max_size=8), st.integers(0, 5))
def test_tally_counts_those_alone_that_are_confirmed_now(
    known: list[ContactStanding], silent: int
) -> None:
    found = tally(known, places=len(known) + silent)
    counted = [each for each in known if each.state in CONFIRMED[:2]]

    assert found.confirmed == len(counted) <= found.places
    assert found.newest == max((each.since for each in counted if each.since), default=None)
    assert found.has_difficulty == any(each.has_difficulty for each in known)
    assert ("No contact confirmed" in tally_on_card(found).words) == (not counted)
    assert tally_in_table(found).startswith(f"{len(counted)} of {len(known) + silent}")


@given(standings)
def test_card_says_confirmed_of_a_site_where_it_is(standing: ContactStanding) -> None:
    shown = site_on_card(standing)
    is_confirmed = standing.state in CONFIRMED

    assert (confirmed_on(standing) is not None) == is_confirmed
    assert (shown is not None and "Contact" in shown.words[:8]) == is_confirmed
    assert (shown is not None and shown.is_warning) == (
        standing.state == ContactState.REPORTED_WRONG
    )


def test_codes_of_states_are_stable() -> None:
    """Programs of others read them."""
    codes = {state_code(ContactStanding(state)) for state in ContactState}

    assert codes == {"NOT_CONFIRMED", "CONFIRMED", "DUE", "OVERDUE", "REPORTED_WRONG"}
