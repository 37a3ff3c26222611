"""`follow_registry`: hold study teams' corrections against the registry, as each import does."""

from typing import Any

from django.core.management import BaseCommand

from trials.coordinators.registry_says import follow_registry, followed_words


class Command(BaseCommand):
    help = (
        "End the corrections of study teams that the registry agrees with by now, and give back to "
        "the editors those that were accepted and to which the registry now says something else. "
        "`import_studies` does so at its end; run it by hand after an import that was stopped. "
        "Safe to run at any time, and twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(followed_words(follow_registry()))
