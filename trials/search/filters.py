"""A query string → a search. Whatever is typed, a search comes out, and a sentence for each value
that could not be used; everything good beside it survives.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from trials.models import SearchRow
from trials.search.query import (
    ALL,
    ANY_DISTANCE,
    LAST_PAGE,
    OPEN,
    AgeUnit,
    Sort,
    TrialSearch,
    Unit,
    Values,
    canonical_status,
    canonical_values,
)
from trials.terms import facets

LONGEST_WORDS = 300
LONGEST_PLACE = 120
_LONGEST_SHOWN = 40
_MOST_COUNTRIES = 30
_FARTHEST = {Unit.KM: 20_000, Unit.MI: 12_500}
_OLDEST = {AgeUnit.YEARS: 130, AgeUnit.MONTHS: 1_560, AgeUnit.WEEKS: 6_780, AgeUnit.DAYS: 47_480}
# Controls, lone halves of characters, and what turns the direction of the text behind it
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_WORDED_AGE = re.compile(r"([0-9]{1,5}) ?-?(y|yrs?|years?|months?|mo|weeks?|wks?|days?)(?: old)?")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")


class Words(forms.CharField):
    """One line of text; control characters become spaces, and too much of it is cut."""

    def __init__(self, *, longest: int, what: str, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.longest, self.what = longest, what

    def to_python(self, value: Any) -> str:
        """Return the text on one line."""
        return " ".join(_CONTROLS.sub(" ", str(value or "")).split())

    def clean(self, value: Any) -> str:
        """Return the text; raise where it is too long."""
        text = self.to_python(value)
        if len(text) > self.longest:
            raise forms.ValidationError(
                f"{self.what} can have up to {self.longest} characters. We used the first ones."
            )
        return text

    def survivor(self, value: Any) -> str:
        """Return what can be used of a text that is too long: its whole words."""
        return self.to_python(value)[: self.longest + 1].rsplit(" ", 1)[0][: self.longest]


class WholeNumber(forms.Field):
    """A whole number in bounds; `wanted` says what to type."""

    def __init__(self, *, least: int, most: int, wanted: str) -> None:
        super().__init__(required=False)
        self.least, self.most, self.wanted = least, most, wanted

    def clean(self, value: Any) -> int | None:
        """Return the number, None for nothing; raise with the sentence what to type."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text):
            raise forms.ValidationError(f"“{text[:_LONGEST_SHOWN]}” is not a number. {self.wanted}")
        number = int(text)
        if not self.least <= number <= self.most:
            raise forms.ValidationError(f"{number:,} can’t be used here. {self.wanted}")
        return number


class Radius(WholeNumber):
    """A distance, or `any`."""

    def clean(self, value: Any) -> int | None:
        """Return the distance; `ANY_DISTANCE` for the word `any`."""
        if str(value or "").strip().lower() == "any":
            return ANY_DISTANCE
        return super().clean(value)


class OneOf(forms.Field):
    """One value of a list, whatever its case."""

    def __init__(self, values: type[Unit] | type[AgeUnit] | type[Sort], what: str) -> None:
        super().__init__(required=False)
        self.values, self.what = values, what

    def clean(self, value: Any) -> str:
        """Return the value, empty for nothing."""
        text = str(value or "").strip().lower()
        if text and text not in set(self.values):
            names = ", ".join(self.values)
            raise forms.ValidationError(f"We don’t know this {self.what}. You can use: {names}.")
        return text


class SomeOf(forms.Field):
    """Any number of a facet's values, whatever their case."""

    widget = forms.MultipleHiddenInput

    def __init__(self, known: Values, what: str) -> None:
        super().__init__(required=False)
        self.known, self.what = {value.upper(): value for value in known}, what

    def clean(self, value: Any) -> Values:
        """Return the values; raise where one is not among them."""
        unknown = [text for text in value or () if text.strip() and self._one(text) is None]
        if unknown:
            raise forms.ValidationError(
                f"“{unknown[0][:_LONGEST_SHOWN]}” is not a {self.what} we know. We left it out."
            )
        return self.survivor(value)

    def survivor(self, value: Any) -> Values:
        """Return the values that are known."""
        return tuple(one for text in value or () if (one := self._one(text)) is not None)

    def _one(self, text: str) -> str | None:
        return self.known.get(text.strip().upper())


