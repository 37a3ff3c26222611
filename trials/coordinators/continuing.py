"""After “something must change” behind a link: a signed token by which its holder says what.

The link has taken its answer by then. The token is for that answer alone, good for two hours, and
travels as the link's key does.
"""

from datetime import timedelta

from django.core import signing

from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import Confirmation, Site

_SALT = "trials.coordinators.continuing"
_GOOD_FOR = timedelta(hours=2)
_LONGEST = 200


def token_of(confirmation: Confirmation) -> str:
    """Return the token for the corrections of an answer that was given by a link just now."""
    return signing.dumps(confirmation.pk, salt=_SALT)


def opened(token: str) -> tuple[Confirmation, Site]:
    """Return the answer of a token and its site, with all that it shows; three queries.

    Raise LinkIsOverError where the token is cut short or too old, the site is no longer shown, or
    the answer has its corrections, or its end, already.
    """
    rows = Confirmation.objects.select_related("link", "settlement", "trial")
    try:
        number = signing.loads(token[:_LONGEST], salt=_SALT, max_age=_GOOD_FOR)
    except signing.SignatureExpired:
        raise LinkIsOverError(Over.EXPIRED) from None
    except (signing.BadSignature, ValueError):
        raise LinkIsOverError(Over.UNREADABLE) from None
    confirmation = rows.filter(pk=number).first()
    if confirmation is None:
        raise LinkIsOverError(Over.UNREADABLE)
    if hasattr(confirmation, "settlement") or confirmation.corrections.exists():
        raise LinkIsOverError(Over.USED)
    sites = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    site = sites.filter(pk=confirmation.site_id or 0).first()
    if site is None or not site.trial.is_public:
        raise LinkIsOverError(Over.GONE)
    return confirmation, site
