"""Parameters that decisions set for units: a table of their own.

Creates indicators_setparameter.

Locks: nothing that is there.
Rewrites: nothing.
"""

from __future__ import annotations

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_set_targets")]

    operations = [
        migrations.CreateModel(
            name="SetParameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(unique=True)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("measure", models.TextField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=20)),
                ("unit_code", models.TextField(blank=True, default="")),
                ("unit_kind", models.TextField(blank=True, default="")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("decision", models.TextField()),
                ("decided_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.TextField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "indicators_setparameter",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True),
                        name="indicators_parameter_rests_on_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid__isempty", True), _negated=True),
                        name="indicators_parameter_valid_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_code", ""), ("unit_kind", ""), _negated=True),
                        name="indicators_parameter_for_somebody",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("code", "="),
                            ("unit_code", "="),
                            ("unit_kind", "="),
                            ("valid", "&&"),
                        ],
                        name="indicators_parameter_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
