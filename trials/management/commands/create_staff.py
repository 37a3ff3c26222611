"""`create_staff`: make the account of a colleague, or bring it up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize

from findatrial.accounts.staff import Prepared, StaffError, prepare_staff
from trials.terms.desk import Role


class Command(BaseCommand):
    help = (
        "Make a staff account and print a one-time link by which its person chooses a password. "
        "For a name that is there already, roles that are given replace the old ones. "
        "Hand the link over where nobody else reads it: whoever opens it first has the account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="what the person logs in with")
        parser.add_argument("--email", default="", help="needed for a new account")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            choices=Role.values,
            dest="roles",
            help="what the person does at the desk; give it again for a second role",
        )
        parser.add_argument(
            "--superuser", action="store_true", help="may do everything, accounts included"
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="take the password away, end the sessions and print a new link",
        )
        parser.add_argument(
            "--forget-second-factor",
            action="store_true",
            help="for a lost phone or key: forget app, passkeys and recovery codes; sessions end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepared = prepare_staff(
                name=options["name"],
                email=options["email"],
                roles=[Role(role) for role in options["roles"]],
                superuser=options["superuser"],
                reset=options["reset"],
                forget_second_factor=options["forget_second_factor"],
            )
        except StaffError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_sentence(prepared))
        if prepared.link:
            hours = settings.STAFF_LINK_HOURS
            self.stdout.write(f"Link to choose a password, good for {hours} hours and one use:")
            self.stdout.write(prepared.link)


def _sentence(prepared: Prepared) -> str:
    user = prepared.user
    roles = sorted(user.groups.values_list("name", flat=True))
    may = ["everything"] if user.is_superuser else []
    may += [f"role{pluralize(len(roles))} {', '.join(roles)}"] if roles else []
    return f"{user.username}: {'made' if prepared.is_new else 'up to date'}, {'; '.join(may)}."
