"""Constraints are named after what they demand.

Locks payments_feerequest and payments_payment for an instant (constraints get other names); rewrites and checks no row.

Locks: payments_feerequest and payments_payment for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations

from congtam.foundation.rename_constraint import RenameConstraint


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_refund_requested")]

    operations = [
        RenameConstraint("feerequest", "payments_request_asks_something", "payments_request_amount_positive"),
        RenameConstraint("feerequest", "payments_request_state_known", "payments_request_state_valid"),
        RenameConstraint("payment", "payments_way_known", "payments_way_valid"),
    ]
