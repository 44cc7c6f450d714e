"""The folder of a version beside its number: a rebuild writes a new one. Adds a column with a default, no rewrite.

Locks: warehouse_table for an instant.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty folder means the one that has the fact's name, as it was."""

    dependencies = (("warehouse", "0001_initial"),)

    operations = (
        migrations.AddField(
            model_name="warehousetable", name="folder", field=models.TextField(db_default="", default="")
        ),
    )
