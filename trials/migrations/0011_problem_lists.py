"""Problem lists as proxies, and the indexes that the admin's lists read (named in the models)."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0010_cache_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutdatedText',
            fields=[
            ],
            options={
                'verbose_name': 'published text older than the registry',
                'verbose_name_plural': 'published texts older than the registry',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('trials.editorialtext',),
            managers=[
                ('problems', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='OverdueTrial',
            fields=[
            ],
            options={
                'verbose_name': 'open trial past its completion date',
                'verbose_name_plural': 'open trials past their completion date',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('trials.trial',),
            managers=[
                ('problems', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SiteWithoutPoint',
            fields=[
            ],
            options={
                'verbose_name': 'site without coordinates',
                'verbose_name_plural': 'sites without coordinates',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('trials.site',),
            managers=[
                ('problems', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='TrialWithoutContact',
            fields=[
            ],
            options={
                'verbose_name': 'open trial without contacts',
                'verbose_name_plural': 'open trials without contacts',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('trials.trial',),
            managers=[
                ('problems', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='facility',
            index=models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper(django.db.models.functions.text.Left('name', 60)), name='text_pattern_ops'), name='facility_name_start'),
        ),
        migrations.AddIndex(
            model_name='importproblem',
            index=models.Index(fields=['kind', '-id'], name='importproblem_kind'),
        ),
        migrations.AddIndex(
            model_name='importproblem',
            index=models.Index(fields=['nct_id', '-id'], name='importproblem_nct_id'),
        ),
        migrations.AddIndex(
            model_name='importproblem',
            index=django.contrib.postgres.indexes.HashIndex(fields=['path'], name='importproblem_path'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(condition=models.Q(('latitude__isnull', True)), fields=['-trial', '-id'], include=('recruitment_status', 'facility'), name='site_without_point'),
        ),
        migrations.AddIndex(
            model_name='sponsor',
            index=models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper(django.db.models.functions.text.Left('name', 60)), name='text_pattern_ops'), name='sponsor_name_start'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(fields=['overall_status', '-id'], name='trial_status'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(fields=['study_type', '-id'], name='trial_type'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(condition=models.Q(('hidden_at__isnull', False), ('left_registry_on__isnull', False), _connector='OR'), fields=['-id'], name='trial_not_public'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True), ('left_registry_on__isnull', True), ('overall_status__in', ['AVAILABLE', 'NOT_YET_RECRUITING', 'RECRUITING'])), fields=['-id'], name='trial_open'),
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True), ('left_registry_on__isnull', True), ('overall_status__in', ['AVAILABLE', 'NOT_YET_RECRUITING', 'RECRUITING'])), fields=['completion_date', '-id'], include=('completion_date_precision',), name='trial_open_completion'),
        ),
    ]
