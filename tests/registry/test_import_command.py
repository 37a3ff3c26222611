"""`manage.py import_studies` as people and scripts meet it."""

import gzip
import io
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from registry import records
from registry.records import whole
from trials import models
from trials.management.commands import import_studies as command

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def run(*paths: Path | str) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_studies", *map(str, paths), stdout=out, stderr=err, no_color=True)
    except SystemExit as error:
        return int(error.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.jsonl"
    path.write_bytes(records.lines(*(whole(number) for number in range(1, 4))))
    return path


@pytest.mark.django_db
def test_import_ends_with_a_table(good: Path) -> None:
    code, out, err = run(good)

    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["read", "3"], ["new", "3"], ["changed", "0"], ["unchanged", "0"], ["rejected", "0"],
    ]  # fmt: skip
    assert err == ""
    assert run(good)[1].split()[6:8] == ["unchanged", "3"]


@pytest.mark.django_db
def test_rejected_record_gives_exit_code_1_and_says_why(tmp_path: Path, good: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(b'{"protocolSection":{"identificationModule":{"nctId":"X-1"}}}')

    code, out, err = run(good, bad)

    assert code == 1
    assert re.search(r"^new +3$", out, re.MULTILINE)
    assert re.search(r"^rejected +1$", out, re.MULTILINE)
    assert f"{bad}, record 1, line 1, byte 0 (X-1): The record has no valid NCT id" in err
    assert "Import problems" in err


@pytest.mark.django_db
def test_cut_off_file_gives_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(records.lines(whole(1), whole(2)))[:-100])

    code, _, err = run(path)

    assert code == 1
    assert "could not be read to its end" in err


@pytest.mark.django_db
def test_odd_values_give_exit_code_0_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(records.raw(records.load("impossible-dates")))

    code, out, _ = run(path)

    assert code == 0
    assert "4 odd values were set aside" in out


@pytest.mark.django_db
def test_first_problems_are_shown_and_all_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"protocolSection":{}}\n' * 25)

    code, _, err = run(path)

    assert code == 1
    assert err.count("It has no NCT id") == 10
    assert models.ImportProblem.objects.count() == 25


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_path_without_anything_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"^(There is no file|The folder)[^\n]*\.$"):
        run(tmp_path / name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raised", "sentence", "code"),
    [
        (KeyboardInterrupt(), "Stopped", 130),
        (OperationalError("gone"), "The database failed: gone", 1),
    ],
)
def test_interruption_is_one_sentence(
    good: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, sentence: str, code: int
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr(command, "import_studies", fail)
    with pytest.raises(CommandError, match=f"^{sentence}.*run the command again") as error:
        run(good)
    assert error.value.returncode == code


@pytest.mark.django_db
def test_plain_progress_is_a_line_now_and_then(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_LINE_EVERY_SECONDS", 0)

    assert re.match(r"^0 of 0 MB read\n", run(good)[2])


def manage(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """Start manage.py with the tests' database."""
    name = connection.settings_dict["NAME"]
    code = (
        "import sys; from django.conf import settings; "
        f"settings.DATABASES['default']['NAME'] = {name!r}; "
        "from django.core.management import execute_from_command_line as run; run(sys.argv)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "findatrial.settings", "TERM": "xterm"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=REPOSITORY,
        env=os.environ | environment,
        **options,
    )


@pytest.mark.django_db(transaction=True)
def test_terminal_shows_a_progress_bar(good: Path) -> None:
    mine, its = pty.openpty()
    termios.tcsetwinsize(its, (24, 80))
    process = manage("import_studies", str(good), stdout=subprocess.PIPE, stderr=its)
    os.close(its)
    shown = b""
    try:
        while data := os.read(mine, 4096):
            shown += data
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    out, _ = process.communicate()
    os.close(mine)

    assert process.returncode == 0
    assert b"Importing: 100%" in shown
    assert b"new                 3" in out


@pytest.mark.django_db(transaction=True)
def test_standard_input_is_imported(good: Path) -> None:
    process = manage(
        "import_studies", "-",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = process.communicate(good.read_bytes() + b"{broken")

    assert process.returncode == 1
    assert b"new                 3" in out
    assert b"standard input, record 4, line 4, byte " in err
    assert models.Trial.everything.count() == 3


def test_help_says_what_is_read_and_what_the_exit_code_means() -> None:
    out = subprocess.run(
        [sys.executable, "manage.py", "import_studies", "--help"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    said = " ".join(out.split())

    for words in (
        "PATH",
        "standard input",
        "JSON Lines",
        ".gz",
        ".zip",
        "Exit code: 0",
        "1 something",
    ):
        assert words in said
