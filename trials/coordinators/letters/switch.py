"""The desk's switch: whether anything goes to addresses that the registry lists.

Without a word from somebody at the desk it is off. The newest word counts, and only for the
installation where it was said. A copy of the database, or one that is used with another key, sends
nothing at all until a publisher says that it is the one that writes: it would know nobody again
who wants no letters.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators.errors import RefusedError
from trials.models import Letter, MailSwitch, SuppressedAddress
from trials.models.letters import this_installation
from trials.terms.desk import RIGHTS, Role
from trials.terms.letters import LetterState

SUBJECT = "mail to study teams"
NOT_FROM_HERE = (
    "The letters of this database were sent by another installation, or before SECRET_KEY or "
    "PUBLIC_BASE_URL was changed."
)
WHAT_TO_DO = (
    "Nothing was sent. If this is the installation that writes to study teams, a publisher says so "
    "on the desk under “Mail to study teams”, where it stands what that means. Everywhere else, "
    "leave it as it is."
)
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """What was said last, None where nobody has said anything, and if it lets this installation
    write: at all, and to addresses that the registry lists.
    """

    said: MailSwitch | None
    writes_here: bool

    @property
    def is_on(self) -> bool:
        """Whether letters may go to addresses that the registry lists."""
        return self.writes_here and self.said is not None and self.said.is_on


class NotFromHereError(Exception):
    """This installation sends nothing; the words are for whoever runs it."""

    def __init__(self) -> None:
        super().__init__(f"{NOT_FROM_HERE} {WHAT_TO_DO}")


def standing() -> Standing:
    """Return what this installation may send; three queries at most."""
    said, ours = _newest(), this_installation()
    return Standing(said, said.installation == ours if said else _wrote_all(ours))


def is_on() -> bool:
    """Tell whether letters may go to addresses that the registry lists; one query."""
    said = _newest()
    return said is not None and said.is_on and said.installation == this_installation()


def check_writes_here() -> None:
    """Raise NotFromHereError where this installation is not the one that writes."""
    if not standing().writes_here:
        raise NotFromHereError


def may_set(by: User) -> bool:
    """Tell whether somebody may set the switch: publishers, and who may do everything."""
    return by.has_perm(f"trials.{RIGHTS[Role.PUBLISHER]}")


def set(*, is_on: bool, reason: str, by: User) -> None:
    """Allow or stop letters to addresses that the registry lists; RefusedError says why not."""
    _check(by)
    if not standing().writes_here:
        raise RefusedError("No letters go out from here: first say that this installation writes.")
    _say(is_on, "allow letters" if is_on else "stop letters", reason, by)


def write_from_here(*, reason: str, by: User) -> None:
    """Let this installation write from now on, and no other; RefusedError says why not.

    Letters to addresses that the registry lists stay off until they are allowed here.
    """
    _check(by)
    if standing().writes_here:
        raise RefusedError("This is the installation that writes already.")
    _say(False, "write from here", reason, by)


def _check(by: User) -> None:
    if not may_set(by):
        raise RefusedError("Only a publisher can allow or stop letters.")


@transaction.atomic
def _say(is_on: bool, verb: str, reason: str, by: User) -> None:
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise RefusedError("Give a reason. It stands in the history.")
    if len(reason) > _LONGEST_REASON:
        raise RefusedError(f"A reason can have {_LONGEST_REASON} characters.")
    MailSwitch.objects.create(is_on=is_on, set_at=timezone.now(), set_by=by, reason=reason)
    audit.record(by=by, verb=verb, subject=SUBJECT, reason=reason)


def _newest() -> MailSwitch | None:
    return MailSwitch.objects.select_related("set_by").first()


def _wrote_all(ours: str) -> bool:
    """Tell whether an installation wrote what there is, where nobody has said which one writes.

    Dropped letters do not count: an installation that may not write leaves such.
    """
    letters = Letter.objects.exclude(state=LetterState.DROPPED).order_by("-pk")
    newest = letters.values_list("installation", flat=True).first()
    others = SuppressedAddress.objects.exclude(installation=ours)
    return newest in {None, ours} and not others.exists()
