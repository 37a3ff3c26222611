"""How long a study team's word stands that its site takes nobody."""

from hypothesis import given

from tests.terms.test_contacts import details, events
from trials.terms.contacts import Answer, Detail, Details, Told, closed_since


@given(events, details)
def test_site_stays_closed_until_somebody_says_otherwise(
    told: list[Told], present: Details
) -> None:
    counting = [each for each in told if not each.is_unfounded]
    words = [each for each in counting if each.answer in {Answer.RIGHT, Answer.NOT_RECRUITING}]
    last = words[-1] if words else None
    found = closed_since(told, present=present.digests)
    if found is not None:
        assert last is not None
        assert (last.answer, last.on) == (Answer.NOT_RECRUITING, found)
        changed = present.digests.changed(last.digests)
        assert not {Detail.STATUS, Detail.PLACE}.intersection(changed)
    elif last is not None and last.answer == Answer.NOT_RECRUITING and not last.is_reopened:
        assert {Detail.STATUS, Detail.PLACE}.intersection(present.digests.changed(last.digests))
