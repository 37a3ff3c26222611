"""The registry correction sheet of a site, for the desk to hand on."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.admin.desk.access import desk_member
from trials.coordinators.actions import label_of
from trials.coordinators.registry_sheet import sheet_of
from trials.models import Site
from trials.terms.plain.registry_sheet import DUTY


@never_cache
@require_safe
@desk_member
def registry_sheet(request: HttpRequest, site: int) -> HttpResponse:
    """Show what a study team has to correct in the registry."""
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    found = rows.filter(pk=site).first()
    if found is None:
        raise Http404("The registry lists no such site.")
    context = admin.site.each_context(request) | {
        "title": f"Corrections for the registry: {label_of(found)}",
        "site": found,
        "sheet": sheet_of(found),
        "duty": DUTY,
    }
    return TemplateResponse(request, "desk/registry_sheet.html", context)
