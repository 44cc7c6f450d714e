"""Who may be told and where (quản lý đăng ký nhận thông báo); an administrator's work."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from congtam.exchange.models import DeliveryState, Webhook, WebhookDelivery, WebhookHost
from congtam.exchange.webhooks.delivering import TOPICS
from congtam.exchange.webhooks.targets import check_url, resolve
from congtam.foundation.public import EVERYWHERE, Actor, Role, clock, record
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.org_units.public import is_known

LONGEST_NAME: Final = 100
_HOST_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-:")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants to be told of, and where."""

    name: str
    url: str
    topics: Sequence[str] = TOPICS
    unit_code: str = ""


def require_administrator(actor: Actor) -> None:
    """Raise NotAllowed for everybody but an administrator of the whole installation."""
    if not actor.is_console and EVERYWHERE not in actor.units_with(Role.ADMINISTRATOR):
        raise NotAllowed(right="exchange.webhooks")


@transaction.atomic
def add_webhook(wish: Wish, *, actor: Actor) -> Webhook:
    """Begin to tell an address of changes; raises InputRefused, or TargetRefused for a host nobody allowed."""
    require_administrator(actor)
    check_url(wish.url)
    if problems := _problems(wish):
        raise InputRefused(problems)
    resolve(wish.url)
    webhook = Webhook.objects.create(
        key=secrets.token_hex(8),
        name=wish.name.strip()[:LONGEST_NAME],
        url=wish.url,
        topics=sorted(set(wish.topics)),
        unit_code=wish.unit_code,
        secret=secrets.token_urlsafe(32),
        created_by=actor.username,
        created_at=clock().now(),
    )
    told = {"url": _without_query(webhook.url), "topics": webhook.topics, "unit": webhook.unit_code}
    record(actor, "webhook.added", kind="webhook", key=webhook.key, data=told)
    return webhook


def _without_query(url: str) -> str:
    """The address as the ledger keeps it: what follows the question mark may be the receiver's secret."""
    return urlsplit(url)._replace(query="").geturl()


def _problems(wish: Wish) -> list[Problem]:
    problems = []
    if not wish.name.strip():
        problems.append(Problem(code="name_missing", message=msgid("Give it a name."), column="name"))
    if not wish.topics or set(wish.topics) - set(TOPICS):
        message = msgid("Choose at least one topic: {topics}.")
        data = {"topics": ", ".join(TOPICS)}
        problems.append(Problem(code="topic_unknown", message=message, data=data, column="topics"))
    if wish.unit_code and not is_known(wish.unit_code):
        message = msgid("There is no unit {unit}.")
        data = {"unit": wish.unit_code}
        problems.append(Problem(code="unit_unknown", message=message, data=data, column="unit_code"))
    return problems


@transaction.atomic
def switch_webhook(key: str, *, on: bool, actor: Actor) -> Webhook:
    """Stop or go on telling; what waits is kept, what happens while it is off is not told."""
    webhook = get_webhook(key, to=actor)
    webhook.is_active = on
    webhook.save(update_fields=["is_active"])
    record(actor, "webhook.switched", kind="webhook", key=key, data={"on": on})
    return webhook


@transaction.atomic
def resend(key: str, code: str, *, actor: Actor) -> WebhookDelivery:
    """Let a message that was given up, or taken, be sent once more under its code."""
    webhook = get_webhook(key, to=actor)
    delivery = webhook.deliveries.select_for_update().filter(code=code).first()
    if delivery is None:
        raise NotFound(kind="delivery", key=code)
    now = clock().now()
    delivery.state, delivery.created_at, delivery.next_at = DeliveryState.WAITING, now, now
    delivery.save(update_fields=["state", "created_at", "next_at"])
    record(actor, "webhook.resent", kind="webhook", key=key, data={"delivery": code})
    return delivery


@transaction.atomic
def allow_host(host: str, *, may_be_private: bool, actor: Actor) -> WebhookHost:
    """Let messages go to a host outside this machine."""
    require_administrator(actor)
    name = host.strip().lower()
    if not name or not set(name) <= _HOST_SIGNS:
        message = msgid("Give the name of a host, such as hub.example.vn.")
        raise InputRefused([Problem(code="host_malformed", message=message, column="host")])
    allowed, _ = WebhookHost.objects.update_or_create(
        host=name,
        defaults={
            "may_be_private": may_be_private,
            "allowed_by": actor.username,
            "allowed_at": clock().now(),
        },
    )
    record(actor, "webhook.host_allowed", kind="webhook_host", key=name, data={"private": may_be_private})
    return allowed


@transaction.atomic
def forbid_host(host: str, *, actor: Actor) -> None:
    """Let no more messages go to a host."""
    require_administrator(actor)
    count, _ = WebhookHost.objects.filter(host=host).delete()
    if not count:
        raise NotFound(kind="host", key=host)
    record(actor, "webhook.host_forbidden", kind="webhook_host", key=host)


def webhooks(*, to: Actor) -> list[Webhook]:
    """All subscriptions, for an administrator."""
    require_administrator(to)
    return list(Webhook.objects.order_by("name", "pk"))


def hosts(*, to: Actor) -> list[WebhookHost]:
    """The hosts that are allowed, for an administrator."""
    require_administrator(to)
    return list(WebhookHost.objects.order_by("host"))


def get_webhook(key: str, *, to: Actor) -> Webhook:
    """One subscription, for an administrator."""
    require_administrator(to)
    webhook = Webhook.objects.filter(key=key).first()
    if webhook is None:
        raise NotFound(kind="webhook", key=key)
    return webhook
