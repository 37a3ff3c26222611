"""Sites with their contacts, states and coordinators as CSV; filled in, it comes back as a list."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.admin.desk.access import desk_member
from trials.coordinators.accepted import AcceptedValue, accepted_at
from trials.coordinators.standings import standings_at
from trials.models import Confirmation, ReaderReport, Site, SiteContact, SiteCoordinator, Trial
from trials.terms import cells
from trials.terms.contacts import ContactStanding, ContactState
from trials.terms.plain.confirming import corrected_field
from trials.terms.plain.contacts import contact_state
from trials.terms.reports import Reported
from trials.terms.values import canonical_nct_id

_AT_ONCE = 500
# The columns of a site list are those that an import reads: coordinators.site_list.
_COLUMNS = (
    "trial",
    "site",
    "facility",
    "city",
    "province",
    "country",
    "status",
    "contact state",
    "told on",
    "what readers see",
    "from the study team",
    "registry contact",
    "registry phone",
    "registry extension",
    "registry email",
    "name",
    "email",
)


class ContactsForm(forms.Form):
    """Which sites: of one trial, in one state; else all with a coordinator or an answer."""

    trial = forms.CharField(required=False, max_length=40, label="Trial number")
    state = forms.ChoiceField(
        choices=[("", "Any"), *((each.value, each.value.capitalize()) for each in ContactState)],
        required=False,
        label="State of the contact",
    )

    def clean_trial(self) -> Trial | None:
        """Return the trial of a number; None where none is given."""
        typed = self.cleaned_data["trial"]
        if not typed:
            return None
        try:
            nct_id = canonical_nct_id(typed)
        except ValueError:
            raise forms.ValidationError(
                "A trial number is NCT and eight digits, such as NCT07193667."
            ) from None
        trial: Trial | None = Trial.public.filter(nct_id=nct_id).first()
        if trial is None:
            raise forms.ValidationError(f"Readers see no trial {nct_id} here.")
        return trial


@require_safe
@desk_member
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Stream sites and contacts with their states; a wrong filter leads back with the reason."""
    form = ContactsForm(request.GET)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("admin:desk-coordinators")
    lines = cells.lines(_rows(form.cleaned_data["trial"], form.cleaned_data["state"]))
    body = lines if request.method == "GET" else iter(())
    response = StreamingHttpResponse(_marked(body), content_type="text/csv; charset=utf-8")
    name = f"contacts-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _marked(lines: Iterator[str]) -> Iterator[str]:
    yield cells.BYTE_ORDER_MARK
    yield from lines


def _rows(trial: Trial | None, state: str) -> Iterator[tuple[str, ...]]:
    yield _COLUMNS
    last = 0
    while numbers := _numbers(trial, after=last):
        last = numbers[-1]
        sites = _sites(numbers)
        accepted = accepted_at(sites)
        standings = standings_at(sites, reported=_reported(sites), accepted=accepted)
        for site in sites:
            if state in {"", standings[site.pk].state}:
                yield from _of_site(site, standings[site.pk], accepted.get(site.pk, ()))


def _numbers(trial: Trial | None, *, after: int) -> list[int]:
    """Return the next sites to list."""
    if trial is not None:
        rows = Site.everything.filter(trial=trial, pk__gt=after).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:_AT_ONCE])
    given = _in_hands().filter(site__gt=after)
    told = Confirmation.objects.filter(site__gt=after)
    both = given.order_by().values("site").union(told.order_by().values("site"))
    return [row["site"] for row in both.order_by("site")[:_AT_ONCE]]


def _in_hands() -> "QuerySet[SiteCoordinator]":
    """Return which sites are in whose hands; what a colleague is asked to take on is not yet."""
    return SiteCoordinator.objects.filter(ended_on=None, taken_on__isnull=False)


def _sites(numbers: Sequence[int]) -> list[Site]:
    """Return sites that readers see, with all that a row shows."""
    current = _in_hands().select_related("coordinator")
    rows = Site.everything.filter(
        pk__in=numbers, trial__hidden_at=None, trial__left_registry_on=None
    )
    rows = rows.select_related("trial", "facility").prefetch_related(
        "contacts", Prefetch("sitecoordinators", current.order_by("pk"), to_attr="in_hands")
    )
    return list(rows.order_by("pk"))


def _reported(sites: Sequence[Site]) -> Reported:
    reports = ReaderReport.objects.filter(site__in=[site.pk for site in sites])
    return reports.reported(timezone.now().date())


def _of_site(
    site: Site, standing: ContactStanding, accepted: Sequence[AcceptedValue]
) -> Iterator[tuple[str, ...]]:
    """Yield a line for each contact of a site and for each of its coordinators, side by side."""
    place = site.facility
    of_site = (
        site.trial.nct_id,
        str(site.pk),
        place.name,
        place.city,
        place.state,
        place.country,
        site.recruitment_status or site.trial.overall_status,
        standing.state.value,
        standing.since.isoformat() if standing.since else "",
        contact_state(standing).words,
        "; ".join(map(_said, accepted)),
    )
    # `in_hands` was prefetched by `_sites`.
    people = list(zip_longest(site.contacts.all(), site.in_hands))  # type: ignore[attr-defined]
    for contact, row in people or [(None, None)]:
        yield (*of_site, *_contact(contact), *_coordinator(row))


def _said(value: AcceptedValue) -> str:
    return corrected_field(value.field, value.contact_name, value.value, value.on)


def _contact(contact: SiteContact | None) -> tuple[str, ...]:
    if contact is None:
        return ("",) * 4
    return (contact.name, contact.phone, contact.phone_ext, contact.email)


def _coordinator(row: SiteCoordinator | None) -> tuple[str, ...]:
    return ("", "") if row is None else (row.coordinator.name, row.coordinator.address)
