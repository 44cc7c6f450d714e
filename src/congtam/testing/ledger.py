"""What tests ask of the ledger and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class AuditLine:
    """A line of the ledger, as far as tests ask."""

    actor: str
    verb: str
    kind: str
    key: str
    unit_code: str


def audit_lines(*, kind: str) -> list[AuditLine]:
    """The lines about a kind of subject, oldest first."""
    rows = apps.get_model("foundation", "AuditEntry").objects.filter(kind=kind).order_by("pk")
    return [AuditLine(row.actor, row.verb, row.kind, row.key, row.unit_code) for row in rows]


def outbox_payloads(topic: str) -> list[dict[str, Any]]:
    """What was published under a topic, oldest first, handled or not."""
    return list(
        apps.get_model("foundation", "OutboxMessage")
        .objects.filter(topic=topic)
        .order_by("pk")
        .values_list("payload", flat=True)
    )
