"""A digest of the person beside that of the dossier.

Adds a column with a constant default: the table is locked for a moment and not rewritten.

Locks: dossiers_dossier for an instant.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_lists_of_officers"), ("foundation", "0014_person_keys")]
    operations = [
        migrations.AddField(
            model_name="dossier",
            name="person_digest",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
