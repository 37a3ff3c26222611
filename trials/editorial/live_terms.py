"""The words that pages explain now.

They are kept in the process for a minute, so that most pages cost no query for them; a term that
was just approved or retired shows at once in the process that did it and soon in the others.
"""

from functools import lru_cache

from django.core.cache import caches
from django.db import transaction
from django.db.models import QuerySet

from trials.models import GlossaryTerm
from trials.terms.glossary import Glossary, Term

_KEY = "glossary.terms"
_SECONDS = 60


def live_terms() -> "QuerySet[GlossaryTerm]":
    """Return the terms that pages explain: those with a meaning that nobody retired.

    A term's meaning is empty until its first approval; those of the starting set have one without.
    """
    return GlossaryTerm.objects.filter(retired_at=None).exclude(meaning="")


def fresh_glossary() -> Glossary:
    """Return the live terms as the database has them now."""
    return _glossary(_read())


def kept_glossary() -> Glossary:
    """Return the live terms as of a minute ago at most."""
    terms: tuple[Term, ...] | None = caches["process"].get(_KEY)
    if terms is None:
        terms = _read()
        caches["process"].set(_KEY, terms, _SECONDS)
    return _glossary(terms)


def forget_kept() -> None:
    """Let this process read the terms again, once the change at hand is committed."""
    transaction.on_commit(lambda: caches["process"].delete(_KEY))


def _read() -> tuple[Term, ...]:
    columns = ("slug", "name", "meaning", "variants")
    rows = live_terms().order_by("slug").values_list(*columns)
    return tuple(Term(slug, name, meaning, tuple(more)) for slug, name, meaning, more in rows)


@lru_cache(maxsize=2)
def _glossary(terms: tuple[Term, ...]) -> Glossary:
    return Glossary(terms)
