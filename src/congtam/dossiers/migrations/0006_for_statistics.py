"""What the statistics forms count by.

Locks: dossiers_dossier against writing while an index is built, dossiers_deskrecord and dossiers_filing for an
    instant.
Rewrites: dossiers_filing: the rows without the name of a field.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


def name_fields(apps: Any, _editor: Any) -> None:
    """Filings kept before get the field of their procedure from dossiers of the same procedure."""
    filing, subject = apps.get_model("dossiers", "Filing"), apps.get_model("dossiers", "Subject")
    same = subject.objects.filter(procedure_code=OuterRef("procedure_code")).order_by("pk")
    known = Coalesce(Subquery(same.values("field_name")[:1]), Value(""))
    filing.objects.filter(field_name="").update(field_name=known)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="deskrecord",
            name="online_level",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="filing",
            name="field_name",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                F("subject"),
                F("unit_code"),
                F("finished_at"),
                condition=Q(("state__in", ["refused", "stopped", "withdrawn"])),
                name="dossiers_without_result",
            ),
        ),
        migrations.RunPython(name_fields, migrations.RunPython.noop),
    ]
