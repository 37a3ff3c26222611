"""What study teams confirm. The database lets go of a removed site, and keeps answers as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0012_reader_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfirmationLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('digests', models.JSONField(help_text='Digests of the details: trials.terms.contacts.Digests')),
                ('key_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made_links', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revoked_links', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('digests', models.JSONField(help_text='Digests of the details: trials.terms.contacts.Digests')),
                ('answer', models.CharField(choices=[('RIGHT', 'these details are right'), ('CHANGE', 'something must change'), ('NOT_RECRUITING', 'not taking people'), ('NOT_MY_SITE', 'not their site')], max_length=16)),
                ('confirmed_at', models.DateTimeField()),
                ('site', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='trials.confirmationlink')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('settled_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('CORRECTED', 'Corrected'), ('NOTHING_WRONG', 'Nothing was wrong'), ('PASSED_ON', 'Passed to the study team'), ('CANT_TELL', 'Can’t be told')], max_length=16)),
                ('note', models.TextField(blank=True, help_text='What the desk found, for other editors')),
                ('confirmation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='trials.confirmation')),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='confirmationlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('made_at__isnull', False), ('made_by__isnull', False)), models.Q(('made_at__isnull', True), ('made_by__isnull', True)), _connector='OR'), name='confirmationlink_made_pair'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), _connector='OR'), name='confirmationlink_revoked_pair'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(fields=['site', '-confirmed_at', '-id'], name='confirmation_newest'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(condition=models.Q(('answer__in', ['CHANGE', 'NOT_RECRUITING', 'NOT_MY_SITE'])), fields=['confirmed_at'], name='confirmation_corrections'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), _connector='OR'), name='settlement_settled_pair'),
        ),
        migrations.RunSQL(
            "ALTER TABLE trials_confirmation ADD CONSTRAINT confirmation_site_fk "
            "FOREIGN KEY (site_id) REFERENCES trials_site (id) ON DELETE SET NULL; "
            "ALTER TABLE trials_confirmationlink ADD CONSTRAINT confirmationlink_site_fk "
            "FOREIGN KEY (site_id) REFERENCES trials_site (id) ON DELETE SET NULL",
            "ALTER TABLE trials_confirmation DROP CONSTRAINT confirmation_site_fk; "
            "ALTER TABLE trials_confirmationlink DROP CONSTRAINT confirmationlink_site_fk",
        ),
        # An answer loses its site when an import removes it; nothing else of it ever changes.
        migrations.RunSQL(
            """
            CREATE FUNCTION trials_confirmation_is_append_only() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NEW.site_id IS NULL
                    AND to_jsonb(NEW) - 'site_id' = to_jsonb(OLD) - 'site_id' THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'Confirmations are append-only: % is refused.', TG_OP;
            END $$;
            CREATE TRIGGER trials_confirmation_append_only
            BEFORE UPDATE OR DELETE ON trials_confirmation
            FOR EACH ROW EXECUTE FUNCTION trials_confirmation_is_append_only();
            """,
            """
            DROP TRIGGER trials_confirmation_append_only ON trials_confirmation;
            DROP FUNCTION trials_confirmation_is_append_only;
            """,
        ),
    ]
