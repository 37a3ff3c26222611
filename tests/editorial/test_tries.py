"""How often somebody without an account does a thing, also at one moment from several processes."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection

from trials.tries import may_try


@pytest.mark.django_db
def test_tries_are_counted_by_what_and_who() -> None:
    cache.clear()
    assert [may_try("ask", "ann", most=2, seconds=60) for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert may_try("ask", "bob", most=2, seconds=60)
    assert may_try("report", "ann", most=2, seconds=60)


@pytest.mark.django_db
def test_of_whoever_tries_a_digest_is_kept() -> None:
    may_try("ask", "2001:db8::/48", most=2, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert "2001:db8" not in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_tries_at_one_moment_are_all_counted() -> None:
    cache.clear()
    start, found = threading.Barrier(8), []

    def run() -> None:
        start.wait(10)
        try:
            found.append(may_try("ask", "ann", most=3, seconds=60))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [False] * 5 + [True] * 3
