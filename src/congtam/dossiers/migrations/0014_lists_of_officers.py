"""Dossiers of an officer are found by an index.

Locks dossiers_dossier against writing while the index is made, a few seconds for a million rows; rewrites no row.

Locks: dossiers_dossier against writing while an index is built, a few seconds for a million rows.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_steps_known_by_day")]

    operations = [
        migrations.AddIndex(
            "dossier",
            models.Index(
                F("officer"),
                F("received_at").desc(),
                F("id").desc(),
                name="dossiers_of_officer",
                condition=~Q(officer=""),
            ),
        ),
    ]
