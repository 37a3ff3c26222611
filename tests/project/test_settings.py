"""What each setting demands, and what tells the demo and production apart."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import Settings

from findatrial.hashers import DemoPasswordHasher
from tests.project.production import PRODUCTION, environment, manage, run

WRONG = [
    ("FINDATRIAL_MODE", "prod", "Set it to one of: demo, production."),
    ("SECRET_KEY", None, "Set it to a random text of 50 or more characters."),
    ("SECRET_KEY", "short", "Set it to a random text of 50 or more characters."),
    ("SECRET_KEY", "a" * 60, "Set it to a random text of 50 or more characters."),
    ("SECRET_KEY", "demo-" + PRODUCTION["SECRET_KEY"], "too simple or a demo's."),
    ("ALLOWED_HOSTS", None, "Set it to the host names to answer, comma-separated."),
    ("ALLOWED_HOSTS", " , ", "Set it to the host names to answer, comma-separated."),
    ("ALLOWED_HOSTS", "*", "Set it to the host names to answer, comma-separated."),
    ("PUBLIC_BASE_URL", None, "such as https://trials.example.org."),
    ("PUBLIC_BASE_URL", "http://trials.example.org", "such as https://trials.example.org."),
    ("PUBLIC_BASE_URL", "https://trials.example.org/x", "such as https://trials.example.org."),
    ("DATABASE_URL", None, "such as postgresql://user:password@host:5432/findatrial."),
    ("DATABASE_URL", "mysql://u:p@db.example.org/x", "an address that starts with postgresql://."),
    ("DATABASE_URL", "postgresql://u:p@db.example.org", "DATABASE_URL names no database."),
    ("EMAIL_URL", None, "such as smtp+tls://user:password@mail.example.org:587."),
    ("EMAIL_URL", "console://", "EMAIL_URL is not an smtp address."),
    ("EMAIL_URL", "smtp://", "EMAIL_URL names no mail server."),
    ("HELP_EMAIL", None, "Set it to the address that readers may write to."),
    ("DEFAULT_FROM_EMAIL", None, "Set it to the sender of the portal's mail."),
    ("TRUSTED_PROXY_HEADER", "x-real", "Set it to one of: none, x-forwarded-proto."),
    ("TRUSTED_PROXY_HEADER", "x-forwarded-proto", "TRUSTED_PROXY_COUNT is not set"),
    ("TRUSTED_PROXY_COUNT", "-1", "Set it to a whole number from 0 to 9."),
    ("STAFF_SECOND_FACTOR", "off", "Unset it for production."),
    ("STAFF_LINK_HOURS", "0", "Set it to a whole number from 1 to 168."),
    ("SESSION_IDLE_MINUTES", "0", "Set it to a whole number from 1 to 720."),
    ("SESSION_HOURS", "never", "Set it to a whole number from 1 to 168."),
    ("WEB_THREADS", "many", "Set it to a whole number from 1 to 64."),
    ("WEB_THREADS", "0", "Set it to a whole number from 1 to 64."),
]


@pytest.mark.parametrize(("name", "value", "advice"), WRONG)
def test_production_with_a_wrong_setting_stops_with_one_sentence(
    tmp_path: Path, name: str, value: str | None, advice: str
) -> None:
    env = environment(tmp_path, **PRODUCTION | {name: value})  # type: ignore[arg-type]  # None unsets a variable
    ended = run("import findatrial.settings", env)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Find a Trial cannot start: ")
    assert name in ended.stderr
    assert advice in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_production_with_every_setting_starts(tmp_path: Path) -> None:
    shown = _settings(environment(tmp_path, **PRODUCTION))
    assert shown["PRODUCTION"]
    assert shown["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert shown["DATABASES"]["default"]["HOST"] == "db.example.org"
    assert shown["EMAIL_HOST"] == "mail.example.org"
    assert shown["EMAIL_USE_TLS"]
    assert not shown["DEBUG"]


def test_database_url_may_name_a_socket(tmp_path: Path) -> None:
    url = "postgresql://portal@/findatrial?host=/run/postgresql"
    database = _settings(environment(tmp_path, **PRODUCTION | {"DATABASE_URL": url}))["DATABASES"]
    assert database["default"]["NAME"] == "findatrial"
    assert database["default"]["OPTIONS"]["host"] == "/run/postgresql"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "EMAIL_URL"])
def test_demo_refuses_a_setting_of_production(tmp_path: Path, name: str) -> None:
    ended = run("import findatrial.settings", environment(tmp_path, **{name: PRODUCTION[name]}))
    assert ended.returncode == 1
    assert f"Set FINDATRIAL_MODE=production, or unset {name} for the demo." in ended.stderr


def test_demo_answers_this_machine_only(tmp_path: Path) -> None:
    shown = _settings(environment(tmp_path))
    assert shown["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert shown["PUBLIC_BASE_URL"] == "http://127.0.0.1:8000"


def test_demo_key_is_its_own_and_private(tmp_path: Path) -> None:
    keys = {_settings(environment(tmp_path / name))["SECRET_KEY"] for name in "aab"}
    assert len(keys) == 2
    assert ((tmp_path / "a" / "demo-secret-key").stat().st_mode & 0o777) == 0o600


def test_demo_password_is_unusable_in_production(tmp_path: Path, settings: Settings) -> None:
    hasher = DemoPasswordHasher()
    stored = hasher.encode("the demo's password", hasher.salt())
    settings.PASSWORD_HASHERS = _settings(environment(tmp_path))["PASSWORD_HASHERS"]
    assert check_password("the demo's password", stored)
    production = environment(tmp_path, **PRODUCTION)
    settings.PASSWORD_HASHERS = _settings(production)["PASSWORD_HASHERS"]
    assert not check_password("the demo's password", stored)


def test_staff_need_a_second_factor_in_production_and_may_in_the_demo(tmp_path: Path) -> None:
    assert _settings(environment(tmp_path, **PRODUCTION))["STAFF_SECOND_FACTOR"] is True
    assert _settings(environment(tmp_path))["STAFF_SECOND_FACTOR"] is False
    asked = environment(tmp_path, STAFF_SECOND_FACTOR="true")
    assert _settings(asked)["STAFF_SECOND_FACTOR"] is True


def test_serve_is_refused_in_production(tmp_path: Path) -> None:
    ended = manage("serve", env=environment(tmp_path, **PRODUCTION))
    assert ended.returncode == 1
    assert "serve is the demo's command." in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_check_deploy_finds_nothing_in_production(tmp_path: Path) -> None:
    env = environment(tmp_path, **PRODUCTION)
    ended = manage("check", "--deploy", "--fail-level=DEBUG", env=env)
    assert ended.returncode == 0, ended.stderr
    assert "no issues (0 silenced)" in ended.stdout


def _settings(env: dict[str, str]) -> dict[str, object]:
    code = (
        "import json; from findatrial import settings as s;"
        "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.isupper()}, default=str))"
    )
    ended = run(code, env)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)  # type: ignore[no-any-return]  # JSON has no type
