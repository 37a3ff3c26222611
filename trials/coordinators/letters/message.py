"""A letter as an e-mail: two versions of its words, and headers that nothing can be put into."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string

from trials.coordinators.letters import message_ids
from trials.coordinators.letters.keys import unsubscribe_address
from trials.models import Letter

_LONGEST_SUBJECT = 150
_BLANK_LINES = re.compile(r"\n{3,}")
# Control characters, line and paragraph separators, and signs that turn the writing round.
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says: the name of its templates, its subject, what they are filled with.

    `reason` says why somebody gets it, and how to stop it; a letter without one was asked for.
    """

    template: str
    subject: str
    context: Mapping[str, Any]
    reason: str = ""


def one_line(text: str, most: int) -> str:
    """Return a text of a record on one line, without signs that can't be seen, cut to a length."""
    seen = "".join(" " if unicodedata.category(sign) in _NO_TEXT else sign for sign in text)
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def written(letter: Letter, words: Words) -> EmailMultiAlternatives:
    """Return the e-mail of a letter. Only its address says whom it is for."""
    subject = one_line(words.subject, _LONGEST_SUBJECT)
    stop = unsubscribe_address(letter.address) if words.reason else ""
    context = {
        **words.context,
        "subject": subject,
        "reason": words.reason,
        "stop": stop,
        "portal": settings.PUBLIC_BASE_URL,
        "help_email": settings.HELP_EMAIL,
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=_plain(f"mail/{words.template}.txt", context),
        to=[letter.address],
        reply_to=[settings.HELP_EMAIL],
        headers=_headers(letter, stop),
    )
    message.attach_alternative(
        render_to_string(f"mail/{words.template}.html", context), "text/html"
    )
    return message


def _headers(letter: Letter, stop: str) -> dict[str, str]:
    headers = {
        "Message-ID": message_ids.new(letter),
        "Auto-Submitted": "auto-generated",
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _plain(template: str, context: Mapping[str, Any]) -> str:
    """Fill a template of plain text, where a sign stands for itself."""
    text = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"
