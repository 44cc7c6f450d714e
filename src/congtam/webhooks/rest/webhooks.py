"""Subscriptions over the API (đăng ký nhận thông báo)."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from congtam.api.idempotency import idempotent
from congtam.api.paging import After, Limit, Page, page
from congtam.api.parameters import allow_if_match
from congtam.api.responses import if_match_version, json_response
from congtam.foundation.delivery import DeliveryState
from congtam.foundation.public import Actor, actor_of
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.delivering import TOPICS, previous_signing_secrets, serialize_delivery
from congtam.webhooks.jobs import deliver_webhook
from congtam.webhooks.models import Webhook

router = Router(tags=["webhooks"])
hosts = Router(tags=["webhooks"])


class WebhookIn(Schema, extra="forbid"):
    """Which changes to send, and where."""

    name: Annotated[str, Field(max_length=100)]
    url: Annotated[str, Field(max_length=1000)] = Field(examples=["https://hub.example.vn/congtam"])
    topics: list[str] = Field(list(TOPICS))
    unit_code: Annotated[str, Field(max_length=40)] = Field("", description="This unit and all below it.")


class WebhookStateIn(Schema, extra="forbid"):
    """Whether messages are sent."""

    is_active: bool


class SecretIn(Schema, extra="forbid"):
    """How long the old secret signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=24 * 30)] = 24


class WebhookOut(Schema):
    """A subscription."""

    key: str
    version: int
    name: str
    url: str
    topics: list[str]
    unit_code: str
    is_active: bool
    previous_secrets_valid_until: list[datetime] = Field(
        description="Until then messages are signed with an older secret too; one for each of them."
    )
    created_by: str
    created_at: datetime


class WebhookCreated(WebhookOut):
    """A subscription with the secret that signs its messages; it is not shown again."""

    secret: str


class WebhookList(Schema):
    """All subscriptions."""

    items: list[WebhookOut]


class DeliveryOut(Schema):
    """A message and its state."""

    code: str
    topic: str
    key: str = Field(description="What it is about: the code of a dossier or of a filing.")
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    last_status: int | None
    last_answer: str
    last_error: str


class DeliveryDetail(DeliveryOut):
    """A message with the very text that is sent."""

    body: str


class DeliveryList(Page):
    """Messages, the latest first."""

    items: list[DeliveryOut]


class DeliveryFilters(Schema):
    """Which messages."""

    state: DeliveryState | None = None
    subject_key: str = Field("", max_length=200, description="The code of a dossier or of a filing.")
    after: After = ""
    limit: Limit = 100


class HostIn(Schema, extra="forbid"):
    """A host to which messages may be sent."""

    host: Annotated[str, Field(max_length=255)] = Field(examples=["hub.example.vn"])
    may_be_private: bool = Field(default=False, description="Its address may lie inside our own network.")


class HostOut(Schema):
    """A host to which messages may be sent."""

    host: str
    may_be_private: bool
    allowed_by: str
    allowed_at: datetime


class HostList(Schema):
    """The hosts to which messages may be sent."""

    items: list[HostOut]


@router.get("", response=WebhookList)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """All subscriptions; for administrators."""
    return json_response(
        {"items": [_serialize_webhook(one) for one in subscriptions.list_webhooks(to=actor_of(request))]}
    )


@router.post("", response={201: WebhookCreated})
@idempotent
def add_webhook(request: HttpRequest, body: WebhookIn) -> HttpResponse:
    """Send changes to an address; its host must be allowed first."""
    settings = subscriptions.WebhookSettings(**body.model_dump())
    webhook = subscriptions.add_webhook(settings, actor=actor_of(request))
    return _created_response(webhook)


@router.get("/{key}", response=WebhookOut)
def read_webhook(request: HttpRequest, key: str) -> HttpResponse:
    """One subscription."""
    return _webhook_response(subscriptions.get_webhook(key, to=actor_of(request)))


@router.put("/{key}", response=WebhookOut)
@idempotent
@allow_if_match
def change_webhook(request: HttpRequest, key: str, body: WebhookIn) -> HttpResponse:
    """Replace the address, the topics and the unit; what waits goes to the new address."""
    settings, version = subscriptions.WebhookSettings(**body.model_dump()), if_match_version(request)
    return _webhook_response(
        subscriptions.change_webhook(key, settings, actor=actor_of(request), version=version)
    )


