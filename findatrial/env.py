"""Typed readers of environment variables.

Each reader returns a value of one type or stops the start with one sentence that says which
variable is wrong and what to set. Parsing of URLs is django-environ's.
"""

import os
import re
from typing import Any
from urllib.parse import urlsplit

import environ

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}

# A name, a subdomain wildcard (".example.org"), or an address in brackets.
_HOST = re.compile(r"^(?:\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$")
_EMAIL = re.compile(r"^(?:[^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$")
_WEB = re.compile(r"^https?://[^\s\"'<>]+$")


class ConfigurationError(SystemExit):
    """A setting is missing or wrong. Raised while settings load, it ends the process.

    It is a SystemExit so that every entry point (a command, gunicorn, a cron line) prints the
    sentence alone, without a traceback that hides it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Find a Trial cannot start: {sentence}")


def is_set(name: str) -> bool:
    """Tell whether a variable has a value other than blanks."""
    return bool(os.environ.get(name, "").strip())


def text(name: str, default: str | None = None, *, meaning: str = "") -> str:
    """Return a variable's text without blanks around it.

    Without a default the variable is required; `meaning` completes the sentence then.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ConfigurationError(f"{name} is not set. Set it to {meaning}.")
    return default


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """Return one of the given options."""
    value = text(name, default).lower()
    if value not in options:
        raise ConfigurationError(f"{name} is “{value}”. Set it to one of: {', '.join(options)}.")
    return value


def boolean(name: str, default: bool = False) -> bool:
    """Return a yes or no; `1 true yes on` and `0 false no off` are understood."""
    value = text(name, str(default)).lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ConfigurationError(f"{name} is “{value}”. Set it to true or false.")


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise ConfigurationError(
            f"{name} is “{value}”. Set it to a whole number from {low} to {high}."
        )
    return number


def host_names(name: str, *, meaning: str) -> list[str]:
    """Return a comma-separated list with at least one host; `*` for any host is refused."""
    found = [part.strip() for part in text(name, meaning=meaning).split(",") if part.strip()]
    if not found or "*" in found:
        raise ConfigurationError(f"{name} names no host or any host. Set it to {meaning}.")
    for host in found:
        if not _HOST.match(host):
            raise ConfigurationError(
                f"{name} names “{host}”, which is no host. Set it to {meaning}."
            )
    return found


def email_address(name: str, *, meaning: str) -> str:
    """Return one e-mail address; a name before it in `Name <address>` is allowed."""
    value = text(name, meaning=meaning)
    if not _EMAIL.match(value):
        raise ConfigurationError(f"{name} is “{value}”. Set it to {meaning}.")
    return value


def web_address(name: str) -> str:
    """Return an http or https address, or an empty text where the variable is not set."""
    value = text(name, "")
    if value and not _WEB.match(value):
        raise ConfigurationError(f"{name} is “{value}”. Set it to an address such as https://….")
    return value


def base_url(name: str, *, meaning: str) -> str:
    """Return an https address of a site without path, query or closing slash."""
    value = text(name, meaning=meaning).rstrip("/")
    try:
        parts = urlsplit(value)
        host = parts.netloc.removesuffix(f":{parts.port}")
        good = parts.scheme == "https" and _HOST.match(host) and not parts.path and not parts.query
    except ValueError:
        good = False
    if not good:
        raise ConfigurationError(f"{name} is “{value}”. Set it to {meaning}.")
    return value


def postgresql_url(name: str) -> dict[str, Any]:
    """Return Django's database settings from a postgresql:// address.

    A socket is named by its folder: postgresql://user@/findatrial?host=/run/postgresql
    """
    value = text(name, meaning="an address such as postgresql://user:password@host:5432/findatrial")
    scheme = value.partition(":")[0].lower()
    if scheme not in {"postgresql", "postgres"}:
        raise ConfigurationError(
            f"{name} starts with “{scheme}”. Set it to an address that starts with postgresql://."
        )
    try:
        parsed = environ.Env.db_url_config(value)
    except (ValueError, environ.ImproperlyConfigured):
        parsed = {}
    if not parsed.get("NAME"):
        raise ConfigurationError(
            f"{name} names no database. "
            "Set it to an address such as postgresql://user:password@host:5432/findatrial."
        )
    return dict(parsed)


def email_url(name: str) -> dict[str, object]:
    """Return Django's e-mail settings from an address such as smtp+tls://user:pw@host:587."""
    meaning = "an address such as smtp+tls://user:password@mail.example.org:587"
    value = text(name, meaning=meaning)
    if value.partition(":")[0].lower() not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise ConfigurationError(f"{name} is not an smtp address. Set it to {meaning}.")
    try:
        parsed = environ.Env.email_url_config(value)
    except (ValueError, environ.ImproperlyConfigured):
        parsed = {}
    if not parsed.get("EMAIL_HOST"):
        raise ConfigurationError(f"{name} names no mail server. Set it to {meaning}.")
    return {key: entry for key, entry in parsed.items() if key.startswith("EMAIL_")}
