"""How staff log in: what django-allauth asks us, answered for the portal."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import User
from django.http import HttpRequest

from findatrial.accounts import encryption, sessions


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Log in by name and password; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "This name and password don’t belong together.",
        "too_many_login_attempts": (
            "Too many wrong tries from your network. Wait five minutes, then try again."
        ),
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by `create_staff`."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Open a session that knows when it was opened."""
        super().login(request, user)
        sessions.open_session(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before factors are seen or changed, unless it was just given.

        A login of the last minutes counts: a new colleague sets the second factor up right then.
        """
        fresh = sessions.age(self.request) < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong tries by name *and* address: no stranger can use up another person's."""
        name = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}:{get_ip(request)}"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors: named after the portal, their secrets encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or it was used before. Wait for the next one.",
    }

    def get_totp_label(self, user: User) -> str:
        """Name the entry in the app after the account."""
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """Name the portal in the app."""
        return f"Find a Trial ({self._get_site_name()})"

    def encrypt(self, text: str) -> str:
        """Return what the database keeps of a secret."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; after a change of SECRET_KEY another one, which no code fits."""
        try:
            return encryption.decrypt(encrypted_text)
        except InvalidToken:
            return str(generate_totp_secret())
