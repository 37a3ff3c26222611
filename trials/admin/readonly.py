"""Admin pages of rows that only the importer writes."""

from typing import Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

# A smaller table is counted: new tables have no estimate yet.
_ESTIMATED_FROM = 10_000


class EstimatedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts a whole table by the planner's estimate: 600,000 rows are not counted to list 50."""

    @cached_property
    def count(self) -> int:
        """The number of rows: exact where a filter narrows the list, else estimated."""
        objects = cast("QuerySet[Model]", self.object_list)
        query = objects.query
        if query.where or query.distinct:
            return int(super().count)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass",
                [objects.model._meta.db_table],
            )
            estimate = int(cursor.fetchone()[0])
        return estimate if estimate >= _ESTIMATED_FROM else int(super().count)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows and changes none: facts belong to the registry."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Nobody adds facts by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes facts by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes facts by hand."""
        return False


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a trial, shown with it."""

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
