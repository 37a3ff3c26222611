"""Conditions from A to Z, and finding one by the first letters of its name."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.models import Condition
from trials.pages.paging import NoSuchPage, asked_page, page_by_number
from trials.pages.presenters.conditions import Entry, entries, entry
from trials.pages.responses import no_such_page, public_page
from trials.search import conditions
from trials.search.query import ALL, OPEN
from trials.terms import plain

ON_A_PAGE = 100
_MOST_OPEN = 48
_FOUND_AT_MOST = 60
_ALIKE_AT_MOST = 8


class Letter(NamedTuple):
    """A letter of the row on top; `value` is empty where no condition starts with it."""

    sign: str
    value: str
    says: str
    is_here: bool


class Jump(NamedTuple):
    """Where the conditions with the same two first letters start: a page, and a place on it."""

    label: str
    page: int
    anchor: str


@public_page
def condition_list(request: HttpRequest) -> HttpResponse:
    """Show the letters and the conditions with the most open trials, those of one `letter`, or
    those that start with `q`. `status=all` shows conditions without an open trial too.
    """
    try:
        if "q" in request.GET:
            return _found(request)
        letter, with_closed = _asked(request)
        return _letter(request, letter, with_closed) if letter else _start(request, with_closed)
    except NoSuchPage:
        return no_such_page(request, "The A to Z of conditions")


def _start(request: HttpRequest, with_closed: bool) -> HttpResponse:
    found = entries(conditions.most_open(_MOST_OPEN))
    return _render(request, with_closed=with_closed, entries=found, is_start=True)


def _letter(request: HttpRequest, letter: str, with_closed: bool) -> HttpResponse:
    listed = conditions.of_letter(letter, with_closed=with_closed)
    starts = conditions.starts(listed)
    total = sum(amount for _, amount in starts)
    page = page_by_number(total, asked_page(request), ON_A_PAGE)
    return _render(
        request,
        with_closed=with_closed,
        here=letter,
        letter=_sign(letter),
        page=page,
        query=f"letter={letter}&{f'status={ALL}&' if with_closed else ''}",
        total_words=plain.count(total, "condition"),
        entries=_with_anchors(conditions.stretch(listed, starts, page.start, page.stop)),
        jumps=_jumps(starts) if page.last > 1 else [],
    )


def _found(request: HttpRequest) -> HttpResponse:
    """Show what starts with the words of `q`; of words without a letter, say so."""
    typed = " ".join(" ".join(request.GET.getlist("q")).split())[: conditions.LONGEST_WORDS]
    context: dict[str, Any] = {"typed": typed, "is_finding": True}
    if any(sign.isalnum() for sign in typed):
        return _render(request, **context, **_findings(typed))
    problem = "Type the first letters of a condition."
    return _render(request, status=400, problem=problem, **context)


def _findings(typed: str) -> dict[str, Any]:
    found = conditions.starting_with(typed, _FOUND_AT_MOST)
    same = conditions.meant_by(typed)
    shown = {
        "entries": entries(found),
        "same": _without(found, same),
        "is_cut": len(found) == _FOUND_AT_MOST,
    }
    if not found:
        shown["alike"] = _without(same, conditions.spelled_like(typed, _ALIKE_AT_MOST))
    return shown


def _without(shown: list[Condition], others: list[Condition]) -> list[Entry]:
    return entries(other for other in others if other not in shown)


def _asked(request: HttpRequest) -> tuple[str, bool]:
    """Return the letter, empty for none, and whether closed trials count; raise NoSuchPage."""
    letters, statuses = request.GET.getlist("letter"), request.GET.getlist("status")
    letter = "".join(letters).lower()
    status = "".join(statuses) or OPEN
    if (letters and letter not in conditions.LETTERS) or status not in (OPEN, ALL):
        raise NoSuchPage
    return letter, status == ALL


def _render(
    request: HttpRequest,
    *,
    here: str = "",
    with_closed: bool = False,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    known = conditions.letters(with_closed=with_closed)
    letters = [
        Letter(_sign(letter), letter if letter in known else "", _says(letter), letter == here)
        for letter in conditions.LETTERS
    ]
    values = {"letters": letters, "here": here, "with_closed": with_closed, "known": known}
    return render(request, "pages/condition_list.html", values | context, status=status)


def _sign(letter: str) -> str:
    return "0–9" if letter == conditions.OTHER else letter.upper()


def _says(letter: str) -> str:
    if letter == conditions.OTHER:
        return "Conditions that start with a number or another sign"
    return f"Conditions that start with {letter.upper()}"


def _jumps(starts: list[tuple[str, int]]) -> list[Jump]:
    """Return a jump for each two first letters, a to z only."""
    before = accumulate((amount for _, amount in starts), initial=0)
    return [
        Jump(start.capitalize(), at // ON_A_PAGE + 1, _anchor(start))
        for (start, _), at in zip(starts, before, strict=False)
        if _anchor(start)
    ]


def _with_anchors(shown: list[Condition]) -> list[Entry]:
    return [entry(row, anchor) for row, anchor in zip(shown, _anchors(shown), strict=True)]


def _anchors(shown: list[Condition]) -> Iterator[str]:
    """Yield an id for the first condition of a page with the same two first letters."""
    last = ""
    for row in shown:
        anchor = _anchor(row.slug[:2])
        yield anchor if anchor != last else ""
        last = anchor


def _anchor(start: str) -> str:
    return f"with-{start}" if len(start) == 2 and start.isascii() and start.isalpha() else ""
