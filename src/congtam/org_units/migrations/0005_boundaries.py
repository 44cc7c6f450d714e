"""Areas of units, which an installation loads from a file of its own.

Locks nothing and rewrites nothing; creates org_units_unitboundary.

Locks: org_units_unitversion for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org_units", "0004_constraint_names")]

    operations = [
        migrations.CreateModel(
            name="UnitBoundary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rings", models.JSONField()),
                ("source", models.CharField(max_length=300)),
                ("loaded_at", models.DateTimeField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boundary",
                        to="org_units.unitversion",
                    ),
                ),
            ],
        ),
    ]
