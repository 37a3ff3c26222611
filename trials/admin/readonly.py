"""Admin pages of rows that only the importer writes, quick whatever their number.

A list shows the newest rows by an index, counts at most 10,000 of what a filter leaves, and pages
through as many; whoever looks for an older row searches or filters. Nothing sorts by a click.
"""

from math import ceil
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property

COUNTED_AT_MOST = 10_000
# A smaller table is counted: new tables have no estimate yet.
_ESTIMATED_FROM = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Counts to a bound and pages through as many rows: a list of millions costs no more."""

    is_estimate = False

    @cached_property
    def count(self) -> int:
        """The number of rows; one more than the bound stands for any number above it."""
        rows = cast("QuerySet[Model]", self.object_list)
        return int(rows.order_by()[: COUNTED_AT_MOST + 1].count())

    @cached_property
    def num_pages(self) -> int:
        """The number of pages that may be asked for: far ones would read all rows before them."""
        return min(super().num_pages, ceil(COUNTED_AT_MOST / self.per_page))

    @property
    def in_words(self) -> str:
        """The number of rows as people read it, honest about what was not counted."""
        if self.is_estimate:
            return f"about {self.count:,}"
        if self.count > COUNTED_AT_MOST:
            return f"over {COUNTED_AT_MOST:,}"
        return f"{self.count:,}"


class EstimatedPaginator(CappedPaginator):
    """Counts a whole table by the planner's estimate: 600,000 rows are not counted to list 50."""

    @cached_property
    def count(self) -> int:
        """The number of rows: to a bound where a filter narrows the list, else estimated."""
        objects = cast("QuerySet[Model]", self.object_list)
        query = objects.query
        if query.where or query.distinct:
            return int(super().count)
        estimate = _estimate(objects.model._meta.db_table)
        self.is_estimate = estimate >= _ESTIMATED_FROM
        return estimate if self.is_estimate else int(super().count)


def _estimate(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        return int(cursor.fetchone()[0])


class NarrowList(ChangeList):
    """A list that loads the columns it shows, where its admin names them in `list_only`."""

    def get_queryset(self, *args: Any, **options: Any) -> QuerySet[Any]:
        """Return the rows of the list."""
        rows = super().get_queryset(*args, **options)
        columns = getattr(self.model_admin, "list_only", ())
        return rows.only(*columns) if columns else rows


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Shows rows and changes none: facts belong to the registry."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    # Neither a click on a column nor numbers beside filters: both would read the whole table.
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 50
    list_only: ClassVar[tuple[str, ...]] = ()

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Return the kind of list."""
        return NarrowList

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Nobody adds facts by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes facts by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes facts by hand."""
        return False


class FirstRows(BaseInlineFormSet):  # type: ignore[type-arg]  # not generic at run time
    """The first rows of an inline: a trial may have hundreds."""

    at_most = 20

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows that are shown."""
        if not hasattr(self, "_first"):
            self._first = super().get_queryset()[: self.at_most]
        return self._first


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    """The first rows of a trial, shown with it."""

    formset = FirstRows
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Nobody adds facts by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes facts by hand."""
        return False
