"""Wiring of the application into Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TrialsConfig(AppConfig):
    """The portal's only application."""

    name = "trials"
    verbose_name = "Trials"


class DeskConfig(AdminConfig):
    """Django's admin with the editorial desk as its front page."""

    default_site = "trials.site.DeskSite"
