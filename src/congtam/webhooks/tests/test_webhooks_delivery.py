"""Telling other systems: every change once per subscriber, in order, signed, until it is taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import standardwebhooks
from django.apps import apps

from congtam.foundation.public import OutboxMessage, console_actor
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.delivering import deliver, due_webhooks, write_deliveries
from congtam.webhooks.models import Webhook, WebhookDelivery, WebhookHost
from congtam.webhooks.targets import TargetRefused, resolve
from congtam.webhooks.tests.receiver import Receiver, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def webhook(frozen_clock: FixedClock, small_tree: None, receiver: Receiver) -> Webhook:
    return subscriptions.add_webhook(
        WebhookSettings(name="Trục liên thông", url=receiver.address), actor=console_actor()
    )


def test_messages_come_signed_and_in_order(webhook: Webhook, receiver: Receiver) -> None:
    assert write_deliveries([changed(1), changed(2), changed(3)]) == [webhook.key]
    assert deliver(webhook.key) == 3
    assert receiver.keys == ["H-1", "H-2", "H-3"]
    headers, body = receiver.got[0]
    at, told = headers["X-CongTam-Signature"].removeprefix("t=").split(",v1=")
    assert hmac.compare_digest(
        told, hmac.new(webhook.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    )
    assert headers["X-CongTam-Delivery"] == json.loads(body)["id"]
    assert deliver(webhook.key) == 0


def test_a_library_for_standard_webhooks_believes_a_message(
    webhook: Webhook, receiver: Receiver, frozen_clock: FixedClock
) -> None:
    frozen_clock.instant = datetime.now(UTC)
    new = subscriptions.rotate_secret(webhook.key, actor=console_actor())
    write_deliveries([changed(1)])
    deliver(webhook.key)
    headers, body = receiver.got[0]
    for secret in (webhook.secret, new.secret):
        key = base64.b64encode(secret.encode()).decode()
        assert standardwebhooks.Webhook(f"whsec_{key}").verify(body, headers)["key"] == "H-1"
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(b"other").verify(body, headers)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(new.secret.encode()).verify(body + b" ", headers)
    assert headers["webhook-id"] == headers["X-CongTam-Delivery"]


def test_a_message_told_twice_is_written_once(webhook: Webhook, receiver: Receiver) -> None:
    write_deliveries([changed(1)])
    write_deliveries([changed(1), changed(2)])
    deliver(webhook.key)
    assert receiver.keys == ["H-1", "H-2"]


def test_a_failing_receiver_gets_it_again_and_nothing_overtakes(
    webhook: Webhook, receiver: Receiver, frozen_clock: FixedClock
) -> None:
    receiver.answers = [500, 204, 503]
    write_deliveries([changed(1), changed(2)])
    for _ in range(8):
        deliver(webhook.key)
        frozen_clock.advance(timedelta(minutes=5))
    assert receiver.keys == ["H-1", "H-1", "H-2", "H-2"]
    assert len({headers["X-CongTam-Delivery"] for headers, _ in receiver.got}) == 2
    kept = WebhookDelivery.objects.get(message_id=1)
    assert (kept.state, kept.attempts, kept.last_status) == ("sent", 2, 204)
    assert len(kept.last_answer) <= 2048


def test_it_waits_before_it_tries_again(webhook: Webhook, receiver: Receiver) -> None:
    receiver.answers = [500]
    write_deliveries([changed(1)])
    deliver(webhook.key)
    assert deliver(webhook.key) == 0
    assert due_webhooks() == []
    assert len(receiver.got) == 1


def test_after_a_day_it_is_given_up_and_can_be_sent_by_hand(
    webhook: Webhook, receiver: Receiver, frozen_clock: FixedClock
) -> None:
    receiver.answers = [500] * 40
    write_deliveries([changed(1), changed(2)])
    for _ in range(26):
        deliver(webhook.key)
        frozen_clock.advance(timedelta(hours=1))
    dead = WebhookDelivery.objects.get(message_id=1)
    assert dead.state == "given_up"
    receiver.answers, receiver.got[:] = [], []
    subscriptions.resend(webhook.key, dead.code, actor=console_actor())
    deliver(webhook.key)
    assert "H-1" in receiver.keys


def test_a_redirect_is_not_followed(webhook: Webhook, receiver: Receiver) -> None:
    receiver.answers, receiver.redirect = [302], "http://127.0.0.1:1/elsewhere"
    write_deliveries([changed(1)])
    deliver(webhook.key)
    assert WebhookDelivery.objects.get().last_status == 302
    assert len(receiver.got) == 1


def test_every_fault_of_the_network_reads_alike(
    *, frozen_clock: FixedClock, small_tree: None, this_machine: None, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = subscriptions.add_webhook(
        WebhookSettings(name="x", url="http://127.0.0.1:1/"), actor=console_actor()
    )
    write_deliveries([changed(1)])
    assert deliver(webhook.key) == 0
    assert WebhookDelivery.objects.get().last_error == "The receiver did not answer."
    assert "ConnectionRefused" in caplog.text


def test_every_refusal_reads_alike(db: None) -> None:
    subscriptions.allow_host("10.0.0.1", may_be_private=False, actor=console_actor())
    subscriptions.allow_host("unknown.invalid", may_be_private=True, actor=console_actor())
    refusals = set()
    for host in ("10.0.0.1", "unknown.invalid", "unlisted.example.vn", "localhost", "127.0.0.1"):
        with pytest.raises(TargetRefused) as refused:
            resolve(f"http://{host}/")
        assert refused.value.data == {"host": host}
        refusals.add(refused.value.format_message().replace(host, "HOST"))
    assert len(refusals) == 1


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "::ffff:127.0.0.1"])
def test_an_address_in_disguise_cannot_be_listed(db: None, host: str) -> None:
    with pytest.raises(InputRefused):
        subscriptions.allow_host(host, may_be_private=True, actor=console_actor())


def test_a_subscription_hears_of_its_units_only(
    frozen_clock: FixedClock, small_tree: None, receiver: Receiver
) -> None:
    wish = WebhookSettings(name="Huyện", url=receiver.address, unit_code="026")
    webhook = subscriptions.add_webhook(wish, actor=console_actor())
    stored = OutboxMessage(id=9, topic="dossiers.changed", key="import-1", payload={"new": 3})
    other = OutboxMessage(id=8, topic="payments.settled", key="P", payload={"unit": "026"})
    write_deliveries([changed(1), changed(2, unit="026"), stored, other])
    deliver(webhook.key)
    assert receiver.keys == ["H-2"]


def test_a_switched_off_subscription_hears_nothing(webhook: Webhook, receiver: Receiver) -> None:
    subscriptions.set_webhook_active(webhook.key, on=False, actor=console_actor())
    assert write_deliveries([changed(1)]) == []
    assert deliver(webhook.key) == 0


@pytest.mark.parametrize(
    "url", ["ftp://x/", "http:///x", "http://u:p@127.0.0.1/", "http://h/#a", "http://h h/", "x",
            "http://2130706433/", "http://127.1/", "http://[::ffff:127.0.0.1]/"],
)  # fmt: skip
def test_malformed_addresses_are_refused(db: None, url: str) -> None:
    with pytest.raises(InputRefused):
        subscriptions.add_webhook(WebhookSettings(name="x", url=url), actor=console_actor())


@pytest.mark.parametrize(
    ("url", "allowed", "private"),
    [
        ("http://127.0.0.1/", False, True),
        ("http://[::1]/", False, True),
        ("http://192.168.1.5/", False, True),
        ("http://10.0.0.1/", False, True),
        ("http://169.254.169.254/latest", False, True),
        ("http://[fe80::1]/", False, True),
        ("http://0.0.0.0/", False, True),
        ("http://93.184.216.34/", True, True),
    ],
)
def test_only_allowed_hosts_and_no_private_address(
    *, db: None, url: str, allowed: bool, private: bool
) -> None:
    """The columns: whether it is reached when its host is allowed, and when private addresses are allowed too."""
    host = url.split("//")[1].split("/", maxsplit=1)[0].strip("[]")
    with pytest.raises(TargetRefused):
        resolve(url)
    for may_be_private, expected in ((False, allowed), (True, private)):
        subscriptions.allow_host(host, may_be_private=may_be_private, actor=console_actor())
        if expected:
            assert resolve(url).host == host
        else:
            with pytest.raises(TargetRefused):
                resolve(url)


def test_an_upgrade_lists_this_machine_where_subscriptions_go_to_it(db: None) -> None:
    migration = import_module("congtam.webhooks.migrations.0004_local_hosts_are_listed")
    at = datetime.now(UTC)
    for number, host in enumerate(["127.0.0.1:9", "localhost", "[::1]:9", "10.0.0.1", "hub.example.vn"]):
        Webhook.objects.create(key=str(number), name="x", url=f"http://{host}/", created_at=at)
    migration.list_local_hosts(apps, None)
    assert set(WebhookHost.objects.values_list("host", "may_be_private")) == {
        ("127.0.0.1", True), ("localhost", True), ("::1", True),
    }  # fmt: skip
