"""Tokens say whether they may do what a person must confirm; those of before may not.

Locks the table of tokens for a moment: a column with a constant default rewrites nothing.

Locks: foundation_apitoken for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0015_ledger_tree")]

    operations = [
        migrations.AddField(
            model_name="apitoken", name="is_privileged", field=models.BooleanField(default=False)
        )
    ]
