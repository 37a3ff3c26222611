"""Passkey forms that answer a credential of a wrong shape with a sentence.

django-allauth's own raise KeyError for one that lacks a part.
"""

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse, RegistrationResponse


class _CredentialField(forms.JSONField):
    """What a browser says of a passkey, as JSON of a kind."""

    widget = forms.HiddenInput

    def __init__(self, kind: type[RegistrationResponse] | type[AuthenticationResponse]) -> None:
        super().__init__()
        self.kind = kind

    def validate(self, value: Any) -> None:
        """Raise ValidationError for anything else."""
        super().validate(value)
        try:
            self.kind.from_dict(value)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ValidationError("The passkey’s answer can’t be read. Try again.") from None


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # no types
    """Add a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _CredentialField(RegistrationResponse)


class ShowPasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """Show a passkey at login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _CredentialField(AuthenticationResponse)


class ShowPasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """Show a passkey before factors are changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _CredentialField(AuthenticationResponse)
