"""Tell at which counter cash was taken; until now it was always that of the unit which asked for the fee.

Locks: payments_feerequest and payments_payment until it ends, while two indexes are built.
Rewrites: payments_payment: payments in cash.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

_BACKFILL = (
    "UPDATE payments_payment p SET counter_unit_code = q.unit_code FROM payments_feerequest q"
    " WHERE q.id = p.request_id AND p.way = 'cash' AND p.counter_unit_code = ''"
)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.AddField("feerequest", "counter_unit_code", models.TextField(blank=True, default="")),
        migrations.AddField("payment", "counter_unit_code", models.TextField(blank=True, default="")),
        migrations.RunSQL(_BACKFILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "feerequest",
            models.Index(
                F("counter_unit_code"), name="payments_of_counter", condition=~Q(counter_unit_code="")
            ),
        ),
        migrations.AddIndex(
            "payment",
            models.Index(
                F("counter_unit_code"), F("paid_at"), name="payments_cash_of_counter", condition=Q(way="cash")
            ),
        ),
    ]
