"""Reading single values: codes, dates, ages, numbers. What is odd is noted and left empty."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices

from trials.registry.mend import Slip
from trials.registry.study import DateStruct
from trials.terms.registry import DateType
from trials.terms.values import Age, PartialDate

Row = dict[str, Any]

_LARGEST_COUNT = 2_147_483_647
# A PostgreSQL index row holds some 2,700 bytes.
_LONGEST_KEY = 600


class Reader:
    """Reads values of one study and keeps the slips."""

    def __init__(self, slips: list[Slip]) -> None:
        self.slips = slips

    def slip(self, path: str, value: object, message: str) -> None:
        """Note an odd value."""
        self.slips.append(Slip(path, str(value)[:200], message))

    def code(self, choices: type[TextChoices], value: str, path: str) -> str:
        """Return a code of an enumeration, or an empty text for one that it lacks."""
        if not value or value in choices._value2member_map_:
            return value
        self.slip(path, value, "Not a value of the registry's list; shown as not stated.")
        return ""

    def codes(self, choices: type[TextChoices], values: Iterable[str], path: str) -> list[str]:
        """Return the known codes, each once, in order."""
        known = (self.code(choices, value, path) for value in values)
        return list(dict.fromkeys(value for value in known if value))

    def date(self, struct: DateStruct, column: str, path: str) -> Row:
        """Return the three columns of a partial date."""
        read: PartialDate | None = None
        if struct.date:
            try:
                read = PartialDate.parse(struct.date)
            except ValueError as error:
                self.slip(f"{path}.date", struct.date, f"{error}; left out.")
        return {
            column: read.first_day if read else None,
            f"{column}_precision": str(read.precision) if read else "",
            f"{column}_type": self.code(DateType, struct.type, f"{path}.type") if read else "",
        }

    def age_months(self, text: str, path: str) -> float | None:
        """Return an age limit in months, or None for none or one that can't be read."""
        if not text:
            return None
        try:
            return Age.parse(text).months
        except ValueError as error:
            self.slip(path, text, f"{error}; shown as written, not searched by.")
            return None

    def count(self, value: int | None, path: str) -> int | None:
        """Return a number of people, or None."""
        if value is None or 0 <= value <= _LARGEST_COUNT:
            return value
        self.slip(path, value, "Not a possible number of people; left out.")
        return None

    def key(self, text: str, path: str) -> str:
        """Return a text that has to fit into an index."""
        if len(text) <= _LONGEST_KEY:
            return text
        self.slip(path, text, f"Longer than {_LONGEST_KEY} characters; cut.")
        return text[:_LONGEST_KEY]


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Give rows their position, from 0."""
    listed = list(rows)
    for position, row in enumerate(listed):
        row["position"] = position
    return listed
