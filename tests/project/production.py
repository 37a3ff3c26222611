"""The environment of a production start, and processes started in it."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

HOST = "trials.example.org"
PRODUCTION = {
    "FINDATRIAL_MODE": "production",
    "SECRET_KEY": "b3Jt-uQ9x_7Zk2Lw0Vn5Ya8Ce1Hd4Gf6Ij-pRsTuMqOlXvWzBNy",
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_BASE_URL": f"https://{HOST}",
    "DATABASE_URL": "postgresql://portal:secret@db.example.org:5432/findatrial",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.org:587",
    "HELP_EMAIL": "help@example.org",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}
_OURS = {*PRODUCTION, "FINDATRIAL_VAR", "FINDATRIAL_PROCESS", "PORT", "DJANGO_SETTINGS_MODULE"}


def environment(var: Path, **variables: str | None) -> dict[str, str]:
    """Return this process's environment with only the given variables of the portal's."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    ours = {"FINDATRIAL_VAR": str(var), **variables}
    return kept | {name: value for name, value in ours.items() if value is not None}


def run(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python code in the repository's folder."""
    return _run([sys.executable, "-c", code], env)


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a management command."""
    return _run([sys.executable, "manage.py", *arguments], env)


def _run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=env, cwd=REPOSITORY, capture_output=True, text=True, timeout=120
    )
