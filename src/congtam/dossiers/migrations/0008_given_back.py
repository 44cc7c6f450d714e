"""An index of dossiers whose result waits to be handed over.

Locks: dossiers_dossier against writing while an index is built, some seconds for a million rows.
Rewrites: nothing.
"""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_lists_of_units"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossiers_without_result",
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                F("subject"),
                F("unit_code"),
                Coalesce("finished_at", "due_at", "received_at"),
                condition=Q(("state__in", ["refused", "stopped", "withdrawn"])),
                name="dossiers_given_back",
            ),
        ),
    ]
