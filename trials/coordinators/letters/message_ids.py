"""The Message-ID of a letter: by it a letter that comes back is known as ours, and to whom it went.

It holds the letter's number and a keyed mark over that and the digest of its address. Only whoever
got the letter, and the mail servers on its way, know it: nobody else can write a report about it.
"""

import re
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from trials.models import Letter

_SALT = "trials.letters.message-id"
_MARK_LENGTH = 20  # 80 bits, in a header of one line
_OURS = re.compile(r"<(\d{1,18})\.([0-9a-f]{8})\.([0-9a-f]{20})@[^<>@\s]+>")


def new(letter: Letter) -> str:
    """Return a name for an e-mail of a letter; each time it is sent has its own."""
    number = token_hex(4)
    mark = _mark(letter.pk, number, letter.address_digest)
    return f"<{letter.pk}.{number}.{mark}@{urlsplit(settings.PUBLIC_BASE_URL).hostname}>"


def letter_of(message_id: str) -> int:
    """Return the key of the letter that a Message-ID names, 0 for one that can't be ours."""
    found = _OURS.fullmatch(message_id)
    return int(found[1]) if found else 0


def is_of(message_id: str, letter: Letter) -> bool:
    """Tell whether we gave a Message-ID to a letter, for the address that it went to."""
    found = _OURS.fullmatch(message_id)
    if found is None or int(found[1]) != letter.pk:
        return False
    return constant_time_compare(_mark(letter.pk, found[2], letter.address_digest), found[3])


def _mark(pk: int, number: str, digest: str) -> str:
    hashed = salted_hmac(_SALT, f"{pk}.{number}.{digest}", algorithm="sha256")
    return hashed.hexdigest()[:_MARK_LENGTH]
