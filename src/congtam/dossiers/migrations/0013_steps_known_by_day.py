"""A step of which only the day of its end is known may begin later on that day (ADR 0095).

Replaces one check constraint: locks `dossiers_step` against writing while its rows are read once; nothing is rewritten.

Locks: dossiers_step against writing while its rows are read once.
Rewrites: nothing.
"""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q

_NAME = "dossiers_step_ends_after_start"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0012_mistakes_and_requests"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="step", name=_NAME),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(started_at__isnull=True)
                | Q(finished_at__gte=F("started_at") - timedelta(days=1)),
                name=_NAME,
            ),
        ),
    ]
