"""`make run`'s launcher: says what it did, ends what it started, recovers from what was killed."""

import gzip
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.processes import Demo, content_of, status_of
from tests.project.production import environment, manage


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that was started once and stopped: its database, styles and trials are there."""
    with Demo(tmp_path_factory.mktemp("demo") / "var") as demo:
        first = demo.start()
        assert "created and started" in first
        assert first.count("brought up to date") == 3
        assert demo.stop() == 0
        yield demo


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_again_does_only_what_is_needed_and_ends_clean(demo: Demo, number: int) -> None:
    printed = demo.start()
    assert "Tables    up to date" in printed
    assert "Styles    unchanged" in printed
    assert "trials, unchanged" in printed
    assert len(printed.splitlines()) <= 20
    assert status_of(f"{demo.address}/trials/NCT07193667/") == 200
    assert demo.stop(number) == 0
    assert demo.alive() == []


def test_serve_recovers_after_everything_was_killed(demo: Demo) -> None:
    demo.start()
    demo.kill()
    demo.start()
    assert status_of(f"{demo.address}/trials/") == 200
    assert demo.stop() == 0
    assert demo.alive() == []


def test_serve_takes_over_the_database_of_a_killed_server(demo: Demo) -> None:
    demo.start()
    demo.kill_parent()
    assert "PostgreSQL 18" in demo.start()
    assert demo.stop() == 0
    assert demo.alive() == []


def test_serve_stops_when_its_database_was_killed(demo: Demo) -> None:
    demo.start()
    demo.kill_postmaster()
    assert demo.stop() == 0
    demo.start()
    assert status_of(f"{demo.address}/trials/") == 200
    assert demo.stop() == 0


def test_serve_answers_only_this_machines_names(demo: Demo) -> None:
    demo.start()
    assert status_of(f"{demo.address}/", Host="trials.example.org") == 400
    assert demo.stop() == 0


def test_first_trial_with_its_styles_weighs_little(demo: Demo) -> None:
    demo.start()
    page = content_of(f"{demo.address}/trials/NCT07193667/")
    sheets = re.findall(rb'<link rel="stylesheet" href="([^"]+)"', page)
    styles = [content_of(demo.address + sheet.decode()) for sheet in sheets]
    assert len(styles) == 1
    assert sum(len(gzip.compress(part)) for part in (page, *styles)) <= 40_000
    assert demo.stop() == 0


def test_serve_keeps_its_account_private(demo: Demo) -> None:
    demo.start()
    name, password = demo.account()
    assert (demo.var / "demo-account").read_text().split() == [name, password]
    assert ((demo.var / "demo-account").stat().st_mode & 0o777) == 0o600
    assert demo.stop() == 0


def test_serve_says_what_to_do_where_the_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = manage("serve", env=environment(tmp_path, PORT=str(port)))
    assert ended.returncode == 1
    assert f"port {port} can't be used" in ended.stderr
    assert f"make run PORT={port + 1}" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
