"""The demo that `make run` starts: bring everything up to date, then become the web server.

The process that prepares turns into gunicorn, so there is one process to stop, and no launcher
whose death could leave a server behind. Production never comes here.
"""

import hashlib
import io
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from findatrial import database, env, settings

ACCOUNT = "demo-editor"
# One for each role of the desk: a text needs more than one person.
COLLEAGUES = {
    "demo-writer": "writer",
    "demo-reviewer": "reviewer",
    "demo-publisher": "publisher",
}
# Of fixtures/study-teams.toml
COORDINATOR = "june.adeyemi@redmoor-trials.example"
ACCOUNT_FILE = settings.VAR_DIR / "demo-account"
ACCESS_LOG = settings.VAR_DIR / "logs" / "access.log"
_LET_GO_SECONDS = 2
FIXTURES = settings.BASE_DIR / "fixtures"


def serve() -> NoReturn:
    """Prepare the demo, saying what was done, and replace this process with gunicorn.

    Raises ConfigurationError in production and where the port is taken.
    """
    if settings.PRODUCTION:
        raise env.ConfigurationError(
            "serve is the demo's command. "
            "In production start gunicorn -c python:findatrial.gunicorn_conf."
        )
    _check_port(settings.PORT)
    for number in database.STOP_SIGNALS:
        signal.signal(number, lambda *_: sys.exit(0))
    _say("Find a Trial, demonstration")
    for name, step in _STEPS.items():
        _say(f"  {name:<9} {step()}")
    # Held back until gunicorn can answer them: a stop in between would leave the database running.
    signal.pthread_sigmask(signal.SIG_BLOCK, database.STOP_SIGNALS)
    os.chdir(settings.BASE_DIR)
    os.environ["FINDATRIAL_PROCESS"] = "web"
    gunicorn = ["-m", "gunicorn", "-c", "python:findatrial.gunicorn_conf"]
    os.execv(sys.executable, [sys.executable, *gunicorn])  # noqa: S606  (our own interpreter and arguments, no shell)


def hold_database() -> None:
    """Keep the embedded server, where there is one, running as long as this process."""
    if embedded := settings.DATABASES["default"].get("EMBEDDED_DATA"):
        database.socket_folder(Path(embedded))


def welcome() -> str:
    """Return the lines that say where to look and how to stop."""
    name, password = ACCOUNT_FILE.read_text().split()
    address = f"http://127.0.0.1:{settings.PORT}/"
    return "\n".join(
        (
            "",
            f"  Look at   {address}",
            f"  Admin     {address}admin/   user {name}   password {password}",
            f"  Desk      {', '.join(COLLEAGUES)} have the same password",
            f"  Teams     {COORDINATOR} signs in at {address}coordinators/, by mail in the data",
            f"  Data      {settings.VAR_DIR}   (logs/access.log, mail/, postgresql/)",
            "  Stop      Ctrl-C ends everything, the database included; the data stay.",
            f"  Elsewhere make run PORT={settings.PORT + 1}",
            "",
        )
    )


def _check_port(port: int) -> None:
    """Stop where another program listens; a killed demo's worker gets a moment to let go."""
    deadline = time.monotonic() + _LET_GO_SECONDS
    while error := _refusal(port):
        if time.monotonic() > deadline:
            raise env.ConfigurationError(
                f"port {port} can't be used ({error}). "
                f"Stop the program that uses it, or start with: make run PORT={port + 1}"
            )
        time.sleep(0.2)


def _refusal(port: int) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.strerror
    return None


def _database() -> str:
    from django.db import connection

    data = settings.DATABASES["default"].get("EMBEDDED_DATA")
    before = "started"
    if data is None:
        before = "the server of DATABASE_URL"
    elif database.is_running(Path(data)):
        before = "was running already"
    elif not Path(data).exists():
        before = "created and started"
    connection.ensure_connection()
    version = connection.get_database_version()[0]
    return f"PostgreSQL {version}, {before}"


def _tables() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        _run("migrate", "--no-input")
    return f"{len(plan)} migrations applied" if plan else "up to date"


def _static_files() -> str:
    sources = (settings.BASE_DIR / "static", settings.BASE_DIR / "requirements.lock")
    return _when_changed("static", sources, lambda: _run("collectstatic", "--no-input", "--clear"))


def _trials() -> str:
    from trials.models import SearchRow, Trial

    def load() -> None:
        # As two records were when their texts were reviewed, then as all of them are.
        _run("import_studies", str(FIXTURES / "studies-before"), str(FIXTURES / "studies"))
        _run("load_editorial", str(FIXTURES / "editorial"))

    if not Trial.everything.exists():
        _stamp("fixtures").unlink(missing_ok=True)  # the database is a new one
    elif not SearchRow.objects.exists():
        _run("rebuild_search")  # the trials are older than the search
    said = _when_changed("fixtures", [FIXTURES], load)
    return f"{Trial.everything.count()} trials, {said}"


def _study_teams() -> str:
    from trials.models import Coordinator

    if Coordinator.objects.exists():
        return "unchanged"
    _run("load_study_teams", str(FIXTURES / "study-teams.toml"), "--by", "demo-reviewer")
    return "have spoken"


def _freshness() -> str:
    from trials.models import FreshnessCount

    if not FreshnessCount.objects.exists():
        _stamp("freshness").unlink(missing_ok=True)  # the database is a new one
    return _when_changed("freshness", [FIXTURES], lambda: _run("count_freshness"))


def _account() -> str:
    """Make the demo's people with one password of their own, kept in a private file."""
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.filter(username__in=[ACCOUNT, *COLLEAGUES])
    if ACCOUNT_FILE.exists() and people.count() == 1 + len(COLLEAGUES):
        return "unchanged"
    password = secrets.token_urlsafe(18)
    _demo_person(ACCOUNT, password, is_superuser=True)
    for name, role in COLLEAGUES.items():
        _demo_person(name, password, role)
    ACCOUNT_FILE.unlink(missing_ok=True)
    ACCOUNT_FILE.touch(mode=0o600)
    ACCOUNT_FILE.write_text(f"{ACCOUNT}\n{password}\n")
    return "made, with a password of their own"


def _demo_person(name: str, password: str, role: str = "", *, is_superuser: bool = False) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from trials.editorial.permissions import ensure_groups

    ensure_groups()
    person, _ = get_user_model().objects.get_or_create(username=name)
    person.is_staff, person.is_superuser = True, is_superuser
    person.set_password(password)
    person.save()
    person.groups.set(Group.objects.filter(name=role))


_STEPS: dict[str, Callable[[], str]] = {
    "Database": _database,
    "Tables": _tables,
    "Styles": _static_files,
    "Fixtures": _trials,
    "Accounts": _account,
    "Teams": _study_teams,
    "Freshness": _freshness,
}


def _when_changed(name: str, sources: Iterable[Path], action: Callable[[], None]) -> str:
    """Do the action unless it succeeded before with the same content of the source files."""
    stamp, digest = _stamp(name), _digest(sources)
    if stamp.exists() and stamp.read_text() == digest:
        return "unchanged"
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest)
    return "brought up to date"


def _stamp(name: str) -> Path:
    return settings.VAR_DIR / f"{name}.sha256"


def _digest(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if path.is_file():
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _run(*command: str) -> None:
    """Run a management command silently; what it said is shown if it fails."""
    from django.core.management import call_command

    said = io.StringIO()
    try:
        call_command(*command, stdout=said, stderr=said)
    except BaseException:
        sys.stderr.write(said.getvalue())
        raise


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (the screen of `make run`)
