"""The ways out of an empty page, and why one trial is not in the results, in words."""

from dataclasses import dataclass

from trials.pages.presenters.links import registry_record
from trials.pages.presenters.understood import Offer, short_where
from trials.search import ladder, why
from trials.search.answers import Results
from trials.search.ladder import Kind, Step
from trials.search.query import TrialSearch, Unit
from trials.search.why import Explanation, Reason
from trials.terms import plain


def ways_out(results: Results) -> tuple[Offer, ...]:
    """Return the searches near an empty one, each with the number of trials that it finds."""
    return tuple(
        Offer(_step(step, results), step.search.query(), plain.count(step.total, "trial"))
        for step in ladder.steps(results)
    )


def _step(step: Step, results: Results) -> str:
    search = results.search
    match step.kind:
        case Kind.WIDER:
            far = plain.radius(step.search.radius or 0, step.search.unit)
            return f"Search within {far} of {_place_name(results)}"
        case Kind.ANYWHERE:
            return "Search everywhere"
        case Kind.ANY_AGE:
            return "Search for any age"
        case Kind.ANY_STATUS:
            return "Include trials that are closed or finished"
        case Kind.WITHOUT_FACET:
            return f"Search without the filter {_filter_words(step.facet, search)}"
        case Kind.BROADER:
            return f"Search for {step.search.q}, which is broader"
        case _:
            return "Search without any filters"


def _place_name(results: Results) -> str:
    return short_where(results.locality).partition(" ")[2] if results.locality else ""


def _filter_words(name: str, search: TrialSearch) -> str:
    return plain.listed([f"“{plain.facet_value(name, value)}”" for value in search.values(name)])


# --- Why a trial is not in the results -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Why:
    """The question by a trial's number, and its answer.

    `sentence` is the answer, `problem` what is wrong with the number. `reasons` each lead to the
    search without what leaves the trial out; `way_in` is the query string of a search that has it.
    `nct_id` is set where we have a page for the trial, `record` where only the registry may.
    """

    typed: str = ""
    problem: str = ""
    sentence: str = ""
    nct_id: str = ""
    record: str = ""
    reasons: tuple[Offer, ...] = ()
    way_in: str | None = None


def explained(results: Results, nct_id: str) -> Why:
    """Return why a trial is not in the results, or that it is."""
    told = why.explain(results.search, nct_id)
    if not told.is_known:
        return Why(
            nct_id, sentence=f"We have no page for {nct_id}.", record=registry_record(nct_id)
        )
    if told.is_included:
        return Why(nct_id, sentence=f"{nct_id} is in your results.", nct_id=nct_id)
    return Why(
        nct_id,
        sentence=f"{nct_id} is not in your results. {_how_many(told)}",
        nct_id=nct_id,
        reasons=tuple(_reason(reason, results) for reason in told.reasons),
        way_in=told.way_in.query() if told.way_in else None,
    )


def _how_many(told: Explanation) -> str:
    if not told.reasons:
        return "It only comes up in a wider search for your words."
    return "This leaves it out:" if len(told.reasons) == 1 else "Each of these leaves it out:"


def _reason(reason: Reason, results: Results) -> Offer:
    return Offer(_reason_words(reason, results), reason.search.query())


def _reason_words(reason: Reason, results: Results) -> str:
    search = results.search
    if reason.name == why.WORDS:
        return "Its record does not have your words."
    if reason.name == why.PLACE:
        return _place_reason(reason, results)
    if reason.name == why.AGE and search.age is not None:
        return f"It does not take {plain.aged(search.age, search.age_unit)}."
    if reason.name == "status" and not search.status:
        return "It is not open now or soon."
    return f"The filter {_filter_words(reason.name, search)} does not fit it."


def _place_reason(reason: Reason, results: Results) -> str:
    place = results.locality
    if reason.km is None or place is None:
        return f"It has no site {short_where(place)} that counts." if place else ""
    miles_first = results.search.unit is Unit.MI or plain.thinks_in_miles(place.country_code)
    far = plain.distance(reason.km, miles_first=miles_first)
    return f"Its nearest site is {far} away."
