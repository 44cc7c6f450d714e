"""Letters about receipts entered by mistake, and the applicant's request among the files of a dossier.

Replaces two check constraints. Each locks its table (`dossiers_letter`, `dossiers_paper`) against writing while its rows
are read once; nothing is rewritten.

Locks: dossiers_letter and dossiers_paper against writing while their rows are read once.
Rewrites: nothing.
"""

from django.db import migrations, models
from django.db.models import Q

_LETTERS = ["supplement", "refusal", "apology", "stop", "withdrawal", "payment", "consultation", "mistake"]
_PAPERS = ["scan", "form", "supplement", "result", "request"]


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0011_source_codes"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="letter", name="dossiers_letter_kind_known"),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=Q(("kind__in", _LETTERS)), name="dossiers_letter_kind_known"
            ),
        ),
        migrations.RemoveConstraint(model_name="paper", name="dossiers_paper_kind_known"),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=Q(("kind__in", _PAPERS)), name="dossiers_paper_kind_known"
            ),
        ),
    ]
