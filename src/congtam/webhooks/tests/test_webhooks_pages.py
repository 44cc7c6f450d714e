"""Subscriptions are an administrator's work, on the page and over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from congtam.foundation.public import Account, OutboxMessage, console_actor
from congtam.foundation.tokens import issue_token
from congtam.testing.cast import Cast
from congtam.webhooks.delivering import write_deliveries
from congtam.webhooks.models import Webhook, WebhookDelivery, WebhookHost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("this_machine")]
SignIn = Callable[[object], Client]
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
PAGE = "/import/webhooks/"
WISH = {"name": "Trục liên thông", "url": "http://127.0.0.1:9/hook", "topics": ["dossiers.changed"]}


def api(account: Account) -> Client:
    token = issue_token(account.username, name="tests", days=1, actor=console_actor())
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_an_administrator_subscribes_and_sees_the_secret_once(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.administrator)
    page = client.post(PAGE, WISH).content.decode()
    webhook = Webhook.objects.get()
    assert webhook.secret in page
    assert webhook.secret not in client.get(PAGE).content.decode()
    assert webhook.secret not in client.get(f"{PAGE}{webhook.key}/").content.decode()


@pytest.mark.parametrize("part", ["clerk", "unit_head", "inspector", "observer", "citizen", "outsider"])
def test_nobody_else_may(*, cast: Cast, client_for: SignIn, part: str) -> None:
    account = cast.everyone()[part]
    assert client_for(account).get(PAGE).status_code == 403
    assert client_for(account).post(PAGE, WISH).status_code == 403
    # Without any role there is no token that works.
    refused = 401 if part == "citizen" else 403
    assert api(account).get("/api/v1/webhooks").status_code == refused
    sent = api(account).post("/api/v1/webhooks", WISH, content_type="application/json")
    assert sent.status_code == refused
    assert not Webhook.objects.exists()


def test_a_host_outside_is_refused_until_it_is_allowed(cast: Cast, client_for: SignIn) -> None:
    client, outside = client_for(cast.administrator), WISH | {"url": "http://93.184.216.34/hook"}
    assert "93.184.216.34" in client.post(PAGE, outside).content.decode()
    assert not Webhook.objects.exists()
    client.post(PAGE, {"host": "93.184.216.34"})
    client.post(PAGE, outside)
    assert Webhook.objects.exists()
    client.post(PAGE, {"forbid": "93.184.216.34"})
    assert not WebhookHost.objects.exclude(host="127.0.0.1").exists()


def test_what_is_wrong_stands_beside_the_field(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.administrator).post(PAGE, WISH | {"url": "nonsense", "name": "Giữ lại"})
    assert "Giữ lại" in page.content.decode()
    assert page.context["form"].errors["url"]


def test_a_message_is_sent_again_by_hand(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.administrator)
    client.post(PAGE, WISH)
    key = Webhook.objects.get().key
    write_deliveries([OutboxMessage(id=1, topic="dossiers.changed", key="H-1", payload={"unit": "024"})])
    WebhookDelivery.objects.update(state="given_up")
    code = WebhookDelivery.objects.get().code
    assert code in client.get(f"{PAGE}{key}/").content.decode()
    assert client.post(f"{PAGE}{key}/", {"resend": code}).status_code == 302
    assert WebhookDelivery.objects.get().state == "waiting"
    assert client.post(f"{PAGE}{key}/", {"resend": "none"}).status_code == 404


def test_the_api_does_the_same(cast: Cast) -> None:
    client = api(cast.administrator)
    made: dict[str, Any] = client.post("/api/v1/webhooks", WISH, content_type="application/json").json()
    assert made["secret"]
    told = client.get(f"/api/v1/webhooks/{made['key']}").json()
    assert "secret" not in told
    off = client.patch(
        f"/api/v1/webhooks/{made['key']}", {"is_active": False}, content_type="application/json"
    )
    assert off.json()["is_active"] is False
    assert client.get(f"/api/v1/webhooks/{made['key']}/deliveries").json()["items"] == []
    assert client.get("/api/v1/webhooks/none").status_code == 404
    wrong = WISH | {"topics": ["nonsense"], "name": " ", "unit_code": "999"}
    refused = client.post("/api/v1/webhooks", wrong, content_type="application/json").json()
    assert {found["pointer"] for found in refused["problems"]} == {"/topics", "/name", "/unit_code"}


def test_the_ledger_keeps_no_secret_of_an_address(cast: Cast, client_for: SignIn) -> None:
    client_for(cast.administrator).post(PAGE, WISH | {"url": "http://127.0.0.1:9/hook?token=s3cret"})
    assert Webhook.objects.get().url.endswith("s3cret")
    texts = "".join(AuditEntry.objects.filter(kind="webhook").values_list("text", flat=True))
    assert "/hook" in texts
    assert "s3cret" not in texts
