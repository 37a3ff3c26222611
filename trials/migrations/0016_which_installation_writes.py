"""Which installation wrote, and an index of the registry's cells that are no plain address."""

from django.db import migrations, models

import trials.models.letters

# What coordinators.addresses calls plain.
_PLAIN = r"^[A-Za-z0-9_][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*[A-Za-z0-9]$"


def _installation(default: object) -> "models.CharField[str, str]":
    return models.CharField(
        default=default, editable=False, help_text="Which installation wrote it", max_length=64
    )


class Migration(migrations.Migration):
    dependencies = [("trials", "0015_what_was_seen")]

    operations = [
        # Of what is there nobody knows which installation wrote it: a publisher has to say so.
        *(
            migrations.AddField(table, "installation", _installation(""))
            for table in ("letter", "mailswitch", "suppressedaddress")
        ),
        *(
            migrations.AlterField(
                table, "installation", _installation(trials.models.letters.this_installation)
            )
            for table in ("letter", "mailswitch", "suppressedaddress")
        ),
        *(
            migrations.RunSQL(
                f"CREATE INDEX {table}_email_odd ON trials_{table} (id) "
                f"WHERE email <> '' AND email !~ '{_PLAIN}'",
                f"DROP INDEX {table}_email_odd",
            )
            for table in ("centralcontact", "sitecontact")
        ),
    ]
