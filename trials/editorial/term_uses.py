"""Which live texts use which terms: rewritten when a text or a term goes live, or is taken back.

A text uses a term where a page would explain it: a longer term takes its words from a shorter one.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from trials.editorial.live_terms import fresh_glossary, live_terms
from trials.models import EditorialText, GlossaryTerm, TermUse
from trials.terms.desk import Part
from trials.terms.glossary import Glossary, Term, folded

_TEXTS_AT_ONCE = 500
# The number of the lock that keeps texts and terms from going live past each other.
_LOCK = 804_001
# No word stands across it.
_BETWEEN_LINES = " \0 "
_WORD = re.compile(r"\w+")
_PARTS = tuple(part.value for part in Part)


@transaction.atomic
def refresh_uses(text: EditorialText) -> None:
    """Write down which terms a text uses; call it when a text went live or was taken back."""
    _wait_for_terms()
    rows = [(text.pk, *text.words.values())] if text.is_live else [(text.pk,)]
    _rewrite(rows, fresh_glossary(), _ids())


@transaction.atomic
def refresh_uses_of_term(term: GlossaryTerm, *, before: Iterable[str]) -> None:
    """Write down which live texts use a term, after its spellings changed or it was retired.

    `before` are the spellings under which pages explained it until now. Terms that share words with
    it may win or lose uses as well.
    """
    _wait_for_texts()
    live = fresh_glossary()
    now = live.terms[term.slug].spellings if term.slug in live.terms else ()
    if set(before) == set(now):
        return
    spellings = {*before, *now}
    beside = _beside(spellings, live)
    ids = _ids()
    if beside:
        used = TermUse.objects.filter(term=term).values("text")
        narrow = Q(whole__iregex=_pattern(spellings)) | Q(pk__in=used)
        texts = _live_texts().alias(whole=_whole()).filter(narrow)
        _rewrite_all(texts, Glossary(beside), {row.slug: ids[row.slug] for row in beside})
    if not now:
        TermUse.objects.filter(term=term).delete()


@transaction.atomic
def refresh_all_uses() -> None:
    """Write down which terms every live text uses."""
    _wait_for_texts()
    _rewrite_all(_live_texts(), fresh_glossary(), _ids())


def _beside(spellings: Iterable[str], live: Glossary) -> list[Term]:
    """Return the terms that could contend for words with spellings, or with each other."""
    words, left, found = _words_in(spellings), list(live.terms.values()), list[Term]()
    while near := [term for term in left if not words.isdisjoint(_words_in(term.spellings))]:
        found += near
        left = [term for term in left if term not in near]
        words |= {word for term in near for word in _words_in(term.spellings)}
    return found


def _words_in(spellings: Iterable[str]) -> set[str]:
    return {word for spelling in spellings for word in _WORD.findall(folded(spelling))}


def _live_texts() -> "QuerySet[EditorialText]":
    return EditorialText.objects.filter(is_live=True).order_by("pk")


def _rewrite_all(texts: "QuerySet[EditorialText]", glossary: Glossary, ids: dict[str, int]) -> None:
    rows = texts.values_list("pk", *_PARTS).iterator(chunk_size=_TEXTS_AT_ONCE)
    while chunk := list(islice(rows, _TEXTS_AT_ONCE)):
        _rewrite(chunk, glossary, ids)


def _rewrite(texts: list[tuple[Any, ...]], glossary: Glossary, ids: dict[str, int]) -> None:
    """Bring some texts' uses of a glossary's terms up to date; a text is its key and its words."""
    uses = TermUse.objects.filter(text__in=[pk for pk, *_ in texts], term__in=ids.values())
    there = {(text, term): pk for pk, text, term in uses.values_list("pk", "text", "term")}
    now = {(pk, ids[slug]) for pk, *parts in texts for slug in _found(parts, glossary)}
    stale = [there[use] for use in there.keys() - now]
    TermUse.objects.filter(pk__in=stale).delete()
    TermUse.objects.bulk_create(
        TermUse(text_id=text, term_id=term) for text, term in sorted(now - there.keys())
    )


def _found(parts: Iterable[Any], glossary: Glossary) -> set[str]:
    return glossary.found(_BETWEEN_LINES.join(_lines(parts)))


def _lines(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from part


def _ids() -> dict[str, int]:
    return dict(live_terms().values_list("slug", "pk"))


def _whole() -> Concat:
    """Return all words of a text as one value, for the database to look through."""
    parts: list[Any] = []
    for part in Part:
        words: Any = _joined(part) if part.is_list else F(part.value)
        parts += [words, Value("\n")]
    return Concat(*parts, output_field=TextField())


def _joined(part: Part) -> Func:
    return Func(F(part.value), Value("\n"), function="array_to_string", output_field=TextField())


def _pattern(spellings: Iterable[str]) -> str:
    """Return a pattern of PostgreSQL that every text with a spelling matches, and few others."""
    return "|".join(r"\s+".join(map(re.escape, spelling.split())) for spelling in sorted(spellings))


def _wait_for_terms() -> None:
    """Let texts go live side by side, but none while a term's uses are being written."""
    _lock("pg_advisory_xact_lock_shared")


def _wait_for_texts() -> None:
    """Let no text go live before this transaction is over, and wait for those that just do."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
