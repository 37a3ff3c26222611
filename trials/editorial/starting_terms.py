"""The project's own glossary: from a file into the database, once.

`glossary_terms.toml` beside this module is the starting set. What editors make of it stays.
"""

import tomllib
from pathlib import Path
from typing import Any

from trials.models import GlossaryTerm

STARTING_SET = Path(__file__).with_name("glossary_terms.toml")


def load(model: type[Any] = GlossaryTerm) -> int:
    """Add the terms of the starting set that are not there, and return how many.

    A term that is there stays as it is, retired ones too. A migration hands in its own `model`.
    """
    terms = tomllib.loads(STARTING_SET.read_text(encoding="utf-8"))
    there = set(model.objects.filter(slug__in=terms).values_list("slug", flat=True))
    missing = [model(slug=slug, **words) for slug, words in terms.items() if slug not in there]
    model.objects.bulk_create(missing)
    return len(missing)
