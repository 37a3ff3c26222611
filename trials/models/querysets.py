"""Querysets in the domain's adjectives: at most one idea each."""

from typing import TYPE_CHECKING, Any, Self, TypedDict

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from trials.terms.registry import OPEN_NOW, OPEN_SOON

if TYPE_CHECKING:
    from trials.models.trial import Trial  # noqa: F401  (names the queryset's model)


class TrialQuerySet(QuerySet["Trial"]):
    """Trials, narrowed and ordered."""

    def public(self) -> Self:
        """Keep the trials that people may see: neither hidden nor gone from the registry."""
        return self.filter(hidden_at__isnull=True, left_registry_on__isnull=True)

    def open_now(self) -> Self:
        """Keep the trials that a person can ask to join today."""
        return self.filter(overall_status__in=OPEN_NOW)

    def open_first(self) -> Self:
        """Order the trials that a person can ask to join first, then those that open soon, then
        newest change first.
        """
        is_open, is_soon = (Q(overall_status__in=group) for group in (OPEN_NOW, OPEN_SOON))
        return self.alias(is_open=is_open, is_soon=is_soon).order_by(
            "-is_open", "-is_soon", F("last_update_posted_date").desc(nulls_last=True), "-id"
        )

    def reviewed(self) -> Self:
        """Keep the trials with a published text of our editors."""
        return self.filter(editorial__is_live=True)

    def newest_review_first(self) -> Self:
        """Order by the day of our editors' review, newest first, then by id."""
        return self.order_by(F("editorial__reviewed_on").desc(nulls_last=True), "-id")

    def for_card(self) -> Self:
        """Load what a result card shows and nothing else, in one query.

        The places come as one summary (see `_places`), not as rows of sites: a trial may have
        thousands of them.
        """
        return (
            self.select_related("eligibility", "editorial")
            .only(*_CARD_COLUMNS)
            .annotate(card_places=Subquery(_places()))
        )


class CardPlaces(TypedDict):
    """Where a trial runs, summed up: see `_places`."""

    sites: int
    countries: int
    country: str | None
    city: str
    state: str


class CardAnnotations(TypedDict):
    """What `for_card` adds to a trial; `card_places` is None where it has no sites."""

    card_places: CardPlaces | None


_CARD_COLUMNS = (
    "nct_id",
    "brief_title",
    "brief_summary",
    "overall_status",
    "study_type",
    "phases",
    "last_update_posted_date",
    "last_update_posted_date_precision",
    "eligibility__minimum_age",
    "eligibility__maximum_age",
    "eligibility__sex",
    "editorial__is_live",
    "editorial__plain_title",
    "editorial__plain_summary",
    "editorial__reviewed_on",
)


def _places() -> QuerySet[Any]:
    """Summarise the sites of the outer query's trial as one JSON value, null where it has none.

    `sites` and `countries` are counts; `country` is right where the trial has one country, `city`
    and `state` where it has one site.
    """
    from trials.models.sites import Site

    named = ~Q(facility__country="")
    return (
        Site.everything.filter(trial=OuterRef("pk"))
        .order_by()
        .values("trial")
        .values(
            places=JSONObject(
                sites=Count("id"),
                countries=Count("facility__country", distinct=True, filter=named),
                country=Min("facility__country", filter=named),
                city=Min("facility__city"),
                state=Min("facility__state"),
            )
        )
    )
