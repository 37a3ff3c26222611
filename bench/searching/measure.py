"""Asking the portal, bare SQL and the peer the same searches, and taking the time."""

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client

from searching import bare, mix
from searching.bare import Asked
from searching.mix import Search
from searching.peer import Peer
from trials.search import filters, results
from trials.search.words import ids

Say = Callable[[str], None]


@dataclass(slots=True)
class Timed:
    """A search and how long each way took, in milliseconds, a figure a round."""

    search: Search
    asked: Asked | None = None
    total: int = 0
    status: int = 0
    statements: int = 0
    peer_total: int = 0
    request: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)

    @property
    def typical(self) -> float:
        """The middle of the request's times."""
        return median(self.request)


@dataclass(frozen=True, slots=True)
class Figures:
    """All searches timed, and what they were asked of."""

    timed: list[Timed]
    trials: int
    open_trials: int
    sites: int
    database_mb: float
    server: str


class _Clock:
    """Sums the time of a connection's statements; an execute wrapper."""

    def __init__(self) -> None:
        self.milliseconds, self.statements = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.milliseconds += 1000 * (time.perf_counter() - start)
            self.statements += 1


def run(peer_file: Path, *, rounds: int, say: Say) -> Figures:
    """Ask each search once unmeasured, then `rounds` times of each of the three."""
    timed = [Timed(search) for search in mix.searches()]
    client, peer = Client(SERVER_NAME="127.0.0.1"), Peer(peer_file)
    with _bare_connection() as plain:
        for number in range(rounds + 1):
            say(f"Round {number} of {rounds} …" if number else "Warming up …")
            for one in timed:
                _ask_all(one, client, plain, peer, counts=number > 0)
    return _figures(timed)


def _ask_all(one: Timed, client: Client, plain: Any, peer: Peer, *, counts: bool) -> None:
    clock = _Clock()
    with connection.execute_wrapper(clock):
        request = _took(lambda: _requested(one, client))
    if not counts:
        _read(one)
    bare_time = peer_time = None
    if asked := one.asked:
        bare_time = _took(lambda: _bare_asked(plain, asked))
        peer_time = _took(lambda: _peer_asked(one, peer, asked))
    if counts:
        one.statements = clock.statements
        one.request.append(request)
        one.sql.append(clock.milliseconds)
        one.bare += [bare_time] if bare_time is not None else []
        one.peer += [peer_time] if peer_time is not None else []


def _requested(one: Timed, client: Client) -> None:
    response = client.get(f"/trials/?{one.search.query}")
    one.status = response.status_code
    assert response.content is not None  # noqa: S101  (a page without a body would be timed as a quick one)


def _read(one: Timed) -> None:
    """Note how the portal reads a search, in its own time; nothing where it leads to a trial."""
    read = filters.read(QueryDict(one.search.query)).search
    if ids.trial_of(read.q):
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        found = results.find(read)
    one.asked, one.total = Asked.of(found), found.total


def _bare_asked(plain: Any, asked: Asked) -> None:
    with suppress(psycopg.errors.QueryCanceled):  # at the web role's time-out, which counts
        bare.ask(plain, asked)


def _peer_asked(one: Timed, peer: Peer, asked: Asked) -> None:
    try:
        one.peer_total = peer.ask(asked)
    except sqlite3.OperationalError:  # what was typed is no query of its language
        one.peer_total = 0


def _took(work: Callable[[], object]) -> float:
    """Return how long something takes in milliseconds, the garbage collector kept out."""
    gc.collect(1)
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


@contextmanager
def _bare_connection() -> Iterator[Any]:
    """Yield a connection of its own with the web role's settings."""
    connection.ensure_connection()
    info, held = connection.connection.info, connection.settings_dict["OPTIONS"]
    with psycopg.connect(
        host=info.host,
        port=info.port,
        user=info.user,
        dbname=info.dbname,
        options=held.get("options"),
        autocommit=True,
        prepare_threshold=None,
    ) as plain:
        yield plain


def _figures(timed: list[Timed]) -> Figures:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE is_open), "
            "(SELECT reltuples::bigint FROM pg_class WHERE relname = 'trials_site'), "
            "pg_database_size(current_database()) / 1e6, version() FROM trials_searchrow"
        )
        trials, open_trials, sites, megabytes, version = cursor.fetchone()
    return Figures(timed, trials, open_trials, sites, megabytes, version.split(" on ")[0])
