"""Who looks after which site: the list of coordinators, and giving them sites one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trials.admin.desk.access import desk_member
from trials.admin.desk.contacts import ContactsForm
from trials.coordinators import teams
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters.gate import why_not
from trials.coordinators.site_list.read import MOST_BYTES, MOST_LINES
from trials.models import Coordinator, Site, SiteCoordinator
from trials.terms.letters import LetterKind

_ROWS_A_PAGE = 50
_LONGEST_NAME: int = Coordinator._meta.get_field("name").max_length or 0


class FindForm(forms.Form):
    """Whose sites, or which; and which page of them."""

    q = forms.CharField(required=False, max_length=200, label="Name, address, place or trial")
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)


class GiveForm(forms.Form):
    """One site for one person; the rules of an address are those of `teams.give`."""

    site = forms.IntegerField(
        label="Site number",
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"invalid": "A site number has digits only.", "required": "Which site?"},
    )
    name = forms.CharField(required=False, max_length=_LONGEST_NAME, label="Name")
    email = forms.CharField(
        max_length=300, label="Email address", error_messages={"required": "Which email address?"}
    )

    def clean_site(self) -> Site:
        """Return the site of a number."""
        site = Site.everything.filter(pk=self.cleaned_data["site"]).first()
        if site is None:
            raise forms.ValidationError(f"There is no site {self.cleaned_data['site']} here.")
        return site


@dataclass(frozen=True, slots=True)
class CoordinatorsPage:
    """A page of the list, and the bounds of an upload."""

    rows: Sequence[SiteCoordinator]
    find: FindForm
    typed: str
    number: int
    has_more: bool
    give: GiveForm
    export: ContactsForm
    most_lines: int = MOST_LINES
    most_megabytes: int = MOST_BYTES // 1_000_000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def coordinators(request: HttpRequest) -> HttpResponse:
    """List who looks after which site, or give one."""
    if request.method == "POST":
        _act(request)
        return redirect("admin:desk-coordinators")
    context = admin.site.each_context(request) | {
        "title": "Coordinators",
        "page": _page(request),
    }
    return TemplateResponse(request, "desk/coordinators.html", context)


@require_POST
@desk_member
def site_coordinators(request: HttpRequest, site: int) -> HttpResponse:
    """Give a site from its own page, and lead back to it."""
    if not Site.everything.filter(pk=site).exists():
        raise Http404("The registry lists no such site.")
    _act(request, site)
    return redirect("admin:desk-site", site)


def _act(request: HttpRequest, site: int | None = None) -> None:
    """Give a site, and say what was done or why not."""
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    try:
        if request.POST.get("verb") != "give":
            raise RefusedError("There is no such button: load the page again.")
        said = _give(request, by, site)
    except (RefusedError, ValueError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _give(request: HttpRequest, by: User, site: int | None) -> str:
    form = GiveForm(request.POST if site is None else {**request.POST.dict(), "site": site})
    if not form.is_valid():
        raise RefusedError(str(next(iter(form.errors.values()))[0]))
    data = form.cleaned_data
    row = teams.give(site=data["site"], address=data["email"], name=data["name"], by=by)
    said = f"{row.coordinator} now looks after {row.site_label}."
    if problem := why_not(row.coordinator.address, LetterKind.REMINDER):
        return f"{said} No letter will go to them: {problem}"
    return f"{said} Their first letter goes out with the next reminders."


def current() -> "QuerySet[SiteCoordinator]":
    """Return which sites are in whose hands now, with whose and of which trial."""
    rows = SiteCoordinator.objects.filter(ended_on=None)
    return rows.select_related("coordinator", "trial", "given_by", "handed_by")


def _page(request: HttpRequest) -> CoordinatorsPage:
    find = FindForm(request.GET)
    asked = find.cleaned_data if find.is_valid() else {}
    typed, number = asked.get("q") or "", asked.get("page") or 1
    start = (number - 1) * _ROWS_A_PAGE
    rows = list(_found(typed)[start : start + _ROWS_A_PAGE + 1])
    return CoordinatorsPage(
        rows=rows[:_ROWS_A_PAGE],
        find=find,
        typed=typed,
        number=number,
        has_more=len(rows) > _ROWS_A_PAGE,
        give=GiveForm(auto_id="give_%s"),
        export=ContactsForm(auto_id="export_%s"),
    )


def _found(typed: str) -> "QuerySet[SiteCoordinator]":
    rows = current().order_by("coordinator__address", "pk")
    for word in typed.split():
        rows = rows.filter(
            Q(coordinator__name__icontains=word)
            | Q(coordinator__address__icontains=word)
            | Q(site_label__icontains=word)
            | Q(trial__nct_id__iexact=word)
        )
    return rows
