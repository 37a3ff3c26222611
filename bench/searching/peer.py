# ruff: noqa: S608  (SQL of our own constants and numbers, in a bench)
"""The peer: what a person would reach for instead, an SQLite FTS5 table with the same rows.

It has the words of the search rows in four columns by weight, the same filters and places, and
answers in SQLite's own best way: `bm25`, every word wanted, no synonyms, no spelling.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from searching.bare import Asked
from trials.geo.places import Kind
from trials.search.query import PAGE_SIZE, Sort
from trials.terms.sphere import EARTH_KM

_BATCH = 2_000
_KM_A_DEGREE = 111.2
_PART = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')
_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(a, b, c, d, content='',
    tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE row (trial_id INTEGER PRIMARY KEY, is_open, signature, country_set, youngest, oldest,
    posted, changed);
CREATE TABLE country (country_set, code, PRIMARY KEY (country_set, code)) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, latitude, longitude, country_code, state_key);
CREATE TABLE trial_place (place_id, trial_id, is_open, PRIMARY KEY (place_id, trial_id))
    WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX row_open ON row (is_open, posted, signature, country_set, youngest, oldest, changed);
CREATE INDEX place_point ON place (latitude, longitude);
CREATE INDEX place_region ON place (country_code, state_key);
CREATE INDEX trial_place_trial ON trial_place (trial_id, place_id, is_open);
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
"""
_COPIED = {
    "row": "SELECT trial_id, is_open::int, signature, country_set_id, minimum_age_months, "
    "maximum_age_months, posted_on::text, changed_on::text FROM trials_searchrow",
    "country": "SELECT id, unnest(codes) FROM trials_countryset",
    "place": "SELECT id, latitude, longitude, country_code, state_key FROM trials_place "
    "WHERE NOT is_packaged",
    "trial_place": "SELECT place_id, trial_id, is_open::int FROM trials_trialplace",
}

# The words of a search row by weight, as indexing.rows has them.
_TEXTS = """
SELECT t.id,
    concat_ws(' . ', t.brief_title, t.acronym,
        (SELECT string_agg(name, ' . ') FROM trials_trialcondition WHERE trial_id = t.id)),
    concat_ws(' . ', array_to_string(t.keywords, ' . '),
        (SELECT string_agg(concat_ws(' . ', name, array_to_string(other_names, ' . ')), ' . ')
            FROM trials_intervention WHERE trial_id = t.id)),
    concat_ws(' . ', t.official_title,
        (SELECT string_agg(m.term, ' . ') FROM trials_trialmeshterm l
            JOIN trials_meshterm m ON m.id = l.mesh_term_id
            WHERE trial_id = t.id AND NOT is_ancestor),
        (SELECT string_agg(s.name, ' . ') FROM trials_trialsponsor l
            JOIN trials_sponsor s ON s.id = l.sponsor_id WHERE trial_id = t.id)),
    (SELECT string_agg(m.term, ' . ') FROM trials_trialmeshterm l
        JOIN trials_meshterm m ON m.id = l.mesh_term_id WHERE trial_id = t.id AND is_ancestor)
FROM trials_trial t JOIN trials_searchrow r ON r.trial_id = t.id
"""


def build(path: Path) -> None:
    """Write the peer's file from the search rows of the database, unless it is there."""
    if path.exists():
        return
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    peer = sqlite3.connect(making)
    peer.executescript(f"PRAGMA journal_mode = off; PRAGMA synchronous = off; {_TABLES}")
    for table, select in _COPIED.items():
        width = len(peer.execute(f"PRAGMA table_info({table})").fetchall())
        marks = ", ".join("?" * width)
        peer.executemany(f"INSERT INTO {table} VALUES ({marks})", _rows(select))
    peer.executemany("INSERT INTO words (rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)", _rows(_TEXTS))
    peer.executescript(_INDEXES)
    peer.commit()
    peer.close()
    making.rename(path)


class Peer:
    """The peer, open for reading."""

    def __init__(self, path: Path) -> None:
        self._peer = sqlite3.connect(path)
        self._peer.executescript(
            "PRAGMA temp_store = memory; PRAGMA cache_size = -500000; PRAGMA mmap_size = 4000000000"
        )

    def ask(self, asked: Asked) -> int:
        """Answer as the portal does: hits, facets, first page, nearest; return how many hits."""
        sql, values = _hits(asked)
        run = self._peer.execute
        run("DROP TABLE IF EXISTS temp.h")
        run(f"CREATE TEMP TABLE h AS {sql}", values)
        groups = run("SELECT signature, country_set, count(*) FROM h GROUP BY 1, 2").fetchall()
        run(
            "SELECT code, count(*) FROM h JOIN country USING (country_set) GROUP BY code"
        ).fetchall()
        offset = (asked.search.page - 1) * PAGE_SIZE
        run(
            f"SELECT trial_id, km FROM h WHERE {_passing(asked)} ORDER BY {_order(asked)} "
            "LIMIT ? OFFSET ?",
            (PAGE_SIZE, offset),
        ).fetchall()
        return sum(count for *_, count in groups)


