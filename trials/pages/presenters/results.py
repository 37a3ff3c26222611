"""A search and its results as one page, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trials.coordinators.by_trial import contacts_of, statuses
from trials.geo.places import Kind
from trials.pages.paging import NumberedPage, numbered
from trials.pages.presenters import asking, narrowing, understood
from trials.pages.presenters.asking import Asked, Option, Pairs
from trials.pages.presenters.card import Card, cards
from trials.pages.presenters.matched import has_words, matched
from trials.pages.presenters.narrowing import Chip, Facet
from trials.pages.presenters.nearest import nearest
from trials.pages.presenters.understood import Offer, PlaceTaken, Understood
from trials.pages.presenters.way_out import Why, ways_out
from trials.search.answers import Results
from trials.search.filters import Reading
from trials.search.nearest import nearest_sites
from trials.search.query import ALL, ANY_DISTANCE, LAST_PAGE, PAGE_SIZE, Sort, TrialSearch
from trials.terms import plain
from trials.terms.facets import NAMES

_FACETS = frozenset(NAMES) - {"sex"}  # which has a field in the search form


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value, and the id of the element that says so."""

    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """An entry of the pager; `query` is None for a gap."""

    number: int
    query: str | None


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages to link to; empty query strings lead to the first page."""

    page: NumberedPage
    links: tuple[PageLink, ...]
    previous: str
    next: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that the page says. Query strings come without `?`."""

    search: TrialSearch
    heading: str
    title: str
    total: int
    total_words: str
    problems: tuple[Problem, ...]
    page_problem: str
    fields: Mapping[str, Asked]
    words: Understood
    place: PlaceTaken | None
    offers: tuple[Offer, ...]
    chips: tuple[Chip, ...]
    cleared: str
    facets: tuple[Facet, ...]
    sorts: tuple[Option, ...]
    kept_by_form: Pairs
    kept_by_facets: Pairs
    kept_by_sort: Pairs
    kept_by_why: Pairs
    shown: str
    cards: tuple[Card, ...]
    stems: frozenset[str]
    pager: Pager
    query: str
    ways_out: tuple[Offer, ...]
    why: Why

    @property
    def is_blank(self) -> bool:
        """Whether nothing is asked for: the way in to a search, which crawlers may keep."""
        return self.search.with_(page=1) == TrialSearch()

    @property
    def is_past_the_end(self) -> bool:
        """Whether the address asks for a page behind the last one."""
        return self.search.page > self.pager.page.last

    @property
    def hides_form(self) -> bool:
        """Whether the form may stay folded on a small screen: it was filled in, and well."""
        return bool(self.search.q or self.search.place) and not self.problems

    @property
    def is_default_status(self) -> bool:
        """Whether trials are left out that are neither open nor open soon."""
        return not self.search.status

    @property
    def all_statuses(self) -> str:
        """The query string of the same search in trials of every status."""
        return self.search.query(status=(ALL,))

    @property
    def from_the_start(self) -> str:
        """The query string of the whole list, whatever its page."""
        return self.search.query(page=1)

    @property
    def is_cut(self) -> bool:
        """Whether this is the last page that can be shown of a list that goes on."""
        return self.search.page == LAST_PAGE and self.total > LAST_PAGE * PAGE_SIZE


def present(reading: Reading, results: Results, why: Why) -> ResultsPage:
    """Return the page of a search; `why` answers for the trial that a reader misses in it."""
    search = results.search
    problems = _problems(reading, results)
    by_distance = results.locality is not None and results.locality.kind is Kind.POINT
    return ResultsPage(
        search=search,
        heading=heading(results),
        title=_title(results, problems),
        total=results.total,
        total_words=plain.count(results.total, "trial"),
        problems=tuple(
            Problem(_anchor(name, results), sentence) for name, sentence in problems.items()
        ),
        page_problem=" ".join(
            sentence for name, sentence in problems.items() if _anchor(name, results) == "results"
        ),
        fields=asking.fields(reading, problems),
        words=understood.understood(results),
        place=understood.place_taken(results),
        offers=understood.offers(results),
        chips=narrowing.chips(results),
        cleared=narrowing.cleared(results),
        facets=narrowing.facets(results, problems),
        sorts=asking.sorts(search, by_distance=by_distance),
        kept_by_form=asking.kept_by_form(search),
        kept_by_facets=asking.kept_by_facets(search),
        kept_by_sort=asking.kept(search, without={"sort"}),
        kept_by_why=asking.kept(search, without=()),
        shown=_shown(results),
        cards=_cards(results),
        stems=results.words.stems,
        pager=_pager(results),
        query=search.query(page=search.page),
        ways_out=() if results.total else ways_out(results),
        why=why,
    )


