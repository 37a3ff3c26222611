"""The values of corrections: what can be one, when two say the same, and what looks odd.

Nothing here asks the database. A value is kept as it was typed, without what nobody sees of it.
"""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from trials.coordinators.errors import RefusedError
from trials.terms.corrections import Field
from trials.terms.countries import country_code
from trials.terms.registry import RecruitmentStatus

LONGEST_VALUE = 200
LONGEST_NOTE = 2_000
_TAG = re.compile(r"<[^\s<>][^<>]*>")
# Marks of writing direction and the like come along when a number is copied. These two shape words.
_JOINERS = "\u200c\u200d"
_LINE_ENDS = ("Zl", "Zp")
_SHOWN = 60


class NoteError(RefusedError):
    """A note that can't be kept."""


def checked(field: Field, typed: str) -> str:
    """Return a value as it is kept; raise RefusedError with a sentence for what can't be one."""
    name = field.label
    if field == Field.OTHER:
        if typed.strip():
            raise RefusedError("Something else: please write it in the note.")
        return ""
    value = _visible(typed).strip()
    if not value:
        raise RefusedError(f"{name}: please write what it should say.")
    if len(value) > LONGEST_VALUE:
        raise RefusedError(f"{name}: this is too long. It can have {LONGEST_VALUE} characters.")
    if any(_is_line_end(sign) for sign in value):
        raise RefusedError(f"{name}: please write it in one line.")
    if problem := _odd_signs(value):
        raise RefusedError(f"{name}: {problem}")
    if problem := _problem(field, value):
        raise RefusedError(problem)
    return value


def checked_note(field: Field, typed: str) -> str:
    """Return a note as it is kept; raise NoteError with a sentence for what can't be one."""
    name = f"Note on “{field.label}”"
    note = "\n".join(_visible(line).rstrip() for line in typed.splitlines()).strip()
    if field == Field.OTHER and not note:
        raise NoteError("Something else: please write in the note what must change.")
    if len(note) > LONGEST_NOTE:
        raise NoteError(f"{name}: this is too long. It can have {LONGEST_NOTE:,} characters.")
    if problem := _odd_signs(note.replace("\n", "").replace("\t", "")):
        raise NoteError(f"{name}: {problem}")
    return note


def agree(field: Field, one: str, other: str, *, country: str = "") -> bool:
    """Tell whether two values of a field say the same; `country` is where a phone is dialled.

    Nothing agrees with what stands in a note.
    """
    if field == Field.OTHER:
        return False
    return _known_by(field, one, other, country) == _known_by(field, other, one, country)


def folded(words: str) -> str:
    """Return words with each run of blanks as one, for comparing names."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def flags(field: Field, value: str, *, country: str = "") -> list[str]:
    """Say what looks odd about a value that could be kept; for editors."""
    found = []
    if field == Field.PHONE and not _line(value, country):
        where = f" in {country}" if country else ""
        found.append(f"No phone number that can be dialed{where}: readers get it without a link.")
    if field == Field.NAME and "@" in value:
        found.append("Looks like an email address.")
    if field == Field.NAME and len(_digits(value)) >= 5:
        found.append("Looks like a phone number.")
    if field == Field.PHONE_EXT and not re.fullmatch(r"[0-9]{1,8}", value.strip()):
        found.append("More than the digits of an extension.")
    return found


def _visible(typed: str) -> str:
    return "".join(sign for sign in typed if unicodedata.category(sign) != "Cf" or sign in _JOINERS)


def _is_line_end(sign: str) -> bool:
    return sign in "\r\n\v\f\x1c\x1d\x1e\x85" or unicodedata.category(sign) in _LINE_ENDS


def _odd_signs(words: str) -> str:
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co"} for sign in words):
        return "there is a sign in it that can’t be shown."
    if _TAG.search(words):
        return "please write plain words, without signs such as < and >."
    return ""


def _problem(field: Field, value: str) -> str:
    if field == Field.STATUS and value not in RecruitmentStatus:
        return "Status of the site: please choose one of the list."
    if field in {Field.PHONE, Field.PHONE_EXT} and not _digits(value):
        return f"{field.label}: there is no digit in “{_short(value)}”."
    if field == Field.NAME and not any(sign.isalpha() for sign in value):
        return f"{field.label}: there is no letter in “{_short(value)}”."
    if field == Field.EMAIL:
        try:
            validate_email(value)
        except ValidationError:
            return f"{field.label}: “{_short(value)}” is not an email address."
    return ""


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


def _known_by(field: Field, value: str, other: str, country: str) -> object:
    """Return what a value is compared by, beside another."""
    if field == Field.EMAIL:
        return folded(value).casefold()
    if field == Field.PHONE:
        line = _line(value, country)
        # Two numbers that are known as lines are compared as such: digits alone may mislead.
        return line if line and _line(other, country) else _digits_or_words(value)
    return _digits_or_words(value) if field == Field.PHONE_EXT else folded(value)


def _digits_or_words(value: str) -> tuple[str, str]:
    digits = _digits(value)
    return (digits, "") if digits else ("", folded(value))


def _digits(value: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in value if sign.isdecimal())


def _line(number: str, country: str) -> str:
    """Return a phone number as E.164 with its extension; empty where it can't be told for sure."""
    try:
        parsed = phonenumbers.parse(number, country_code(country) or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    line = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{line};{parsed.extension or ''}"
