"""What study teams add about their sites, in words for readers, and the words for silence."""

from collections.abc import Sequence

from trials.terms.site_facts import ANSWERS, NOT_STATED, SiteFactKind

_SHORT: dict[str, str] = {
    SiteFactKind.LANGUAGES: "languages",
    SiteFactKind.INTERPRETER: "interpreter",
    SiteFactKind.TRAVEL: "help with travel",
    SiteFactKind.REMOTE: "visits by phone or video",
    SiteFactKind.PARKING: "parking",
}


def answers(kind: SiteFactKind, codes: Sequence[str]) -> list[str]:
    """Return the words of what was chosen; of languages nothing, which have names of their own."""
    known = ANSWERS.get(kind, {})
    return [known[code] for code in codes if code in known]


def not_stated(kinds: Sequence[SiteFactKind]) -> str:
    """Return one line for the facts that nobody has told; empty where there are none."""
    if not kinds:
        return ""
    words = ", ".join(_SHORT[kind] for kind in kinds)
    return f"{words[:1].upper()}{words[1:]}: {NOT_STATED[:1].lower()}{NOT_STATED[1:]}."
