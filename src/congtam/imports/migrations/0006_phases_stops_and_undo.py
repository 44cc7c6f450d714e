"""An import says what it is busy with, and can be stopped and undone.

Locks exchange_import for an instant (four columns, empty or with constant defaults, a constraint made anew); rewrites no row and
checks the few rows of that table.

Locks: exchange_import while its few rows are read once.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models

_STATES = ["uploaded", "previewed", "running", "done", "failed", "stopped", "undone"]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_constraint_names")]

    operations = [
        migrations.AddField(
            "import",
            "phase",
            models.TextField(
                blank=True,
                choices=[
                    ("", "Waiting for the background worker"),
                    ("reading", "Reading the file and checking every row"),
                    ("waiting", "Waiting for another import to be stored"),
                    ("storing", "Storing data"),
                ],
                default="",
            ),
        ),
        migrations.AddField("import", "stop_requested_by", models.TextField(blank=True, default="")),
        migrations.AddField("import", "undone_by", models.TextField(blank=True, default="")),
        migrations.AddField("import", "undone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "import",
            "state",
            models.TextField(
                choices=[
                    ("uploaded", "Being checked"),
                    ("previewed", "Waiting for confirmation"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Refused"),
                    ("stopped", "Stopped before the end"),
                    ("undone", "Undone"),
                ],
                default="uploaded",
            ),
        ),
        migrations.RemoveConstraint("import", "exchange_import_state_valid"),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(("state__in", _STATES)), name="exchange_import_state_valid"
            ),
        ),
    ]
