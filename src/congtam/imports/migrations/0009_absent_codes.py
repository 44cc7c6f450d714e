"""An import remembers the file of codes that earlier imports stored and it lacks.

Locks exchange_import for an instant (a column with a constant default); rewrites no row.

Locks: exchange_import for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0008_source_prefixes")]

    operations = [
        migrations.AddField("import", "absent_digest", models.TextField(blank=True, default="")),
    ]
