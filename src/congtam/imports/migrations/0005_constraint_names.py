"""The constraint of an import's state is named after what it demands.

Locks exchange_import for an instant (a constraint gets another name); rewrites and checks no row.

Locks: exchange_import for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations

from congtam.foundation.rename_constraint import RenameConstraint


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_webhooks_have_their_own_room")]

    operations = [
        RenameConstraint("import", "exchange_import_state_known", "exchange_import_state_valid"),
    ]
