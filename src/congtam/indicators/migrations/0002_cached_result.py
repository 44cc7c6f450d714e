"""What was counted on the lake once is a cached result, as everywhere else.

Locks indicators_rememberedresult for an instant (the table and an index get other names); rewrites no row.

Locks: indicators_rememberedresult for an instant, which gets another name.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.RenameModel("RememberedResult", "CachedResult"),
        migrations.AlterModelTable("CachedResult", "indicators_cachedresult"),
        migrations.RenameIndex(
            "CachedResult", old_name="indicators_remembered_version", new_name="indicators_cached_version"
        ),
    ]
