"""How the admin's searches find trials and what belongs to them: by indexes alone."""

from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.http import HttpRequest

from trials.admin.readonly import ReadOnlyAdmin
from trials.models import IdRedirect, SearchRow, Trial
from trials.search.words.tsquery import Lexeme, all_of
from trials.terms.values import canonical_nct_id
from trials.terms.words import tokens

# A trial's number with at least this many digits, typed so far: any fewer would be most trials.
_SHORTEST_START = 7
_LONGEST_TYPED = 200
_ALL = 10_000_000


def trials_by_number(typed: str) -> list[int] | None:
    """Return the keys of the trials that have a number, or had it; None for what is no number."""
    try:
        nct_id = canonical_nct_id(typed)
    except ValueError:
        return None
    present = Trial.everything.filter(nct_id=nct_id).values_list("pk")
    former = IdRedirect.objects.filter(nct_id=nct_id).values_list("trial")
    return [key for (key,) in present.union(former)]


def trials_by_words(trials: QuerySet[Trial], typed: str) -> QuerySet[Trial]:
    """Keep the trials whose search row has all the words; a hidden trial has no search row."""
    stems = [token.stem for token in tokens(typed[:_LONGEST_TYPED]) if not token.is_joined]
    if not stems:
        return trials.none()
    has_words = Func(
        F("vector"),
        Value(all_of(Lexeme(stem) for stem in stems).text()),
        template="(%(expressions)s::tsquery)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    # The bound is more than there are: with one PostgreSQL asks the index of words first. Without,
    # it would walk through the newest trials and fetch the vector of each (decision 0016).
    found = SearchRow.objects.filter(has_words).values("pk")[:_ALL]
    return trials.filter(pk__in=found)


def find_trials(trials: QuerySet[Trial], typed: str) -> QuerySet[Trial]:
    """Keep the trials that a number names, that a number begins with, or that have the words."""
    known = trials_by_number(typed)
    if known:
        return trials.filter(pk__in=known)
    start = typed.strip().upper()
    if start.startswith("NCT") and start[3:].isdigit() and len(start) >= _SHORTEST_START:
        return trials.filter(nct_id__startswith=start)
    return trials_by_words(trials, typed)


class FoundByNumber(ReadOnlyAdmin):
    """Rows that belong to trials: the search takes a trial's number."""

    # What is named here is not used: Django shows the search box where anything is.
    search_fields = ("trial",)
    search_help_text = "A trial number, a former one too."
    trial_path = "trial"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find rows by their trial's number: one look-up of an index."""
        if not search_term.strip():
            return queryset, False
        known = trials_by_number(search_term)
        return queryset.filter(**{f"{self.trial_path}__in": known or []}), False
