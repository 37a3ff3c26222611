"""What a person does at the account pages, as the tests do it."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

PASSWORD = "violet kettle under nine bridges"
HOME = "192.0.2.10"
ELSEWHERE = "198.51.100.77"


def log_in(
    client: Client, name: str, password: str = PASSWORD, *, address: str = HOME, back: str = ""
) -> HttpResponse:
    """Send the login form from a network address."""
    form = {"login": name, "password": password, "next": back}
    return client.post("/account/login/", form, REMOTE_ADDR=address)


def code_of(secret: str) -> str:
    """Return the code that an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as the page says; return its secret."""
    secret = client.get("/account/second-step/app/").context["form"].secret
    answer = client.post("/account/second-step/app/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


def is_in(client: Client) -> bool:
    """Tell whether the admin lets this browser in."""
    return client.get("/admin/auth/user/").status_code == 200
