"""`publish_due`: publish approved texts whose moment has come. For a timer, every few minutes."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from trials.editorial.assignments import publish_due


class Command(BaseCommand):
    help = (
        "Publish the scheduled texts that are due. Safe to run at any time and twice at once. "
        "A text that can't be published (its record changed meanwhile) leaves the schedule and is "
        "named."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        published, refused = publish_due()
        noun = "text" if len(published) == 1 else "texts"
        self.stdout.write(f"{len(published)} {noun} published.")
        if refused:
            raise CommandError("\n".join(refused))
