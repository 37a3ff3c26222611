"""The contact of one site: where it stands, what its study team said, and the link to ask it by.

An editor lets the portal send the link to who may get it, or copies one, which is shown once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trials.admin.desk.access import desk_member
from trials.admin.desk.coordinators import GiveForm, current
from trials.coordinators import actions, letters
from trials.coordinators.accepted import AcceptedValue, accepted_at
from trials.coordinators.errors import RefusedError
from trials.coordinators.standings import standings_at
from trials.editorial import reports
from trials.models import Confirmation, ConfirmationLink, ReaderReport, Site, SiteCoordinator
from trials.terms import plain as words
from trials.terms.corrections import Field
from trials.terms.plain.confirming import corrected_field
from trials.terms.plain.contacts import ContactWords, contact_state

_SHOWN = 20


class SiteForm(forms.Form):
    """Which button, and for which link."""

    verb = forms.ChoiceField(
        choices=[("send", "Send the link"), ("invite", "Make a link"), ("revoke", "End it")]
    )
    link = forms.ModelChoiceField(ConfirmationLink.objects.all(), required=False)


@dataclass(frozen=True, slots=True)
class SitePage:
    """The page of one site; `made` is a new link.

    `why_not` says why no link can be made, `why_not_sent` why none can be sent, else to how many.
    """

    site: Site
    place: str
    status: str
    said: tuple[str, ...]
    state: ContactWords
    addresses: tuple[str, ...]
    why_not: str
    why_not_sent: str
    recipients: int
    made: str
    open_links: Sequence[ConfirmationLink]
    answers: Sequence[Confirmation]
    reports: Sequence[ReaderReport]
    coordinators: Sequence[SiteCoordinator]
    give: GiveForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def site_contact(request: HttpRequest, site: int) -> HttpResponse:
    """Show a site's contact; send or make a link for it, or end one."""
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    found = rows.filter(pk=site).first()
    if found is None:
        raise Http404("The registry lists no such site.")
    made = ""
    if request.method == "POST":
        try:
            made = _act(request, found)
        except RefusedError as error:
            messages.error(request, str(error))
        if not made:
            return redirect("admin:desk-site", found.pk)
    context = admin.site.each_context(request) | {
        "title": f"Contact at {actions.label_of(found)}",
        "page": _page(found, made),
    }
    return TemplateResponse(request, "desk/site.html", context)


def _act(request: HttpRequest, site: Site) -> str:
    """Do what a button asks for; return the new link, which is shown in this answer alone."""
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    form = SiteForm(request.POST)
    if not form.is_valid():
        raise RefusedError("There is no such button: load the page again.")
    if form.cleaned_data["verb"] == "invite":
        return actions.invite(site=site, by=by)
    if form.cleaned_data["verb"] == "send":
        _send(request, site, by)
        return ""
    link: ConfirmationLink | None = form.cleaned_data["link"]
    if link is None or link.site_id != site.pk:
        raise RefusedError("This site has no such link.")
    actions.revoke(link=link, by=by)
    messages.success(request, "The link is ended. Whoever opens it reads that it was taken back.")
    return ""


def _send(request: HttpRequest, site: Site, by: User) -> None:
    sent = letters.invite(site=site, by=by)
    for letter in sent:
        letters.soon(letter)
    going = "1 letter goes" if len(sent) == 1 else f"{len(sent)} letters go"
    messages.success(request, f"{going} out now. “Mail to study teams” says what becomes of it.")


def _page(site: Site, made: str) -> SitePage:
    standing = standings_at([site], reported=reports.difficulty(site.trial))[site.pk]
    answers = site.confirmations.select_related("settlement__settled_by")
    why_not_sent, recipients = _recipients(site)
    return SitePage(
        site=site,
        place=actions.label_of(site),
        said=tuple(map(_said, accepted_at([site]).get(site.pk, []))),
        status=words.site_status(site.recruitment_status, site.trial.overall_status).words,
        state=contact_state(standing),
        addresses=tuple(_addresses(site)),
        why_not=_why_not(site),
        why_not_sent=why_not_sent,
        recipients=recipients,
        made=made,
        open_links=actions.open_links(site),
        answers=list(answers[:_SHOWN]),
        reports=list(reports.open_reports(site.trial).filter(site=site)[:_SHOWN]),
        coordinators=list(current().filter(site=site).order_by("pk")),
        give=GiveForm(auto_id="give_%s"),
    )


def _said(value: AcceptedValue) -> str:
    said = words.status(value.value).words if value.field == Field.STATUS else value.value
    return corrected_field(value.field, value.contact_name, said, value.on)


def _addresses(site: Site) -> Iterator[str]:
    for row in site.contacts.all():
        if row.email.strip():
            yield f"{row.name or 'Contact'}, {row.email}"


def _why_not(site: Site) -> str:
    try:
        actions.check_invite(site)
    except RefusedError as error:
        return str(error)
    return ""


def _recipients(site: Site) -> tuple[str, int]:
    """Return why no letter can be sent, or to how many it goes."""
    try:
        return "", len(letters.recipients(site))
    except RefusedError as error:
        return str(error), 0
