"""The trials' own vocabulary: which words occur, and in how many records."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from trials.indexing.facts import Facts
from trials.terms.words import chunks, stem

_MOST_WORDS = 50_000
_SHORTEST = 2

_WRITE = """
INSERT INTO trials_searchword (word, stem, trials)
SELECT * FROM counted_words ORDER BY word
ON CONFLICT (word) DO UPDATE SET trials = trials_searchword.trials + EXCLUDED.trials
"""


class Vocabulary:
    """Counts words over a run; memory stays bounded with `flush_if_full` after each batch."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, trials: Iterable[Facts]) -> None:
        """Count the words of trials, each once a trial."""
        for facts in trials:
            self._counts.update(_words(facts))

    def flush_if_full(self) -> None:
        """Write the counts where they have grown large."""
        if len(self._counts) >= _MOST_WORDS:
            self.flush()

    def flush(self) -> None:
        """Add the counts to those in the database, in the caller's transaction."""
        if not self._counts:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS counted_words "
                "(word text, stem text, trials integer)"
            )
            cursor.execute("TRUNCATE counted_words")
            with (
                connection.wrap_database_errors,
                cursor.copy("COPY counted_words FROM STDIN") as copy,
            ):
                for word, trials in self._counts.items():
                    copy.write_row((word, stem(word), trials))
            cursor.execute(_WRITE)
            cursor.execute("DROP TABLE counted_words")
        self._counts.clear()


def _words(facts: Facts) -> set[str]:
    """Return the folded words of a trial's names, numbers and joined words without digits not."""
    texts = [facts.brief_title, facts.official_title, facts.acronym]
    texts += [*facts.conditions, *facts.keywords]
    texts += [mesh.term for mesh in facts.mesh if not mesh.is_ancestor]
    for treatment in facts.treatments:
        texts += [treatment.name, *treatment.other_names]
    words = {word[0] for text in texts for chunk in chunks(text) for word in chunk.words}
    return {word for word in words if len(word) >= _SHORTEST and not word.isdecimal()}
