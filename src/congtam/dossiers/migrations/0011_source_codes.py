"""The code of a dossier in its own source is stored beside the one that is unique here.

Locks dossiers_dossier for an instant (a column with a constant default) and builds a partial index, which is empty at
first and reads the table once; rewrites no row.

Locks: dossiers_dossier against writing while a partial index is built, which reads it once.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_replaced_dossiers")]

    operations = [
        migrations.AddField("dossier", "source_code", models.TextField(blank=True, db_default="", default="")),
        migrations.AddIndex(
            "dossier",
            models.Index(F("source_code"), condition=~Q(source_code=""), name="dossiers_by_source_code"),
        ),
    ]
