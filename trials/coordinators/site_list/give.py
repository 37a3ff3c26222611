"""Writing a list down: all of what somebody saw in its preview, or nothing."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from trials.coordinators import teams
from trials.coordinators.errors import RefusedError
from trials.coordinators.site_list.match import MatchedList, match
from trials.coordinators.site_list.read import ListLine
from trials.models import Site


class ListChangedError(Exception):
    """What a list means is no longer what somebody saw; `found` is what it means now."""

    def __init__(self, found: MatchedList) -> None:
        super().__init__("The list means something else by now.")
        self.found = found


@transaction.atomic
def give_all(*, lines: Sequence[ListLine], seen: str, by: User) -> MatchedList:
    """Give the sites of a list to its coordinators, and return what its lines meant.

    `seen` is the digest of what was shown (`MatchedList.digest`). Raise ListChangedError where the
    list means something else by now, RefusedError where one line can't be done; then nothing is
    written.
    """
    found = match(lines)
    if found.digest != seen:
        raise ListChangedError(found)
    # In one order, so that two lists at once don't wait for each other.
    to_give = sorted(found.to_give, key=lambda each: each.address)
    numbers = [each.place.pk for each in to_give if each.place]
    sites = Site.everything.select_related("trial", "facility").in_bulk(numbers)
    for each in to_give:
        assert each.place is not None  # noqa: S101  (what can be given has its site)
        try:
            teams.give(site=sites[each.place.pk], address=each.address, name=each.line.name, by=by)
        except (RefusedError, ValueError) as error:
            raise RefusedError(f"Line {each.line.number}: {error} Nothing was written.") from None
    return found
