"""What tests of indexing write and read beside the factories."""

import re
from collections.abc import Iterable

from django.db import connection

from tests.factories import make_condition, make_trial
from trials.models import MeshTerm, SearchRow, SearchText, Trial, TrialMeshTerm
from trials.terms.facets import FACETS

_LEXEME = re.compile(r"'([^']*)':([0-9A-D,]+)")


def make_mesh(
    trial: Trial, term: str, *, about: str = "CONDITION", is_ancestor: bool = False
) -> TrialMeshTerm:
    """Let the registry derive a heading for a trial."""
    heading, _ = MeshTerm.objects.get_or_create(term=term, defaults={"ui": f"D{term}"})
    return TrialMeshTerm.objects.create(
        trial=trial, mesh_term=heading, about=about, is_ancestor=is_ancestor
    )


def make_trials_about(
    amount: int, conditions: Iterable[str], headings: Iterable[str]
) -> list[Trial]:
    """Write trials with the same conditions and condition headings."""
    conditions, headings = list(conditions), list(headings)
    trials = [make_trial(brief_title="A Study") for _ in range(amount)]
    for trial in trials:
        for name in conditions:
            make_condition(trial, name)
        for term in headings:
            make_mesh(trial, term)
    return trials


def weights(trial: Trial) -> dict[str, str]:
    """Return the best weight of every lexeme of a search row, as PostgreSQL holds it."""
    return _weights(SearchRow, trial)


def text_weights(trial: Trial) -> dict[str, str]:
    """Return the best weight of every lexeme of a trial's longer text."""
    return _weights(SearchText, trial)


def _weights(model: type[SearchRow | SearchText], trial: Trial) -> dict[str, str]:
    (vector,) = model.objects.filter(pk=trial.pk).values_list("vector", flat=True)
    return {
        stem: min((sign for sign in positions if sign in "ABC"), default="D")
        for stem, positions in _LEXEME.findall(vector)
    }


def matches(trial: Trial, query: str) -> bool:
    """Say whether a trial's search row answers a tsquery."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vector @@ %s::tsquery FROM trials_searchrow WHERE trial_id = %s",
            [query, trial.pk],
        )
        return bool(cursor.fetchone()[0])


def facets(trial: Trial) -> dict[str, set[str]]:
    """Return the values that a search row's signature holds, of the facets that have any."""
    bits = SearchRow.objects.get(pk=trial.pk).signature
    found = {
        name: {value for value in facet.values if bits & facet.bit(value)}
        for name, facet in FACETS.items()
    }
    return {name: values for name, values in found.items() if values}
