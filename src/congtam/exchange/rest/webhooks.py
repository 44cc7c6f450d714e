"""Subscriptions over the API (đăng ký nhận thông báo)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from congtam.exchange.models import DeliveryState, Webhook
from congtam.exchange.webhooks import subscriptions
from congtam.exchange.webhooks.delivering import TOPICS, told_of
from congtam.foundation.public import actor_of
from congtam.foundation.rest.answers import json_answer
from congtam.foundation.rest.once import once

router = Router(tags=["webhooks"])
_SHOWN = 200


class WebhookIn(Schema, extra="forbid"):
    """What to be told of, and where."""

    name: Annotated[str, Field(max_length=100)]
    url: Annotated[str, Field(max_length=1000)] = Field(examples=["http://127.0.0.1:9000/congtam"])
    topics: list[str] = Field(list(TOPICS))
    unit_code: Annotated[str, Field(max_length=40)] = Field("", description="This unit and all below it.")


class SwitchIn(Schema, extra="forbid"):
    """Whether to go on telling."""

    is_active: bool


class WebhookOut(Schema):
    """A subscription."""

    key: str
    name: str
    url: str
    topics: list[str]
    unit_code: str
    is_active: bool
    created_by: str
    created_at: datetime


class WebhookMade(WebhookOut):
    """A new subscription with the secret that signs its messages, told only now."""

    secret: str


class WebhookList(Schema):
    """All subscriptions."""

    items: list[WebhookOut]


class DeliveryOut(Schema):
    """A message and what became of it."""

    code: str
    topic: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    last_status: int | None
    last_answer: str
    last_error: str


class DeliveryList(Schema):
    """The latest messages, at most 200."""

    items: list[DeliveryOut]


@router.get("", response=WebhookList)
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """All subscriptions; for administrators."""
    return json_answer({"items": [_told(one) for one in subscriptions.webhooks(to=actor_of(request))]})


@router.post("", response={201: WebhookMade})
@once
def add_webhook(request: HttpRequest, body: WebhookIn) -> HttpResponse:
    """Begin to tell an address of changes; hosts outside this machine must be allowed first."""
    wish = subscriptions.Wish(**body.model_dump())
    webhook = subscriptions.add_webhook(wish, actor=actor_of(request))
    return json_answer({**_told(webhook), "secret": webhook.secret}, status=HTTPStatus.CREATED)


@router.get("/{key}", response=WebhookOut)
def read_webhook(request: HttpRequest, key: str) -> HttpResponse:
    """One subscription."""
    return json_answer(_told(subscriptions.get_webhook(key, to=actor_of(request))))


@router.post("/{key}/switch", response=WebhookOut)
@once
def switch_webhook(request: HttpRequest, key: str, body: SwitchIn) -> HttpResponse:
    """Stop or go on telling."""
    return json_answer(_told(subscriptions.switch_webhook(key, on=body.is_active, actor=actor_of(request))))


@router.get("/{key}/deliveries", response=DeliveryList)
def list_deliveries(request: HttpRequest, key: str, state: DeliveryState | None = None) -> HttpResponse:
    """What was sent and what became of it, latest first."""
    found = subscriptions.get_webhook(key, to=actor_of(request)).deliveries.order_by("-message_id")
    shown = found.filter(state=state) if state else found
    return json_answer({"items": [told_of(row) for row in shown[:_SHOWN]]})


@router.post("/{key}/deliveries/{code}/resend", response=DeliveryOut)
@once
def resend_delivery(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Send a message once more."""
    return json_answer(told_of(subscriptions.resend(key, code, actor=actor_of(request))))


def _told(webhook: Webhook) -> dict[str, Any]:
    return {name: getattr(webhook, name) for name in WebhookOut.model_fields}
