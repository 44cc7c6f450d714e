"""Keep why money is not given back beside the payment; the ledger keeps no words of people.

Locks: payments_payment for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_counters")]

    operations = [
        migrations.CreateModel(
            name="RefusedRefund",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("amount_dong", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("refused_at", models.DateTimeField()),
                ("refused_by", models.TextField()),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refused_refunds",
                        to="payments.payment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(amount_dong__gt=0), name="payments_refused_refund_positive"
                    ),
                ],
            },
        ),
    ]