@router.patch("/{key}", response=WebhookOut)
@idempotent
@allow_if_match
def switch_webhook(request: HttpRequest, key: str, body: WebhookStateIn) -> HttpResponse:
    """Switch a subscription on or off."""
    version = if_match_version(request)
    return _webhook_response(
        subscriptions.set_webhook_active(key, on=body.is_active, actor=actor_of(request), version=version)
    )


@router.post("/{key}/secrets", response={201: WebhookCreated})
@idempotent
def rotate_secret(request: HttpRequest, key: str, body: SecretIn) -> HttpResponse:
    """Create a new secret; for a while messages carry a signature with each of the two."""
    overlap = timedelta(hours=body.overlap_hours)
    webhook = subscriptions.rotate_secret(key, actor=actor_of(request), overlap=overlap)
    return _created_response(webhook)


@router.post("/{key}/deliveries", response={201: DeliveryOut})
@idempotent
def send_test_delivery(request: HttpRequest, key: str) -> HttpResponse:
    """Send a test message without content, to try out the receiver."""
    delivery = subscriptions.send_test(key, actor=actor_of(request))
    deliver_webhook.defer(key=key)
    return json_response(serialize_delivery(delivery), status=HTTPStatus.CREATED)


@router.get("/{key}/deliveries", response=DeliveryList)
def list_deliveries(
    request: HttpRequest, key: str, filters: Annotated[DeliveryFilters, Query()]
) -> HttpResponse:
    """The messages of a subscription with their states, latest first."""
    deliveries = subscriptions.list_deliveries(
        key,
        to=actor_of(request),
        state=filters.state.value if filters.state else "",
        subject_key=filters.subject_key,
        before=filters.after,
    )
    rows = list(deliveries[: filters.limit + 1])
    after = rows[filters.limit - 1].code if len(rows) > filters.limit else None
    return json_response(
        page(request, [serialize_delivery(row) for row in rows[: filters.limit]], next_after=after)
    )


@router.get("/{key}/deliveries/{code}", response=DeliveryDetail)
def read_delivery(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One message with the very text that is sent."""
    delivery = subscriptions.get_delivery(key, code, to=actor_of(request))
    return json_response({**serialize_delivery(delivery), "body": delivery.body})


@router.post("/{key}/deliveries/{code}/attempts", response=DeliveryOut)
@idempotent
def resend_delivery(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Send a message once more, under its code; it goes before what waits."""
    delivery = subscriptions.resend(key, code, actor=actor_of(request))
    deliver_webhook.defer(key=key)
    return json_response(serialize_delivery(delivery))


@hosts.get("", response=HostList)
def list_webhook_hosts(request: HttpRequest) -> HttpResponse:
    """The hosts to which messages may be sent; for administrators."""
    return _host_list(actor_of(request))


@hosts.post("", response=HostList)
@idempotent
def allow_webhook_host(request: HttpRequest, body: HostIn) -> HttpResponse:
    """Let messages go to a host."""
    actor = actor_of(request)
    subscriptions.allow_host(body.host, may_be_private=body.may_be_private, actor=actor)
    return _host_list(actor)


@hosts.delete("/{host}", response=HostList)
@idempotent
def remove_webhook_host(request: HttpRequest, host: str) -> HttpResponse:
    """Let no more messages go to a host."""
    actor = actor_of(request)
    subscriptions.forbid_host(host, actor=actor)
    return _host_list(actor)


def _webhook_response(webhook: Webhook) -> HttpResponse:
    return json_response(_serialize_webhook(webhook), version=webhook.version)


def _created_response(webhook: Webhook) -> HttpResponse:
    """The subscription with its newest secret."""
    created = {**_serialize_webhook(webhook), "secret": webhook.secret}
    return json_response(created, status=HTTPStatus.CREATED, version=webhook.version)


def _serialize_webhook(webhook: Webhook) -> dict[str, Any]:
    values = {
        name: getattr(webhook, name)
        for name in WebhookOut.model_fields
        if name != "previous_secrets_valid_until"
    }
    until = [datetime.fromisoformat(one["until"]) for one in previous_signing_secrets(webhook)]
    return {**values, "previous_secrets_valid_until": until}


def _host_list(actor: Actor) -> HttpResponse:
    allowed = subscriptions.list_allowed_hosts(to=actor)
    return json_response(
        {"items": [{name: getattr(row, name) for name in HostOut.model_fields} for row in allowed]}
    )
