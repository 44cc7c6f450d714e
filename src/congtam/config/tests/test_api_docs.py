"""What the manual and the pages tell developers is true: every command is run, every example is taken."""

from __future__ import annotations

import hashlib
import hmac
import html
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from congtam.config.api_examples import example_of
from congtam.config.openapi import document
from congtam.exchange.models import WebhookDelivery
from congtam.exchange.webhooks import subscriptions
from congtam.exchange.webhooks.delivering import write_deliveries
from congtam.exchange.webhooks.sending import signature
from congtam.exchange.webhooks.subscriptions import Wish
from congtam.foundation.public import OutboxMessage, console_actor, issue_token
from congtam.procedures.public import (
    Amount,
    ChannelLimit,
    Content,
    Paper,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast
from congtam.testing.commands import Console, blocks
from congtam.testing.json_schema import faults

MANUAL = Path(__file__).parents[4] / "docs" / "api.md"
SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def marriage(frozen_clock: None, small_tree: None, warehouse_dir: None) -> None:
    """The procedure of the manual, with the papers it has in the demonstration."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Thủ tục đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit),),
        papers=(
            Paper(name="Tờ khai", originals=1),
            Paper(name="Giấy xác nhận", originals=1),
            Paper(name="Quyết định ly hôn", certified=1, is_required=False),
            Paper(name="Căn cước", copies=2),
        ),
    )
    enter_procedure_list({"1.000894": content}, valid_from=None, source="test", actor=console_actor())


def test_every_command_of_the_manual_does_what_it_says(marriage: None, cast: Cast) -> None:
    token = issue_token("clerk", name="manual", days=1, actor=console_actor())
    console = Console({"TOKEN": token, "UNIT": "024"})
    found = [
        told for block in blocks(MANUAL.read_text(encoding="utf-8"), "sh") for told in console.run(block)
    ]
    assert len(found) == 13
    for command, promised, given in found:
        assert given == promised, command


def test_every_command_of_the_first_ten_minutes_works(marriage: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).post("/api/", {"name": "Trục liên thông", "days": "30"}).content.decode()
    lines = [
        html.unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    ]
    assert lines[0].startswith("TOKEN=ct_")
    found = list(Console({}).run("\n".join(lines)))
    assert [given for _, _, given in found] == [200, 200, 200, 422]


def test_the_example_of_every_body_is_taken() -> None:
    told = document()
    for path, methods in told["paths"].items():
        for operation in methods.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if "json" in str(content) or "$ref" in content["schema"]:
                    sample = example_of(content["schema"], told)
                    assert not list(faults(sample, content["schema"], root=told)), (path, sample)


def receiver_of_the_manual() -> Callable[..., bool]:
    """The function that the manual gives to whoever receives messages."""
    found: dict[str, Any] = {}
    exec(blocks(MANUAL.read_text(encoding="utf-8"), "python")[0], found)  # noqa: S102 - our own text
    receiver: Callable[..., bool] = found["is_genuine"]
    return receiver


def test_the_receiver_of_the_manual_believes_what_we_sign_and_nothing_else() -> None:
    is_genuine, body = receiver_of_the_manual(), b'{"id":"1"}'
    header = signature(["new", "old"], body, at=1000)
    assert is_genuine("new", header, body, 1010)
    assert is_genuine("old", header, body, 1010)
    assert not is_genuine("other", header, body, 1010)
    assert not is_genuine("new", header, body + b" ", 1010)
    assert not is_genuine("new", header, body, 1301)
    forged = hmac.new(b"other", b"1000." + body, hashlib.sha256).hexdigest()
    assert not is_genuine("new", f"t=1000,v1={forged}", body, 1010)


def test_the_message_of_the_manual_has_the_fields_that_are_sent(small_tree: None) -> None:
    subscriptions.add_webhook(Wish(name="x", url="http://127.0.0.1:9/"), actor=console_actor())
    payload = {"codes": ["H-1"], "verb": "received", "state": "received", "unit": "024"}
    write_deliveries([OutboxMessage(id=1, topic="dossiers.changed", key="H-1", payload=payload)])
    told = blocks(MANUAL.read_text(encoding="utf-8"), "json")[0]
    names = re.findall(r'"(\w+)":', told)
    assert names == re.findall(r'"(\w+)":', WebhookDelivery.objects.get().body)
