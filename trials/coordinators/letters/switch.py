"""The desk's switch: whether anything goes to addresses that the registry lists.

Without a word from somebody at the desk it is off. The newest word counts.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators.errors import RefusedError
from trials.models import MailSwitch
from trials.terms.desk import RIGHTS, Role

SUBJECT = "mail to study teams"
_LONGEST_REASON = 500


def newest() -> MailSwitch | None:
    """Return what was said last, and by whom; None where nobody has said anything."""
    return MailSwitch.objects.select_related("set_by").first()


def is_on() -> bool:
    """Tell whether letters may go to addresses that the registry lists."""
    said = newest()
    return said is not None and said.is_on


def may_set(by: User) -> bool:
    """Tell whether somebody may set the switch: publishers, and who may do everything."""
    return by.has_perm(f"trials.{RIGHTS[Role.PUBLISHER]}")


@transaction.atomic
def set(*, is_on: bool, reason: str, by: User) -> None:
    """Allow or stop letters to addresses that the registry lists; RefusedError says why not."""
    if not may_set(by):
        raise RefusedError("Only a publisher can allow or stop letters.")
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise RefusedError("Give a reason. It stands in the history.")
    if len(reason) > _LONGEST_REASON:
        raise RefusedError(f"A reason can have {_LONGEST_REASON} characters.")
    MailSwitch.objects.create(is_on=is_on, set_at=timezone.now(), set_by=by, reason=reason)
    verb = "allow letters" if is_on else "stop letters"
    audit.record(by=by, verb=verb, subject=SUBJECT, reason=reason)
