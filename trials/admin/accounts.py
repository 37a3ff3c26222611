"""Staff accounts and groups: Django's own pages, with each person's roles in the list."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A person of the team."""

    list_display = ("username", "roles", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return accounts with their groups, in one more statement for a page."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Roles")
    def roles(self, person: Any) -> str:
        """The person's groups at the desk."""
        return ", ".join(sorted(group.name for group in person.groups.all())) or "None"


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """A role at the desk."""

    list_display = ("name",)