class Countries(forms.Field):
    """Country codes, or names where a country has no code; unknown ones find nothing."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> Values:
        """Return the codes, sorted."""
        texts = {" ".join(_CONTROLS.sub(" ", text).split()) for text in value or ()} - {""}
        if len(texts) > _MOST_COUNTRIES:
            raise forms.ValidationError(
                f"You can choose up to {_MOST_COUNTRIES} countries. We left some out."
            )
        return self.survivor(value)

    def survivor(self, value: Any) -> Values:
        """Return as many as can be used."""
        texts = {" ".join(_CONTROLS.sub(" ", text).split()) for text in value or ()} - {""}
        codes = {text.upper() if len(text) == 2 else text[:_LONGEST_SHOWN] for text in texts}
        return tuple(sorted(codes)[:_MOST_COUNTRIES])


def _facet(name: str, what: str, *extra: str) -> django_filters.Filter:
    return _asking(SomeOf((*facets.FACETS[name].values, *extra), what))


def _asking(field: forms.Field) -> django_filters.Filter:
    """Return a filter with a form field of ours."""

    class Asking(django_filters.Filter):  # type: ignore[misc]  # the package has no types
        @property
        def field(self) -> forms.Field:
            return field

    return Asking()


class TrialFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # nor here
    """The parameters of a search, each with what it takes."""

    q = _asking(Words(longest=LONGEST_WORDS, what="A search"))
    exact = _asking(forms.BooleanField(required=False))
    place = _asking(Words(longest=LONGEST_PLACE, what="A place"))
    radius = _asking(
        Radius(least=1, most=max(_FARTHEST.values()), wanted="Type a distance, such as 50.")
    )
    unit = _asking(OneOf(Unit, "unit of distance"))
    age = _asking(
        WholeNumber(
            least=0, most=max(_OLDEST.values()), wanted="Type an age, such as 34 or 6 months."
        )
    )
    age_unit = _asking(OneOf(AgeUnit, "unit of age"))
    sex = _facet("sex", "sex")
    status = _facet("status", "status", ALL, OPEN)
    phase = _facet("phase", "phase")
    study_type = _facet("study_type", "kind of study")
    intervention_type = _facet("intervention_type", "kind of treatment")
    age_group = _facet("age_group", "age group")
    healthy_volunteers = _facet("healthy_volunteers", "answer")
    country = _asking(Countries(required=False))
    sponsor_class = _facet("sponsor_class", "kind of sponsor")
    has_results = _facet("has_results", "answer")
    reviewed = _facet("reviewed", "answer")
    sort = _asking(OneOf(Sort, "order"))
    page = _asking(WholeNumber(least=1, most=LAST_PAGE, wanted=f"Pages go from 1 to {LAST_PAGE}."))

    class Meta:
        model = SearchRow
        fields: tuple[str, ...] = ()


_LISTS = frozenset(facets.NAMES)


@dataclass(frozen=True, slots=True)
class Reading:
    """A search as it was read: the search, sentences by parameter, and what was typed."""

    search: TrialSearch
    problems: Mapping[str, str]
    typed: Mapping[str, str]


def read(data: QueryDict) -> Reading:
    """Return the search that a query string describes; parameters it does not know are ignored."""
    data = _with_age_parted(data)
    form = TrialFilterSet(data, queryset=SearchRow.objects.none()).form
    form.is_valid()
    problems = {name: str(messages[0]) for name, messages in form.errors.items()}
    values = dict(form.cleaned_data)
    for name, field in form.fields.items():
        given = data.getlist(name)
        if name not in values and hasattr(field, "survivor"):
            values[name] = field.survivor(given if name in _LISTS else given[-1])
        if len(given) > 1 and name not in _LISTS:
            problems.setdefault(name, "This was given more than once. We used the last one.")
    _check_bounds(values, problems)
    typed = {name: data.get(name, "")[:LONGEST_WORDS] for name in form.fields}
    return Reading(TrialSearch(**_search_values(values)), problems, typed)


def _with_age_parted(data: QueryDict) -> QueryDict:
    """Return the query with an age such as “6 months” as a number and its unit."""
    said = _WORDED_AGE.fullmatch(data.get("age", "").strip().lower())
    if not said:
        return data
    parted = data.copy()
    unit = next(unit for unit in AgeUnit if unit.startswith(said[2][0]))
    parted.setlist("age", [said[1]])
    parted.setlist("age_unit", [unit])
    return parted


def search_of(query: str) -> TrialSearch:
    """Return the search of a query string such as `q=lupus&place=Beijing`."""
    return read(QueryDict(query)).search


def _check_bounds(values: dict[str, Any], problems: dict[str, str]) -> None:
    """Drop an age or a distance that is past what its unit allows."""
    age_unit = AgeUnit(values.get("age_unit") or AgeUnit.YEARS)
    if (values.get("age") or 0) > _OLDEST[age_unit]:
        problems["age"] = f"An age can be up to {_OLDEST[age_unit]:,} {age_unit}. We left it out."
        del values["age"]
    unit = Unit(values.get("unit") or Unit.KM)
    if (values.get("radius") or 0) > _FARTHEST[unit]:
        problems["radius"] = f"A distance can be up to {_FARTHEST[unit]:,} {unit}."
        values["radius"] = ANY_DISTANCE


def _search_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of TrialSearch: what is empty falls to its default."""
    made: dict[str, Any] = {
        name: value for name, value in values.items() if value not in (None, "", ())
    }
    for name, kind in (("unit", Unit), ("age_unit", AgeUnit), ("sort", Sort)):
        if name in made:
            made[name] = kind(made[name])
    for name in facets.FACETS:
        if name in made:
            made[name] = canonical_values(name, made[name])
    if values.get("status"):
        made["status"] = canonical_status(values["status"])
    return made
