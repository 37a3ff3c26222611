"""Terms proposed and approved, and live texts that use them, for tests of the glossary."""

from typing import Any

from django.contrib.auth.models import User

from tests import factories as make
from trials.editorial import glossary
from trials.models import EditorialText, GlossaryTerm, TermUse

WORDS = {
    "name": "Sea sickness",
    "meaning": "feeling ill on a boat. It goes away on land.",
    "variants": ["seasickness"],
}


def propose(term: GlossaryTerm | None, by: User, **words: Any) -> GlossaryTerm:
    """Propose words for a new term, or other words for one that is there."""
    there = {} if term is None else {"name": term.name, "variants": term.variants}
    seen = term.proposed_at if term else None
    sent: dict[str, Any] = WORDS | there | words
    return glossary.propose(term=term, by=by, seen=seen, **sent)


def approve(term: GlossaryTerm, by: User) -> GlossaryTerm:
    """Put what is proposed live."""
    glossary.approve(term=term, seen=term.proposed_at, by=by)
    term.refresh_from_db()
    return term


def slugs_of(text: EditorialText) -> set[str]:
    """Return the terms that a text is written down to use."""
    return set(TermUse.objects.filter(text=text).values_list("term__slug", flat=True))


def text_of(**words: Any) -> EditorialText:
    """Publish a text that uses no term but those of `words`."""
    plain = {"similar_studies": "", "plain_summary": "Sea air.", "potential_benefit": ""}
    return make.make_published_text(make.make_trial(), **(plain | words))