def heading(results: Results) -> str:
    """Return the number of trials, for what and where: "63 trials for lupus near Beijing"."""
    search = results.search
    asked = f" for {understood.heading_words(results)}" if search.q else ""
    asked += _where(results)
    if not results.total:
        return f"No trials found{asked}"
    if asked:
        return f"{plain.count(results.total, 'trial')}{asked}"
    if narrowing.chips(results):
        return f"{plain.count(results.total, 'trial')} for your filters"
    return "Trials open now or soon"


def _where(results: Results) -> str:
    place = results.locality
    if place is None:
        return ""
    words = understood.short_where(place)
    if place.kind is Kind.POINT and results.search.radius == ANY_DISTANCE:
        return f", at any distance from {words.removeprefix('near ')}"
    return f" {words}"


def _title(results: Results, problems: Mapping[str, str]) -> str:
    """Return the heading with the filters, the order and the page: no two searches share it."""
    search = results.search
    parts = [heading(results), *(chip.words for chip in narrowing.chips(results))]
    if results.locality and results.found and results.found.others:
        parts.append(results.locality.label)
    if search.exact:
        parts.append("exact words")
    if search.sort != Sort.BEST:
        parts.append(asking.sort_words(search.sort).lower())
    page = f" (page {search.page} of {results.last_page})" if results.last_page > 1 else ""
    return f"{'Error: ' if problems else ''}{', '.join(parts)}{page}"


def _problems(reading: Reading, results: Results) -> dict[str, str]:
    """Return what is wrong with the search by parameter: what was typed, and what it came to."""
    problems = dict(reading.problems)
    if results.words.problem:
        problems.setdefault("q", results.words.problem)
    if results.place_is_unknown:
        place = results.search.place
        problems.setdefault(
            "place", f"We don’t know a place called “{place}”. We looked everywhere."
        )
    return problems


def _anchor(name: str, results: Results) -> str:
    """Return the id of what says that a parameter is wrong: its field, its facet, or the list."""
    if name in _FACETS and results.total:
        return f"f-{name}"
    return "results" if name in _FACETS | {"page", "sort", "exact"} else name


def _shown(results: Results) -> str:
    if not results.hits:
        return ""
    first = (results.search.page - 1) * PAGE_SIZE + 1
    last = first + len(results.hits) - 1
    return f"Showing {plain.number(first)} to {plain.number(last)} of"


def _cards(results: Results) -> tuple[Card, ...]:
    """Return the cards in order, each with its nearest site and where its record has the words."""
    search, stems, asked = results.search, results.words.stems, results.locality
    pks = [hit.trial_id for hit in results.hits]
    contacts = contacts_of(pks) if pks else {}
    near = nearest_sites(asked, pks, statuses(contacts), search.radius_km)
    keys = {trial: site.site_id for trial, site in near.items()}
    found = cards(pks, keys, contacts)
    silent = [card.pk for card in found if stems and not _shows(card, stems)]
    elsewhere = matched(silent, stems)
    return tuple(
        replace(
            card,
            nearest=nearest(near[card.pk], asked, search.unit)
            if asked and card.pk in near
            else None,
            matched=elsewhere.get(card.pk),
        )
        for card in found
    )


def _shows(card: Card, stems: frozenset[str]) -> bool:
    return has_words(str(card.title), stems) or has_words(str(card.summary), stems)


def _pager(results: Results) -> Pager:
    search = results.search
    listed = min(results.total, LAST_PAGE * PAGE_SIZE)
    page = numbered(min(search.page, results.last_page), listed)

    def query(number: int | None) -> str:
        return search.query(page=number) if number else ""

    return Pager(
        page=page,
        links=tuple(
            PageLink(number or 0, query(number) if number else None) for number in page.numbers
        ),
        previous=query(page.previous),
        next=query(page.next),
        first=query(1),
        last=query(page.last),
    )
