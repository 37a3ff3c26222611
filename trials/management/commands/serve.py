"""Serve the demonstration on this machine; `make run` calls it."""

from typing import Any

from django.core.management.base import BaseCommand

from findatrial import demo


class Command(BaseCommand):
    help = "Prepare the demonstration (database, tables, styles, fixtures) and serve it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        demo.serve()
