"""Taking care of a subscription: a new secret with an overlap, another address, a trial, one message looked at."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from congtam.foundation.public import console_actor
from congtam.foundation.row_seals import altered_rows
from congtam.kernel.clock import FixedClock
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.delivering import deliver, write_deliveries
from congtam.webhooks.models import Webhook, WebhookDelivery
from congtam.webhooks.tests.receiver import Receiver, changed

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def signed_with(secret: str, headers: dict[str, str], body: bytes) -> bool:
    at, *told = [part.partition("=")[2] for part in headers["X-CongTam-Signature"].split(",")]
    right = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(right, each) for each in told)


@pytest.fixture
def webhook(frozen_clock: FixedClock, small_tree: None, receiver: Receiver) -> Webhook:
    wish = WebhookSettings(name="Trục liên thông", url=receiver.address)
    return subscriptions.add_webhook(wish, actor=console_actor())


def test_for_a_day_both_secrets_are_right(
    *, webhook: Webhook, receiver: Receiver, frozen_clock: FixedClock, cast: Cast
) -> None:
    made = Api(cast.administrator).post(f"/webhooks/{webhook.key}/secrets", {}).json()
    assert made["secret"] != webhook.secret
    assert made["previous_secrets_valid_until"] == ["2026-03-03T02:00:00Z"]
    write_deliveries([changed(1)])
    deliver(webhook.key)
    assert signed_with(webhook.secret, *receiver.got[0])
    assert signed_with(made["secret"], *receiver.got[0])
    frozen_clock.advance(timedelta(days=1))
    write_deliveries([changed(2)])
    deliver(webhook.key)
    assert not signed_with(webhook.secret, *receiver.got[1])
    assert signed_with(made["secret"], *receiver.got[1])


def test_a_secret_lost_on_the_way_breaks_nothing(webhook: Webhook, receiver: Receiver) -> None:
    for _ in range(2):
        last = subscriptions.rotate_secret(webhook.key, actor=console_actor())
    write_deliveries([changed(1)])
    deliver(webhook.key)
    assert signed_with(webhook.secret, *receiver.got[0])
    assert signed_with(last.secret, *receiver.got[0])


def test_a_trial_says_nothing_and_goes_at_once(webhook: Webhook, receiver: Receiver, cast: Cast) -> None:
    receiver.answers = [500]
    write_deliveries([changed(1)])
    told = Api(cast.administrator).post(f"/webhooks/{webhook.key}/deliveries").json()
    assert (told["topic"], told["state"]) == ("webhooks.test", "waiting")
    deliver(webhook.key)
    assert receiver.keys[0] == webhook.key
    subscriptions.set_webhook_active(webhook.key, on=False, actor=console_actor())
    refused = Api(cast.administrator).post(f"/webhooks/{webhook.key}/deliveries")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhooks.switched_off")


def test_nothing_more_goes_out_once_it_is_switched_off(webhook: Webhook, receiver: Receiver) -> None:
    write_deliveries([changed(1), changed(2)])

    def switch(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        done = execute(sql, *more)
        if sql.startswith('UPDATE "exchange_webhookdelivery"'):
            Webhook.objects.update(is_active=False)
        return done

    with connection.execute_wrapper(switch):
        deliver(webhook.key)
    assert receiver.keys == ["H-1"]


def test_another_address_takes_what_waits(webhook: Webhook, receiver: Receiver, cast: Cast) -> None:
    client, path = Api(cast.administrator), f"/webhooks/{webhook.key}"
    write_deliveries([changed(1)])
    etag = client.get(path).headers["ETag"]
    wish: dict[str, Any] = {"name": "Khác", "url": receiver.address + "/2", "topics": ["dossiers.changed"]}
    changed_to = client.put(path, wish, headers={"If-Match": etag})
    assert changed_to.json()["version"] == 2
    late = client.patch(path, {"is_active": False}, headers={"If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (412, "webhooks.changed_meanwhile")
    wrong = client.put(path, wish | {"url": "x", "name": " ", "topics": []})
    assert {found["pointer"] for found in wrong.json()["problems"]} == {"/url", "/name", "/topics"}
    deliver(webhook.key)
    assert receiver.keys == ["H-1"]


def test_messages_are_found_by_state_and_dossier(webhook: Webhook, receiver: Receiver, cast: Cast) -> None:
    client, path = Api(cast.administrator), f"/webhooks/{webhook.key}/deliveries"
    write_deliveries([changed(number) for number in range(1, 6)])
    receiver.answers = [204, 500]
    deliver(webhook.key)
    assert [row["key"] for row in client.get(f"{path}?state=sent").json()["items"]] == ["H-1"]
    found = client.get(f"{path}?subject_key=H-4").json()["items"]
    assert [row["key"] for row in found] == ["H-4"]
    assert '"key":"H-4"' in client.get(f"{path}/{found[0]['code']}").json()["body"]
    first = client.get(f"{path}?limit=2").json()
    rest = client.get(first["next"].removeprefix("/api/v1")).json()
    seen = [row["key"] for row in first["items"] + rest["items"]]
    assert len(seen) == len(set(seen)) == 4
    assert client.get(f"{path}?after=none").status_code == 404


def test_the_page_does_the_same(
    *, webhook: Webhook, receiver: Receiver, cast: Cast, client_for: SignIn
) -> None:
    client, page = client_for(cast.administrator), f"/import/webhooks/{webhook.key}/"
    write_deliveries([changed(1)])
    client.post(page, {"try": "1"})
    assert WebhookDelivery.objects.filter(topic="webhooks.test").count() == 1
    shown = client.post(page, {"rotate": "1"}, follow=True).content.decode()
    secret = Webhook.objects.get().secret
    assert secret in shown
    assert secret not in client.get(page).content.decode()
    only = client.get(f"{page}?subject_key=H-1&state=waiting").content.decode()
    code = WebhookDelivery.objects.get(key="H-1").code
    assert f"{page}{code}/" in only
    assert "H-1" in client.get(f"{page}{code}/").content.decode()
    wish = {"name": "Mới", "url": receiver.address, "topics": ["dossiers.changed"], "version": "1"}
    assert client.post(page, wish).status_code == 302
    late = client.post(page, wish | {"name": "Muộn"}).content.decode()
    assert "Muộn" in late
    assert Webhook.objects.get().name == "Mới"


def test_hosts_are_allowed_over_the_api(cast: Cast) -> None:
    client = Api(cast.administrator)
    assert client.post("/webhook-hosts", {"host": "hub.example.vn"}).json()["items"][0]["host"]
    assert client.delete("/webhook-hosts/hub.example.vn").json() == {"items": []}
    assert client.delete("/webhook-hosts/hub.example.vn").status_code == 404
    assert Api(cast.unit_head).get("/webhook-hosts").status_code == 403


def test_a_message_tells_its_version(webhook: Webhook) -> None:
    write_deliveries([changed(1)])
    body = WebhookDelivery.objects.get().body
    assert '"version":1' in body
    assert '"written_at":"2026-03-02T02:00:00Z"' in body


def test_who_listens_is_sealed(webhook: Webhook) -> None:
    subscriptions.rotate_secret(webhook.key, actor=console_actor())
    subscriptions.allow_host("hub.example", may_be_private=False, actor=console_actor())
    subscriptions.forbid_host("hub.example", actor=console_actor())
    assert list(altered_rows()) == []
    Webhook.objects.update(url="https://evil.example/")
    assert [one.code.split(" ", 1)[1] for one in altered_rows()] == ["(Trục liên thông)"]
