"""What readers report. The database itself lets go of a site that an import removes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0011_problem_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReaderReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.TextField(blank=True, help_text='The site as the page named it; empty for the whole study')),
                ('kind', models.CharField(choices=[('HARD_WORDS', 'hard to understand'), ('WRONG', 'something seems wrong'), ('NO_CONTACT', 'the contact did not work'), ('NO_ANSWER', 'no answer after ten days'), ('NOT_TAKING', 'they say they are not taking people')], max_length=12)),
                ('reported_on', models.DateField()),
                ('reporter', models.CharField(blank=True, help_text='Part of a keyed digest; empty once it is not needed', max_length=4)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('CORRECTED', 'Corrected'), ('NOTHING_WRONG', 'Nothing was wrong'), ('PASSED_ON', 'Passed to the study team'), ('CANT_TELL', 'Can’t be told')], max_length=16)),
                ('note', models.TextField(blank=True, help_text='What the desk found, for other editors')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_reports', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reader_reports', to='trials.site')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reader_reports', to='trials.trial')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['trial', 'reported_on'], name='readerreport_open'), models.Index(condition=models.Q(('reporter', ''), _negated=True), fields=['reported_on'], name='readerreport_reporter')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reporter', ''), _negated=True), fields=('trial', 'site', 'kind', 'reporter'), name='readerreport_site_once'), models.UniqueConstraint(condition=models.Q(('place', ''), models.Q(('reporter', ''), _negated=True)), fields=('trial', 'kind', 'reporter'), name='readerreport_study_once'), models.CheckConstraint(condition=models.Q(('site__isnull', True), models.Q(('place', ''), _negated=True), _connector='OR'), name='readerreport_site_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), _connector='OR'), name='readerreport_closed_pair'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('reporter', ''), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='readerreport_closed_has_outcome')],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE trials_readerreport ADD CONSTRAINT readerreport_site_fk "
            "FOREIGN KEY (site_id) REFERENCES trials_site (id) ON DELETE SET NULL",
            "ALTER TABLE trials_readerreport DROP CONSTRAINT readerreport_site_fk",
        ),
    ]
