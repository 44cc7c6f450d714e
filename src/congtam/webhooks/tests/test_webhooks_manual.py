"""What the manual tells those who receive messages is true."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from congtam.foundation.public import OutboxMessage, console_actor
from congtam.testing.commands import blocks
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.delivering import write_deliveries
from congtam.webhooks.models import WebhookDelivery
from congtam.webhooks.sending import signature_header

MANUAL = Path(__file__).parents[4] / "docs" / "api.md"
pytestmark = pytest.mark.django_db


def receiver_of_the_manual() -> Callable[..., bool]:
    """The function that the manual gives to whoever receives messages."""
    found: dict[str, Any] = {}
    exec(blocks(MANUAL.read_text(encoding="utf-8"), "python")[0], found)  # noqa: S102 - our own text
    receiver: Callable[..., bool] = found["is_genuine"]
    return receiver


def test_the_receiver_of_the_manual_believes_what_we_sign_and_nothing_else() -> None:
    is_genuine, body = receiver_of_the_manual(), b'{"id":"1"}'
    header = signature_header(["new", "old"], body, at=1000)
    assert is_genuine("new", header, body, 1010)
    assert is_genuine("old", header, body, 1010)
    assert not is_genuine("other", header, body, 1010)
    assert not is_genuine("new", header, body + b" ", 1010)
    assert not is_genuine("new", header, body, 1301)
    forged = hmac.new(b"other", b"1000." + body, hashlib.sha256).hexdigest()
    assert not is_genuine("new", f"t=1000,v1={forged}", body, 1010)


def test_the_message_of_the_manual_has_the_fields_that_are_sent(small_tree: None, this_machine: None) -> None:
    subscriptions.add_webhook(WebhookSettings(name="x", url="http://127.0.0.1:9/"), actor=console_actor())
    payload = {"codes": ["H-1"], "verb": "received", "state": "received", "unit": "024"}
    write_deliveries([OutboxMessage(id=1, topic="dossiers.changed", key="H-1", payload=payload)])
    told = blocks(MANUAL.read_text(encoding="utf-8"), "json")[0]
    names = re.findall(r'"(\w+)":', told)
    assert names == re.findall(r'"(\w+)":', WebhookDelivery.objects.get().body)
