"""Packs have a state, a version and the office that prepared them; the same content may be prepared by two offices.

The columns have constant defaults, so no row is rewritten; the table is locked for a moment, and for as long as the
new unique index is built (packs are few). Packs made before are drafts of no office: the inspected units no longer
see them until they are announced, and every office above the unit does.

Locks: inspections_inspectionpack against writing while a unique index is built over few rows.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='inspectionpack',
            name='office_code',
            field=models.CharField(blank=True, default='', max_length=35),
        ),
        migrations.AddField(
            model_name='inspectionpack',
            name='state',
            field=models.CharField(choices=[('draft', 'DRAFT'), ('announced', 'ANNOUNCED'), ('open', 'OPEN'), ('withdrawn', 'WITHDRAWN')], default='draft', max_length=12),
        ),
        migrations.AddField(
            model_name='inspectionpack',
            name='state_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='inspectionpack',
            name='state_by_name',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='inspectionpack',
            name='state_reason',
            field=models.CharField(blank=True, default='', max_length=500),
        ),
        migrations.AddField(
            model_name='inspectionpack',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='inspectionpack',
            name='digest',
            field=models.CharField(max_length=64),
        ),
        migrations.AddConstraint(
            model_name='inspectionpack',
            constraint=models.UniqueConstraint(fields=('digest', 'office_code'), name='inspection_pack_once_per_office'),
        ),
    ]