def _hits(asked: Asked) -> tuple[str, list[object]]:
    search, place, values = asked.search, asked.locality, []
    source, score, conditions = "row r", "0.0", ["1"]
    if search.q:
        source = "words JOIN row r ON r.trial_id = words.rowid"
        score = "bm25(words, 10, 5, 2, 1)"
        conditions.append("words MATCH ?")
    km = "NULL"
    if place and place.kind is Kind.POINT:
        near, near_values = _near(asked)
        source, km = f"{source} JOIN ({near}) near ON near.trial_id = r.trial_id", "near.km"
        values += near_values
    if search.q:
        values.append(_match(search.q))
    if search.is_open_only:
        conditions.append("r.is_open")
    if months := search.age_months:
        conditions += ["r.youngest < ?", "r.oldest >= ?"]
        values += [months[1], months[0]]
    if place and place.kind is not Kind.POINT:
        state = "AND p.state_key = ?" if place.kind is Kind.REGION else ""
        conditions.append(
            "r.trial_id IN (SELECT trial_id FROM place p JOIN trial_place tp ON tp.place_id = p.id "
            f"WHERE p.country_code = ? {state})"
        )
        values += [place.country_code, *([place.state_key] if state else [])]
    return (
        f"SELECT r.trial_id, r.signature, r.country_set, r.posted, r.changed, {score} AS score, "
        f"{km} AS km FROM {source} WHERE {' AND '.join(conditions)}",
        values,
    )


def _near(asked: Asked) -> tuple[str, list[object]]:
    place, reach = asked.locality, asked.search.radius_km
    assert place is not None  # noqa: S101  (the caller has looked)
    far = (
        f"{2 * EARTH_KM} * asin(sqrt(min(1, power(sin(radians(p.latitude - ?) / 2), 2) + "
        "cos(radians(?)) * cos(radians(p.latitude)) * "
        "power(sin(radians(p.longitude - ?) / 2), 2))))"
    )
    values: list[object] = [place.latitude, place.latitude, place.longitude]
    box = "p.latitude IS NOT NULL"
    if reach is not None:
        box = "p.latitude BETWEEN ? AND ?"
        half = reach / _KM_A_DEGREE
        values += [place.latitude - half, place.latitude + half]
    is_open = "AND tp.is_open" if asked.search.is_open_only else ""
    within = "WHERE d.km <= ?" if reach is not None else ""
    values += [reach] if reach is not None else []
    return (
        f"SELECT tp.trial_id, min(d.km) AS km FROM (SELECT id, {far} AS km FROM place p "
        f"WHERE {box}) d JOIN trial_place tp ON tp.place_id = d.id {is_open} {within} "
        "GROUP BY tp.trial_id",
        values,
    )


def _passing(asked: Asked) -> str:
    """Return the facets' condition; numbers and two-letter codes only."""
    found = ["1", *(f"signature & {bits}" for bits in asked.masks.values())]
    if asked.search.country:
        codes = ", ".join(f"'{code}'" for code in asked.search.country if code.isalpha())
        found.append(f"country_set IN (SELECT country_set FROM country WHERE code IN ({codes}))")
    return " AND ".join(found)


def _order(asked: Asked) -> str:
    by = {Sort.NEWEST: "posted DESC", Sort.UPDATED: "changed DESC", Sort.NEAREST: "km"}
    return by.get(asked.search.sort, "score, km, posted DESC")


def _match(q: str) -> str:
    """Return what a person typed in FTS5's own language."""
    wanted, unwanted = [], []
    for minus, phrase, minus_word, word in _PART.findall(q):
        if word in ("OR", "AND"):
            wanted.append(word)
            continue
        text = '"' + (phrase or word).replace('"', "") + '"'
        (unwanted if minus or minus_word else wanted).append(text)
    asked = " ".join(wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def _rows(select: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a statement in pieces; it may take its time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        with connection.chunked_cursor() as cursor:
            cursor.execute(select)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows
