"""The states of a delivery are waiting, sent and given_up in the database as in the program.

Locks exchange_webhookdelivery until it is done: rewrites every row that was sent or given up, and checks all rows once.

Locks: exchange_webhookdelivery until it ends.
Rewrites: exchange_webhookdelivery: rows that were sent or given up.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

MODEL = "webhookdelivery"
RENAME = """
UPDATE exchange_webhookdelivery SET state = CASE state WHEN 'done' THEN 'sent' ELSE 'given_up' END
WHERE state IN ('done', 'dead')
"""
RENAME_BACK = """
UPDATE exchange_webhookdelivery SET state = CASE state WHEN 'sent' THEN 'done' ELSE 'dead' END
WHERE state IN ('sent', 'given_up')
"""


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0002_constraint_names")]

    operations = [
        migrations.RemoveConstraint(MODEL, "exchange_webhook_delivery_state_known"),
        migrations.RunSQL(RENAME, RENAME_BACK),
        migrations.AddConstraint(
            MODEL,
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "given_up"]),
                name="exchange_webhook_delivery_state_valid",
            ),
        ),
    ]
