"""Postal codes: what of one is kept for a place, and which a typed text may mean.

Kept is the part that stands for a district: a US ZIP code without its four further digits, the
outward part of a British code (SW1A of SW1A 1AA), the first three signs of a Canadian or Irish
one, the four digits of a Dutch one. Other codes are kept whole.
"""

import re

_NOT_KEPT = re.compile(r"[^A-Z0-9]")
_LONGEST = 10
# A whole code of a country (capitals and digits only), the part that is kept as its group.
_WHOLE = {
    "US": re.compile(r"(\d{5})(?:\d{4})?"),
    "GB": re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?:\d[A-Z]{2})?"),
    "CA": re.compile(r"([A-Z]\d[A-Z])(?:\d[A-Z]\d)?"),
    "IE": re.compile(r"([A-Z]\d[\dW])(?:[A-Z\d]{4})?"),
    "NL": re.compile(r"(\d{4})(?:[A-Z]{2})?"),
}


def kept_code(text: str, country_code: str) -> str:
    """Return the kept part of a code as a record writes it, empty where it is none."""
    signs = _signs(text)
    if country_code in _WHOLE:
        match = _WHOLE[country_code].fullmatch(signs)
        return match[1] if match else ""
    return signs if any(sign.isdigit() for sign in signs) else ""


def codes_meant(text: str) -> tuple[str, ...]:
    """Return the kept codes that a typed text may mean, the whole text's first."""
    signs = _signs(text)
    if not any(sign.isdigit() for sign in signs):
        return ()
    parts = (pattern.fullmatch(signs) for pattern in _WHOLE.values())
    return tuple(dict.fromkeys((signs, *(part[1] for part in parts if part))))


def _signs(text: str) -> str:
    """Return the capitals and digits of a text, empty where they are too many for a code."""
    signs = _NOT_KEPT.sub("", text.upper())
    return signs if len(signs) <= _LONGEST else ""
