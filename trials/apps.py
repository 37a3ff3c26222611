"""Wiring of the application into Django."""

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """The portal's only application."""

    name = "trials"
    verbose_name = "Trials"
