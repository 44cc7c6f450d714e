"""Lists this machine as a host where subscriptions already go to it: it is no longer allowed by itself.

Reads the subscriptions and writes at most a few rows of hosts; locks nothing else and rewrites no table.

Locks: nothing.
Rewrites: nothing; adds at most a few rows to exchange_webhookhost.
"""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.db import migrations
from django.utils import timezone


def list_local_hosts(apps: Any, _editor: Any) -> None:
    """One row for each way of naming this machine that a subscription uses."""
    hosts = apps.get_model("webhooks", "WebhookHost").objects
    for url in apps.get_model("webhooks", "Webhook").objects.values_list("url", flat=True):
        host = urlsplit(url).hostname or ""
        if is_local(host):
            defaults = {"may_be_private": True, "allowed_by": "console", "allowed_at": timezone.now()}
            hosts.update_or_create(host=host, defaults=defaults)


def is_local(host: str) -> bool:
    """Whether a host is this machine, by name or address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0003_delivery_states")]
    operations = [migrations.RunPython(list_local_hosts, migrations.RunPython.noop)]
