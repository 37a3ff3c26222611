"""The figures in words: a report in Markdown."""

import os
import platform
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from searching.measure import Figures, Timed

# Milliseconds at the 95th and the 99th percentile that a search may take: issue 3.
OPEN_REACH = (50, 120)
ALL_REACH = 200
BARE_REACH = 2.0
SLOWEST_REACH = 1000
_SLOWEST = 12
_PARTS = (50, 95, 99, 100)
Times = Callable[[Timed], list[float]]


def written(figures: Figures, *, command: str) -> str:
    """Return the report."""
    timed = figures.timed
    open_ones = [one for one in timed if one.search.is_open]
    all_ones = [one for one in timed if not one.search.is_open]
    lines = [*_head(figures, command), "", "## All searches", "", *_TABLE_HEAD]
    lines += _rows("open now or soon", open_ones)
    lines += _rows("every status", all_ones)
    lines += ["", *_reach(open_ones, all_ones), "", "## By kind", ""]
    lines += ["Whole requests, milliseconds.", "", *_KIND_HEAD]
    lines += [_kind_row(kind, timed) for kind in dict.fromkeys(one.search.kind for one in timed)]
    lines += ["", "## The slowest", "", *_SLOW_HEAD]
    slowest = sorted(timed, key=lambda one: one.typical, reverse=True)[:_SLOWEST]
    lines += [_slow_row(one) for one in slowest]
    return "\n".join(lines) + "\n"


_TABLE_HEAD = [
    "| Searches | asked of | p50 | p95 | p99 | max |",
    "|---|---|--:|--:|--:|--:|",
]
_KIND_HEAD = [
    "| Kind | searches | p50 | p95 | max | in SQL | statements | peer p50 | peer max |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
]
_SLOW_HEAD = [
    "| Search | trials | request | in SQL | bare SQL | peer |",
    "|---|--:|--:|--:|--:|--:|",
]


def _head(figures: Figures, command: str) -> list[str]:
    now = datetime.now(UTC)
    searches = len(figures.timed)
    return [
        "# How quick searches are",
        "",
        f"Made by `{command}` on {now:%-d %B %Y}; the same figures for fewer trials come from "
        "`make bench-search STUDIES=20000`. The trials are synthetic, in the registry's shape and "
        "proportions (`manage.py make_registry`): "
        f"{figures.trials:,} of them, {figures.open_trials:,} open now or soon, with "
        f"{figures.sites:,} sites; {figures.server} holds {figures.database_mb:,.0f} MB.",
        "",
        f"Machine: {_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB of memory, "
        f"Python {platform.python_version()}; load {os.getloadavg()[0]:.1f} at the end.",
        "",
        f"{searches} searches, each asked once to warm up and then "
        f"{len(figures.timed[0].request)} times. A *request* is the whole page in process: "
        "middleware, understanding the words, SQL, template. *Bare SQL* is the same question "
        "(hits, all facets, the page, nearest sites) written by hand, with words and place already "
        "read. The *peer* is an SQLite FTS5 table with the same rows, filters and places, `bm25` "
        "order, no synonyms, no spelling. Times in milliseconds.",
    ]


def _rows(name: str, timed: list[Timed]) -> list[str]:
    ways: dict[str, Times] = {
        "the portal": lambda one: one.request,
        "of it in SQL": lambda one: one.sql,
        "bare SQL": lambda one: one.bare,
        "the peer": lambda one: one.peer,
    }
    return [_row(f"{name} ({len(timed)})", way, _all(timed, times)) for way, times in ways.items()]


def _row(name: str, way: str, times: list[float]) -> str:
    cells = " | ".join(f"{percentile(times, part):,.1f}" for part in _PARTS)
    return f"| {name} | {way} | {cells} |"


def _reach(open_ones: list[Timed], all_ones: list[Timed]) -> list[str]:
    """Return for each aim what was reached."""
    asked, every = _all(open_ones, _request), _all(all_ones, _request)
    both = [one for one in (*open_ones, *all_ones) if one.bare]
    middle, high = (
        percentile(_all(both, _request), part) / percentile(_all(both, _bare), part)
        for part in (50, 95)
    )
    sql = sum(_all(both, lambda one: one.sql)) / sum(_all(both, _request))
    peer = percentile(_all(both, lambda one: one.peer), 95) / percentile(_all(both, _request), 95)
    slowest = max((*asked, *every))
    return [
        f"- Open, p95: {percentile(asked, 95):.0f} ms (aim {OPEN_REACH[0]}).",
        f"- Open, p99: {percentile(asked, 99):.0f} ms (aim {OPEN_REACH[1]}).",
        f"- Every status, p95: {percentile(every, 95):.0f} ms (aim {ALL_REACH}).",
        f"- Request against bare SQL: {high:.1f} times at p95, {middle:.1f} times at p50 "
        f"(aim {BARE_REACH:.0f}); {100 * sql:.0f} % of the time is spent in SQL.",
        f"- Slowest: {slowest:,.0f} ms (aim under {SLOWEST_REACH:,}).",
        f"- The peer takes {peer:.1f} times as long as the portal at p95.",
    ]


def _kind_row(kind: str, timed: list[Timed]) -> str:
    ones = [one for one in timed if one.search.kind == kind]
    asked, peer = _all(ones, _request), _all(ones, lambda one: one.peer) or [0.0]
    share = sum(_all(ones, lambda one: one.sql)) / sum(asked)
    statements = max(one.statements for one in ones)
    times = " | ".join(f"{percentile(asked, part):,.1f}" for part in (50, 95, 100))
    peers = " | ".join(f"{percentile(peer, part):,.1f}" for part in (50, 100))
    return f"| {kind} | {len(ones)} | {times} | {100 * share:.0f} % | {statements} | {peers} |"


def _slow_row(one: Timed) -> str:
    ways = (one.request, one.sql, one.bare, one.peer)
    times = " | ".join(f"{percentile(way, 50):,.0f}" for way in ways)
    return f"| `{one.search.query.replace('|', '%7C')}` | {one.total:,} | {times} |"


def percentile(times: Iterable[float], part: float) -> float:
    """Return the least time that `part` per cent of the times do not exceed; 0 for none."""
    ordered = sorted(times)
    return ordered[max(0, int(-(-len(ordered) * part // 100)) - 1)] if ordered else 0.0


def _all(timed: Iterable[Timed], times: Times) -> list[float]:
    return [time for one in timed for time in times(one)]


def _request(one: Timed) -> list[float]:
    return one.request


def _bare(one: Timed) -> list[float]:
    return one.bare


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
