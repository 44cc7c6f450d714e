"""An import remembers what was decided about texts of the fonts from before Unicode.

Locks exchange_import for an instant (a column with a constant default); rewrites and checks no row.

Locks: exchange_import for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_phases_stops_and_undo")]

    operations = [
        migrations.AddField(
            "import",
            "old_fonts",
            models.TextField(
                choices=[
                    ("ask", "Ask"),
                    ("convert", "Convert the texts to Unicode"),
                    ("keep", "Store the texts as they are"),
                ],
                default="ask",
            ),
        ),
    ]
