"""Limits on which catalogues disagree, and the source of the limits of a version.

Adding the column with a constant default changes only the catalogue of the database; the new table is empty. The
update rewrites the versions whose source can state limits (lists of procedures, .csv and .xlsx, state none): some
thousand rows, a second or two, during which imports of catalogues wait.

Locks: procedures_procedureversion until it ends, a second or two.
Rewrites: procedures_procedureversion: versions whose source can state limits.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

_SOURCES = """
UPDATE procedures_procedureversion SET limits_source = source
WHERE jsonb_array_length(details -> 'limits') > 0 AND source !~* '[.](csv|xlsx)$'
"""


class Migration(migrations.Migration):
    dependencies = [
        ('procedures', '0005_positions'),
    ]

    operations = [
        migrations.AddField(
            model_name='procedureversion',
            name='limits_source',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name='LimitConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(max_length=300)),
                ('recorded_limits', models.JSONField()),
                ('recorded_source', models.CharField(blank=True, max_length=300)),
                ('recorded_on', models.DateField(null=True)),
                ('recorded_digest', models.CharField(max_length=64)),
                ('incoming_limits', models.JSONField()),
                ('incoming_source', models.CharField(max_length=300)),
                ('incoming_on', models.DateField()),
                ('incoming_digest', models.CharField(max_length=64)),
                ('state', models.CharField(default='open', max_length=20)),
                ('noted_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('ground', models.CharField(blank=True, max_length=500)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limit_conflicts', to='procedures.procedure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('procedure', 'catalogue'), name='limit_conflict_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(('decided_at__isnull', False), ('state__in', ['kept', 'taken', 'agreed', 'replaced', 'entered'])), _connector='OR'), name='limit_conflict_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['kept', 'taken']), _negated=True), models.Q(models.Q(('decided_by', ''), _negated=True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='limit_conflict_decided_by_somebody')],
            },
        ),
        migrations.RunSQL(_SOURCES, migrations.RunSQL.noop),
    ]
