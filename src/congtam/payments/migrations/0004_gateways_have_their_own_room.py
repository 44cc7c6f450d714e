"""The tables of gateways belong to a room of their own; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_refused_refunds"), ("gateways", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("StatementLine"),
                migrations.DeleteModel("Statement"),
                migrations.DeleteModel("Callback"),
                migrations.DeleteModel("Gateway"),
            ],
        ),
    ]
