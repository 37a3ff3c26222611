"""What holds for all our short words beside the texts: terms, pairs and introductions."""

import re

from trials.editorial.checks.cleaning import cleaned
from trials.editorial.checks.findings import Level
from trials.editorial.checks.promises import check_promises
from trials.editorial.errors import NotAllowedError

_MARKUP = re.compile(r"<\s*[/!?]?\s*[a-z]|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE)


def plain_line(text: str) -> str:
    """Return typed words as one line without hidden signs and pictures.

    Raises NotAllowedError for HTML, which pages would show as it stands, and for what can't be
    cleaned without a risk.
    """
    if _MARKUP.search(text):
        raise NotAllowedError(f"“{text[:40].strip()}” holds HTML. Type plain words.")
    clean = cleaned(text)
    if clean.refusal:
        raise NotAllowedError(clean.refusal)
    return " ".join(clean.text.split())


def check_claims(text: str) -> None:
    """Raise NotAllowedError for words that promise something or give advice."""
    for finding in check_promises(text):
        if finding.level == Level.STOP:
            raise NotAllowedError(finding.message)
