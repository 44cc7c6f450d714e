"""What an import replaced is stored, so that the import can be undone.

Creates a table of its own; locks dossiers_dossier for an instant (a foreign key to it), rewrites and checks no row.

Locks: dossiers_dossier for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_positions")]

    operations = [
        migrations.CreateModel(
            name="ReplacedDossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("import_key", models.TextField()),
                ("replaced_at", models.DateTimeField()),
                ("content", models.JSONField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["replaced_at"], name="dossiers_replaced_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("import_key", "dossier"), name="dossiers_replaced_once"
                    )
                ],
            },
        ),
    ]
