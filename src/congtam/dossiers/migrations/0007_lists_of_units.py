"""Indexes of the lists of a unit.

Locks: dossiers_dossier against writing while three indexes are built, some seconds for a million rows.
Rewrites: nothing.
"""

from django.db import migrations, models
from django.db.models import F, OrderBy, Q

_OPEN = ["awaiting_payment", "awaiting_supplement", "in_progress", "received"]
# Codes are collated by their bytes: the unique index finds beginnings too, and a second one only slows every receipt.
_SECOND_INDEX_OF_CODES = "dossiers_dossier_code_6d68c351_like"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_for_statistics"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossiers_open_by_due",
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(F("unit_code"), F("code"), F("id"), name="dossiers_codes_of_unit"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                F("state"),
                OrderBy(F("received_at"), descending=True),
                OrderBy(F("id"), descending=True),
                F("unit_code"),
                condition=Q(("state", "returned"), _negated=True),
                name="dossiers_not_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                F("due_at"),
                F("id"),
                F("unit_code"),
                condition=Q(("finished_at__isnull", True), ("state__in", _OPEN)),
                name="dossiers_open_by_due",
            ),
        ),
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {_SECOND_INDEX_OF_CODES}",
            f"CREATE INDEX {_SECOND_INDEX_OF_CODES} ON dossiers_dossier (code text_pattern_ops)",
        ),
    ]
