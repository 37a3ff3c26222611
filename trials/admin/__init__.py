"""The editorial team's admin: registry facts to read and search, our own texts to write."""

from trials.admin import (
    accounts,
    editorial,
    glossary,
    organisations,
    problem_lists,
    problems,
    registry,
    reports,
    rows,
    trials,
    words,
)

__all__ = [
    "accounts",
    "editorial",
    "glossary",
    "organisations",
    "problem_lists",
    "problems",
    "registry",
    "reports",
    "rows",
    "trials",
    "words",
]
