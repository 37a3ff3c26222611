"""That a reader unsubscribed is kept beside whatever else keeps letters from the address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trials", "0016_which_installation_writes")]

    operations = [
        migrations.AddField(
            "suppressedaddress",
            "unsubscribed_on",
            models.DateField(
                null=True,
                blank=True,
                help_text="When the reader said so; it outlasts whatever else keeps letters back",
            ),
        ),
        migrations.RunSQL(
            "UPDATE trials_suppressedaddress SET unsubscribed_on = since "
            "WHERE why = 'UNSUBSCRIBED'",
            migrations.RunSQL.noop,
        ),
    ]
