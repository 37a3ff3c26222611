"""The editorial team's admin: registry facts to read and search, our own texts to write."""

from trials.admin import editorial, problems, registry, trials, words

__all__ = ["editorial", "problems", "registry", "trials", "words"]
