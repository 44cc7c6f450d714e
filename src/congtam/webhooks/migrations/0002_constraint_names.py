"""The constraint of a host is named after what it demands.

Locks exchange_webhookhost for an instant (a constraint gets another name); rewrites and checks no row.

Locks: exchange_webhookhost for an instant.
Rewrites: nothing.
"""

from __future__ import annotations

from django.db import migrations

from congtam.foundation.rename_constraint import RenameConstraint


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial")]

    operations = [
        RenameConstraint("webhookhost", "exchange_webhook_host_given", "exchange_webhook_host_not_blank"),
    ]
