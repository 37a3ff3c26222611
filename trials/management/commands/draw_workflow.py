"""`draw_workflow`: the state diagram of the docs, from the tables of the workflow."""

from typing import Any

from django.core.management import BaseCommand

from trials.editorial.states import document


class Command(BaseCommand):
    help = "Print docs/workflow.md as the tables of trials/editorial/states.py have it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
