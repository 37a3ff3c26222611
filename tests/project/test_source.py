"""Rules of the house that a reader of the source can check, and that the docs keep up with it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests.project.production import PRODUCTION, REPOSITORY

LINES_AT_MOST = 400
# Each place where text is marked as safe or SQL is written by hand, and why that is right.
ALLOWED = {
    "trials/templatetags/leaflet.py": "SafeString: icons are drawings of our own",
}
UNSAFE = re.compile(
    r"mark_safe|SafeString\(|\|\s*safe\b|safeseq|autoescape off|\.raw\(|RawSQL|\.extra\("
)
INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""",
    re.IGNORECASE,
)
OTHER_HOST = re.compile(r"""(?:src|srcset|action)\s*=\s*["'](?:https?:)?//""")


def sources(*folders: str, suffix: str = ".py") -> Iterator[Path]:
    for folder in folders:
        yield from sorted((REPOSITORY / folder).rglob(f"*{suffix}"))


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def text(path: str) -> str:
    return (REPOSITORY / path).read_text()


def test_no_python_file_has_two_jobs() -> None:
    files = [*sources("findatrial", "trials", "tests", "scripts")]
    long = {name(path): lines for path in files if (lines := _lines(path)) > LINES_AT_MOST}
    assert len(files) > 100
    assert {path for path in long if "/migrations/" not in path} == set()


def test_unsafe_text_and_hand_written_sql_are_where_they_are_allowed() -> None:
    files = [*sources("findatrial", "trials"), *sources("templates", suffix="")]
    found = {name(path) for path in files if path.is_file() and UNSAFE.search(path.read_text())}
    assert found == set(ALLOWED)


@pytest.mark.parametrize("path", [*sources("templates", suffix=".*")], ids=name)
def test_template_holds_nothing_inline_and_nothing_foreign(path: Path) -> None:
    template = path.read_text()
    assert not INLINE.search(template)
    assert not OTHER_HOST.search(template)


def test_pages_reach_hidden_trials_only_to_say_that_they_are_hidden() -> None:
    reaching = {
        name(path)
        for path in sources("trials/pages", "trials/templatetags")
        if re.search(r"\bTrial\.(everything|objects)\b", path.read_text())
    }
    assert reaching == {
        "trials/pages/find.py",
        "trials/pages/preview.py",  # for the desk alone
        "trials/pages/trial.py",
    }


@pytest.mark.django_db
def test_models_have_their_migrations() -> None:
    try:
        call_command("makemigrations", "--check", "--dry-run", verbosity=0, skip_checks=False)
    except (SystemExit, SystemCheckError):
        pytest.fail("a model has changed: run manage.py makemigrations")


@pytest.mark.parametrize("path", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_name_no_host_and_hash_every_package(path: str) -> None:
    lock = text(path)
    assert "://" not in lock
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host", lock)
    packages = re.split(r"\n(?=[a-z0-9])", lock)[1:]
    assert len(packages) > 20
    assert [entry for entry in packages if "--hash=sha256:" not in entry] == []


def test_both_lock_files_agree() -> None:
    pin = re.compile(r"^([a-z0-9-]+(?:\[.*?\])?==[^ ]+)", re.MULTILINE)
    assert set(pin.findall(text("requirements.lock"))) <= set(
        pin.findall(text("requirements-dev.lock"))
    )


def test_every_setting_is_in_the_docs() -> None:
    docs = text("docs/operations.md")
    missing = {setting for setting in _settings_read() if f"`{setting}`" not in docs}
    assert missing == set()


def test_every_management_command_is_in_the_docs() -> None:
    docs = text("README.md") + text("docs/operations.md")
    commands = {path.stem for path in sources("trials/management/commands")} - {"__init__"}
    assert len(commands) >= 3
    assert {command for command in commands if command not in docs} == set()


def test_every_make_target_is_in_the_docs() -> None:
    docs = text("README.md") + text("CONTRIBUTING.md")
    docs += text("docs/architecture.md") + text("docs/decisions/0002-dependencies.md")
    targets = set(re.findall(r"^([a-z]+):.*##", text("Makefile"), re.MULTILINE)) - {"help"}
    assert {"run", "test"} <= targets
    assert {target for target in targets if f"make {target}" not in docs} == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", entry)[0] for entry in wanted}
    reasons = text("docs/decisions/0002-dependencies.md")
    assert {each for each in names if f"| `{each}` |" not in reasons} == set()


def _settings_read() -> set[str]:
    """Return the environment variables that the typed readers are asked for."""
    code = "".join(path.read_text() for path in sources("findatrial"))
    found = set(re.findall(r"""env\.[a-z_]+\(\s*"([A-Z][A-Z_]+)\"""", code))
    assert set(PRODUCTION) <= found
    return found


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())
