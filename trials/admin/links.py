"""Links from one page of the admin to another."""

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html

from trials.models import Site, Trial


def to_row(row: Model, words: object = "") -> str:
    """Return a link to a row's page."""
    options = row._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, words or row)


def to_trial(trial: Trial) -> str:
    """Return a link to a trial's page in the admin, as its number."""
    address = reverse("admin:trials_trial_change", args=[trial.pk])
    return format_html('<a href="{}">{}</a>', address, trial.nct_id)


def to_list(model: type[Model], words: object, **narrowed: object) -> str:
    """Return a link to a list, narrowed by columns of its rows."""
    options = model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return format_html('<a href="{}?{}">{}</a>', address, urlencode(narrowed), words)


def to_desk(trial: Trial) -> str:
    """Return a link to where a trial's text is written."""
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:desk-text", args=[trial.nct_id]), "Text on the desk"
    )


def to_contact(site: Site) -> str:
    """Return a link to where the contact of a site is confirmed."""
    address = reverse("admin:desk-site", args=[site.pk])
    return format_html('<a href="{}">{}</a>', address, "Confirm it by a link")
