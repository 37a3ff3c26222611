"""Sites with contacts, links to them, and what their study teams answered."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib.auth.models import User
from django.utils import timezone

from tests.factories import make_site, make_site_contact, make_trial, make_user
from trials.coordinators import actions, details
from trials.coordinators.accepted import accepted_at, shown_digests
from trials.coordinators.links import digest_of
from trials.coordinators.standings import standings_at
from trials.models import Confirmation, ConfirmationLink, Site, SiteContact, Trial, bulk
from trials.terms.contacts import Answer, ContactState


def make_open_site(trial: Trial | None = None, **values: Any) -> Site:
    """Write an open site with one contact."""
    site = make_site(trial or make_trial(), **values)
    make_site_contact(site, phone="+254 20 2724000", email="joy@clinic.example")
    return site


def invited(site: Site, by: User) -> str:
    """Make a link and return its key."""
    return key_of(actions.invite(site=site, by=by))


def key_of(address: str) -> str:
    """Return the key in a link's address."""
    return parse_qs(urlsplit(address).query)["key"][0]


def make_answer(site: Site, answer: Answer = Answer.RIGHT, *, days_ago: int = 0) -> Confirmation:
    """Let a study team have answered some days ago, to what its site shows now."""
    at = timezone.now() - timedelta(days=days_ago)
    of_site = {
        "trial": site.trial,
        "site": site,
        "site_label": actions.label_of(site),
        "digests": details.kept(details.details_of(fresh(site)).digests),
    }
    beside = accepted_at([fresh(site)]).get(site.pk, ())
    link = ConfirmationLink.objects.create(
        **of_site,
        key_digest=digest_of(str(ConfirmationLink.objects.count())),
        made_at=at,
        made_by=make_user(),
        expires_at=at + timedelta(days=30),
    )
    return Confirmation.objects.create(
        **of_site,
        shown=shown_digests(fresh(site), beside),
        answer=answer,
        confirmed_at=at,
        link=link,
    )


def fresh(site: Site) -> Site:
    """Return a site as the database has it now, with its trial and contacts."""
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return rows.get(pk=site.pk)


def state_of(site: Site) -> ContactState:
    """Return where the contact of a site stands now."""
    return standings_at([fresh(site)], reported=())[site.pk].state


def move(site: Site, **place: str) -> None:
    """Move a site to another place as an import does: its key stays."""
    site.facility = make_site(make_trial(), **place).facility
    site.save(update_fields=["facility"])


def remove(site: Site) -> None:
    """Remove a site as an import does."""
    bulk.delete(SiteContact, list(site.contacts.values_list("pk", flat=True)))
    bulk.delete(Site, [site.pk])
