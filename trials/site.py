"""Django's admin as the editorial desk: its front page is the work queue.

Outside `trials.admin`, because that package registers its tables at the site while it is imported.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver


class DeskSite(AdminSite):
    """The admin of the portal. Pages of the desk stand beside those of the tables."""

    site_header = "Find a Trial: editorial desk"
    site_title = "Find a Trial"
    index_title = "Work queue"
    empty_value_display = "–"

    def index(  # type: ignore[override]  # a trial number that was typed leads on
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what waits; the tables are below."""
        from trials.admin.desk.queue import front_page

        tables = {"app_list": self.get_app_list(request)}
        return front_page(request, self.each_context(request) | tables | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the desk's addresses before those of the tables."""
        from trials.admin.desk.urls import desk_urls

        return [*desk_urls(self.admin_view), *super().get_urls()]
