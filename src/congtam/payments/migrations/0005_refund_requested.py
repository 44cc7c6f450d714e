"""Refunds say who requested them and when by the words of fee requests.

Locks payments_refund for an instant (a column gets another name); rewrites no row. Seals are of values in their order
and stay right.

Locks: payments_refund for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

TWO_PEOPLE = "payments_refund_two_people"


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_gateways_have_their_own_room")]

    operations = [
        # The database carries the new name into the constraint by itself; Django's state does not.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveConstraint("refund", TWO_PEOPLE)]),
        migrations.RenameField("refund", "asked_at", "requested_at"),
        migrations.RenameField("refund", "asked_by", "requested_by"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    "refund",
                    models.CheckConstraint(
                        condition=Q(done_by="") | ~Q(done_by=F("requested_by")), name=TWO_PEOPLE
                    ),
                )
            ],
        ),
    ]
