"""A password rule beside Django's: lists of common passwords hold hardly any long ones."""

from django.core.exceptions import ValidationError

_LEAST = 8


class VarietyValidator:
    """Refuse a long password that repeats a few characters, as “passwordpassword” does."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for fewer than eight different characters."""
        if len(set(password.lower())) < _LEAST:
            raise ValidationError(
                f"This password repeats too few characters. Use at least {_LEAST} different ones.",
                code="password_too_monotonous",
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return f"Your password must contain at least {_LEAST} different characters."
