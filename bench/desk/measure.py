"""Asking pages of the admin in process, as one of the staff."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from desk.addresses import addresses


class _Clock:
    """Sums the time of a connection's statements; an execute wrapper."""

    def __init__(self) -> None:
        self.milliseconds, self.statements = 0.0, 0
        self.slowest = (0.0, "")

    def __call__(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, *args)
        finally:
            took = 1000 * (time.perf_counter() - start)
            self.milliseconds += took
            self.statements += 1
            self.slowest = max(self.slowest, (took, str(sql)))


def run(rounds: int, only: str = "") -> dict[str, dict[str, Any]]:
    """Ask every page once unmeasured, then some rounds; return figures by the pages' names."""
    person = User.objects.get(username="chief")
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return {
        name: _page(client, address, rounds) for name, address in addresses(person) if only in name
    }


def _page(client: Client, address: str, rounds: int) -> dict[str, Any]:
    clock = _Clock()
    with connection.execute_wrapper(clock):
        status = client.get(address).status_code
    times, in_sql = [], []
    for _ in range(rounds):
        sql = _Clock()
        start = time.perf_counter()
        with connection.execute_wrapper(sql):
            client.get(address)
        times.append(1000 * (time.perf_counter() - start))
        in_sql.append(sql.milliseconds)
    times.sort()
    return {
        "address": address,
        "status": status,
        "statements": clock.statements,
        "slowest": clock.slowest[1],
        "best": times[0],
        "median": median(times),
        "sql": median(in_sql),
        "p95": times[min(len(times) - 1, round(0.95 * len(times)))],
    }
