"""What the codes of a source begin with is remembered by source and unit.

Creates an empty table; locks and rewrites nothing else.

Locks: nothing that is there.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_old_fonts")]

    operations = [
        migrations.CreateModel(
            name="SourcePrefix",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.TextField()),
                ("unit_code", models.TextField()),
                ("prefix", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "unit_code"), name="exchange_source_prefix_once"
                    )
                ],
            },
        ),
    ]
