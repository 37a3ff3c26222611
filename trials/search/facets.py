"""Counting facets among a search's hits, each with its own filter lifted.

Hits are counted in one pass, by the filters that they fail (none, or a single one) and by the bits
of some facets together: some hundred rows, however many hits there are.
"""

from collections.abc import Iterable

from trials.search.question import Question, Sql, joined
from trials.search.statement import in_countries, passing
from trials.terms.facets import COUNTRY, FACETS

# Facets counted together; all ten at once have nearly as many combinations as there are hits.
_CHUNKS = (
    ("status", "study_type", "phase"),
    ("intervention_type", "sponsor_class"),
    ("age_group", "sex", "healthy_volunteers", "has_results", "reviewed"),
)
_MASKS = tuple(sum(FACETS[name].mask for name in chunk) for chunk in _CHUNKS)

# (number of the failed filter plus one, or 0; the chunk; its bits of a signature; trials)
Row = tuple[int, int, int, int]


def _filters(question: Question) -> list[str]:
    """Return the filters that are on, in the order of their numbers."""
    return [*question.masks, *([COUNTRY] if question.countries else [])]


def rows(question: Question) -> Sql:
    """Return the `Row`s of the hits `h`: those that fail one filter at most."""
    failing = [
        Sql(f"CASE WHEN (h.signature & %s) = 0 THEN {1 << number} ELSE 0 END", (mask,))
        for number, mask in enumerate(question.masks.values())
    ]
    if question.countries:
        held = in_countries(question.countries, "h")
        failing.append((Sql("CASE WHEN") + held).then(f"THEN 0 ELSE {1 << len(failing)} END"))
    fails = joined(failing, "+") if failing else Sql("0")
    hits = (Sql("SELECT h.signature,") + fails).then("AS fails FROM hits h")
    bits = joined(
        (Sql(f"signature & %s AS bits{i}", (mask,)) for i, mask in enumerate(_MASKS)), ","
    )
    parted = (Sql("SELECT fails,") + bits).then("FROM (") + hits
    parted = parted.then(") f WHERE (fails & (fails - 1)) = 0")
    counted = Sql(
        "SELECT fails, CASE WHEN grouping(bits0) = 0 THEN 0 WHEN grouping(bits1) = 0 THEN 1 "
        "ELSE 2 END AS chunk, coalesce(bits0, bits1, bits2) AS bits, count(*)::int AS n FROM ("
    )
    return (counted + parted).then(
        ") p GROUP BY GROUPING SETS ((fails, bits0), (fails, bits1), (fails, bits2))"
    )


def by_country(question: Question) -> Sql:
    """Return (code, trials) from the hits `h`, most trials first."""
    sets = Sql("SELECT h.country_set_id, count(*) AS n FROM hits h WHERE")
    sets += passing(question, "h", without=COUNTRY).then("GROUP BY 1")
    counted = Sql("SELECT code, sum(n)::int AS trials FROM (") + sets
    return counted.then(
        ") sets JOIN trials_countryset c ON c.id = sets.country_set_id, unnest(c.codes) AS code "
        "GROUP BY code ORDER BY trials DESC, code"
    )


def total(counted: Iterable[Row]) -> int:
    """Return how many trials pass every filter."""
    return sum(n for fails, chunk, _, n in counted if not fails and chunk == 0)


def counts(question: Question, counted: Iterable[Row]) -> dict[str, dict[str, int]]:
    """Return for each facet its values with their numbers of trials, zeros included."""
    found = {name: dict.fromkeys(facet.values, 0) for name, facet in FACETS.items()}
    numbered = {1 << number: name for number, name in enumerate(_filters(question))}
    for fails, chunk, bits, n in counted:
        for name in _CHUNKS[chunk]:
            if not fails or numbered[fails] == name:
                _add(found[name], bits, FACETS[name].first_bit, n)
    return found


def _add(found: dict[str, int], bits: int, first_bit: int, n: int) -> None:
    left = bits >> first_bit
    for value in found:
        if not left:
            return
        if left & 1:
            found[value] += n
        left >>= 1
