"""Coordinators, their corrections and facts, letters to them, and how fresh the portal is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0013_confirmations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Coordinator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, help_text='In lower case; empty for who has left', max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('session_number', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('field', models.CharField(choices=[('STATUS', 'Status of the site'), ('NAME', 'Name of the contact'), ('PHONE', 'Phone number'), ('PHONE_EXT', 'Extension'), ('EMAIL', 'Email address'), ('OTHER', 'Something else')], max_length=12)),
                ('contact_name', models.TextField(blank=True)),
                ('registry_value', models.TextField(blank=True)),
                ('shown_value', models.TextField(blank=True)),
                ('new_value', models.TextField(blank=True)),
                ('note', models.TextField(blank=True, help_text='From the study team, for editors')),
                ('fate', models.CharField(choices=[('WAITING', 'Waits for an editor'), ('ASKED', 'Asked back'), ('ACCEPTED', 'Accepted'), ('DECLINED', 'Declined'), ('WITHDRAWN', 'Taken back'), ('AGREED', 'The registry agrees'), ('MOVED', 'The registry says something else')], default='WAITING', max_length=12)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, help_text='Why it was declined, for the study team')),
                ('question', models.TextField(blank=True, help_text='What an editor asks the study team')),
                ('reply', models.TextField(blank=True, help_text='What the study team answered')),
                ('ended_on', models.DateField(blank=True, help_text='When the registry agreed, or it was taken back', null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FreshnessCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted_at', models.DateTimeField()),
                ('figures', models.JSONField(help_text='As coordinators.freshness writes them')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('SIGN_IN', 'Link to sign in'), ('INVITATION', 'Link to confirm a contact'), ('REMINDER', 'Reminder'), ('QUESTION', 'Question about a correction'), ('HAND_OVER', 'A site is handed over')], max_length=12)),
                ('address', models.EmailField(blank=True, help_text='Emptied once the letter is over', max_length=254)),
                ('address_digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('SENDING', 'Being sent, or cut off'), ('SENT', 'Sent'), ('REFUSED', 'Refused by the mail server'), ('BOUNCED', 'Came back'), ('DROPPED', 'Not sent')], default='WAITING', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, help_text='When sending it began', null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('problem', models.TextField(blank=True, help_text='Why it was not sent, or did not arrive')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LetterTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('occasion', models.CharField(choices=[('FIRST', 'never confirmed'), ('DUE', 'due'), ('OVERDUE', 'overdue'), ('CHANGED', 'changed in the registry'), ('REPORTED', 'readers could not reach it'), ('ASKED', 'an editor asks')], max_length=12)),
                ('once', models.CharField(max_length=120, unique=True)),
                ('question', models.TextField(blank=True, help_text='What an editor asks')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MailSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField()),
                ('set_at', models.DateTimeField()),
                ('reason', models.TextField()),
            ],
            options={
                'verbose_name_plural': 'mail switches',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SignInKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SiteCoordinator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('given_on', models.DateField()),
                ('taken_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SiteFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_label', models.TextField(help_text='The place as the registry named it then')),
                ('kind', models.CharField(choices=[('LANGUAGES', 'Languages spoken'), ('INTERPRETER', 'Interpreter'), ('TRAVEL', 'Help with travel costs'), ('REMOTE', 'Visits by phone or video'), ('PARKING', 'Parking')], max_length=12)),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, help_text='Codes of terms.site_facts.ANSWERS, or of languages; empty takes the fact back', size=None)),
                ('said_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='SuppressedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_digest', models.CharField(max_length=64, unique=True)),
                ('domain', models.CharField(blank=True, max_length=253)),
                ('why', models.CharField(choices=[('UNSUBSCRIBED', 'The reader unsubscribed'), ('BOUNCED', 'Mail came back'), ('DESK', 'Somebody at the desk decided so')], max_length=12)),
                ('detail', models.TextField(blank=True, help_text='What the mail server said')),
                ('since', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'suppressed addresses',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='confirmationlink',
            name='confirmationlink_made_pair',
        ),
        migrations.RemoveConstraint(
            model_name='readerreport',
            name='readerreport_closed_pair',
        ),
        migrations.AddField(
            model_name='confirmationlink',
            name='question',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='settlement',
            name='settled_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='settlement',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='settlement',
            name='mended',
            field=models.JSONField(default=dict, help_text='Digests of the details: trials.terms.contacts.Digests'),
        ),
        migrations.AlterField(
            model_name='confirmation',
            name='digests',
            field=models.JSONField(default=dict, help_text='Digests of the details: trials.terms.contacts.Digests'),
        ),
        migrations.AlterField(
            model_name='confirmation',
            name='link',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='trials.confirmationlink'),
        ),
        migrations.AlterField(
            model_name='confirmationlink',
            name='digests',
            field=models.JSONField(default=dict, help_text='Digests of the details: trials.terms.contacts.Digests'),
        ),
        migrations.AlterField(
            model_name='confirmationlink',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='readerreport',
            name='outcome',
            field=models.CharField(blank=True, choices=[('CORRECTED', 'Corrected'), ('NOTHING_WRONG', 'Nothing was wrong'), ('PASSED_ON', 'Passed to the study team'), ('CANT_TELL', 'Can’t be told'), ('ANSWERED', 'The study team answered'), ('TOO_OLD', 'Too old to look into')], max_length=16),
        ),
        migrations.AlterField(
            model_name='settlement',
            name='outcome',
            field=models.CharField(choices=[('CORRECTED', 'Corrected'), ('NOTHING_WRONG', 'Nothing was wrong'), ('PASSED_ON', 'Passed to the study team'), ('CANT_TELL', 'Can’t be told'), ('ANSWERED', 'The study team answered'), ('TOO_OLD', 'Too old to look into')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='centralcontact',
            index=models.Index(django.db.models.functions.text.MD5(django.db.models.functions.text.Upper('email')), condition=models.Q(('email', ''), _negated=True), name='centralcontact_email'),
        ),
        migrations.AddIndex(
            model_name='sitecontact',
            index=models.Index(django.db.models.functions.text.MD5(django.db.models.functions.text.Upper('email')), condition=models.Q(('email', ''), _negated=True), name='sitecontact_email'),
        ),
        migrations.AddConstraint(
            model_name='readerreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), models.Q(('closed_at__isnull', False), ('outcome__in', ['ANSWERED', 'TOO_OLD'])), _connector='OR'), name='readerreport_closed_pair'),
        ),
        migrations.AddConstraint(
            model_name='coordinator',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='coordinator_address_once'),
        ),
        migrations.AddConstraint(
            model_name='coordinator',
            constraint=models.CheckConstraint(condition=models.Q(('address', django.db.models.functions.text.Lower(models.F('address')))), name='coordinator_address_lower'),
        ),
        migrations.AddConstraint(
            model_name='coordinator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_on__isnull', True), models.Q(('address', ''), _negated=True)), models.Q(('address', ''), ('left_on__isnull', False), ('name', '')), _connector='OR'), name='coordinator_who_left_is_forgotten'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='coordinator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='trials.coordinator'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('coordinator__isnull', True), ('link__isnull', False)), models.Q(('coordinator__isnull', False), ('link__isnull', True)), _connector='OR'), name='confirmation_by_link_or_coordinator'),
        ),
        migrations.AddField(
            model_name='correction',
            name='confirmation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='trials.confirmation'),
        ),
        migrations.AddField(
            model_name='correction',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_corrections', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site'),
        ),
        migrations.AddField(
            model_name='correction',
            name='trial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial'),
        ),
        migrations.AddField(
            model_name='letter',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_letters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letter',
            name='coordinator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='trials.coordinator'),
        ),
        migrations.AddField(
            model_name='lettertopic',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='trials.letter'),
        ),
        migrations.AddField(
            model_name='lettertopic',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site'),
        ),
        migrations.AddField(
            model_name='lettertopic',
            name='trial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial'),
        ),
        migrations.AddField(
            model_name='mailswitch',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mail_switches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signinkey',
            name='coordinator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_keys', to='trials.coordinator'),
        ),
        migrations.AddField(
            model_name='sitecoordinator',
            name='coordinator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='trials.coordinator'),
        ),
        migrations.AddField(
            model_name='sitecoordinator',
            name='given_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given_sites', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sitecoordinator',
            name='handed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handed_sites', to='trials.coordinator'),
        ),
        migrations.AddField(
            model_name='sitecoordinator',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site'),
        ),
        migrations.AddField(
            model_name='sitecoordinator',
            name='trial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial'),
        ),
        migrations.AddField(
            model_name='sitefact',
            name='coordinator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='site_facts', to='trials.coordinator'),
        ),
        migrations.AddField(
            model_name='sitefact',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='trials.site'),
        ),
        migrations.AddField(
            model_name='sitefact',
            name='trial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trials.trial'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('fate__in', ['WAITING', 'MOVED', 'ASKED'])), fields=['confirmation'], name='correction_for_editors'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('fate__in', ['ACCEPTED', 'MOVED'])), fields=['id'], name='correction_accepted'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), _connector='OR'), name='correction_decided_pair'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state', 'WAITING')), fields=['id'], name='letter_waiting'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['address_digest', 'sent_at'], name='letter_of_address'),
        ),
        migrations.AddConstraint(
            model_name='mailswitch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('set_at__isnull', False), ('set_by__isnull', False)), models.Q(('set_at__isnull', True), ('set_by__isnull', True)), _connector='OR'), name='mailswitch_set_pair'),
        ),
        migrations.AddConstraint(
            model_name='sitecoordinator',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('coordinator', 'site'), name='sitecoordinator_once'),
        ),
        migrations.AddConstraint(
            model_name='sitecoordinator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_by__isnull', False), ('handed_by__isnull', True)), models.Q(('given_by__isnull', True), ('handed_by__isnull', False)), _connector='OR'), name='sitecoordinator_given_or_handed'),
        ),
        migrations.AddIndex(
            model_name='sitefact',
            index=models.Index(fields=['site', 'kind', '-id'], name='sitefact_newest'),
        ),
        # The database lets go of a site that an import removes, as with confirmations.
        *(
            migrations.RunSQL(
                f"ALTER TABLE trials_{table} ADD CONSTRAINT {table}_site_fk FOREIGN KEY (site_id) "
                "REFERENCES trials_site (id) ON DELETE SET NULL",
                f"ALTER TABLE trials_{table} DROP CONSTRAINT {table}_site_fk",
            )
            for table in ("correction", "lettertopic", "sitecoordinator", "sitefact")
        ),
    ]
