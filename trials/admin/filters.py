"""Filters of the admin's lists: each narrows by an index or walks one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from trials.editorial.states import UNDER_WAY
from trials.models import CountrySet, Trial
from trials.terms.countries import CODES, country_name, registry_names


class ShownFilter(admin.SimpleListFilter):
    """Whether people can see a trial, or why not."""

    title = "shown to the public"
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return the choices."""
        return (("yes", "Shown"), ("hidden", "Hidden by us"), ("left", "Left the registry"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Trial]) -> QuerySet[Trial]:
        """Narrow the list."""
        match self.value():
            case "yes":
                return queryset.filter(hidden_at__isnull=True, left_registry_on__isnull=True)
            case "hidden":
                return queryset.filter(hidden_at__isnull=False)
            case "left":
                return queryset.filter(left_registry_on__isnull=False)
        return queryset


class TextFilter(admin.SimpleListFilter):
    """Whether a trial has a text of ours."""

    title = "text of ours"
    parameter_name = "text"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return the choices."""
        return (("live", "Patients see one"), ("work", "One is in work"), ("none", "None"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Trial]) -> QuerySet[Trial]:
        """Narrow the list."""
        match self.value():
            case "live":
                return queryset.filter(editorial__is_live=True)
            case "work":
                return queryset.filter(editorial__state__in=UNDER_WAY)
            case "none":
                return queryset.filter(editorial__isnull=True)
        return queryset


class CountryFilter(admin.SimpleListFilter):
    """A country, of all that there are."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return all countries by name."""
        return sorted(((code, country_name(code)) for code in CODES), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list."""
        code = self.value()
        return self.within(queryset, code) if code else queryset

    def within(self, rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        """Keep the rows of a country."""
        raise NotImplementedError


class TrialCountryFilter(CountryFilter):
    """Where a trial runs: asked of the few thousand sets of countries, not of millions of sites."""

    def within(self, rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        """Keep the trials that run in a country."""
        sets = CountrySet.objects.filter(codes__contains=[code])
        return rows.filter(search_row__country_set__in=sets)


class SiteCountryFilter(CountryFilter):
    """Where a site is."""

    def within(self, rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        """Keep the sites in a country."""
        return rows.filter(facility__country__in=registry_names(code))
