"""Who may be told and where (quản lý đăng ký nhận thông báo); an administrator's work."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Count, Max, QuerySet

from congtam.foundation.delivery import DeliveryState, requeue_delivery
from congtam.foundation.outbound import is_disguised_address
from congtam.foundation.public import Actor, real_clock, record
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.input.texts import direction_mark_problems
from congtam.org_units.public import is_registered_unit
from congtam.webhooks.delivering import TOPICS, create_test_delivery, previous_signing_secrets
from congtam.webhooks.models import Webhook, WebhookDelivery, WebhookHost
from congtam.webhooks.targets import check_url, resolve

LONGEST_NAME: Final = 100
MOST_SECRETS: Final = 5
OVERLAP: Final = timedelta(hours=24)
_HOST_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-:")


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    """What somebody wants to be told of, and where."""

    name: str
    url: str
    topics: Sequence[str] = TOPICS
    unit_code: str = ""


class WebhookChanged(DomainError):
    """Somebody changed the subscription since it was read."""

    code = "webhooks.changed_meanwhile"
    message = msgid("Someone else changed this subscription in the meantime. Review it, then decide.")


class SwitchedOff(DomainError):
    """Nothing is sent to a subscription that is switched off."""

    code = "webhooks.switched_off"
    message = msgid("“{name}” is switched off: switch it on first.")


def require_administrator(actor: Actor) -> None:
    """Raise NotAllowed for everybody but an administrator of the whole installation."""
    if not actor.administers_everything:
        raise NotAllowed(right="exchange.webhooks")


@transaction.atomic
def add_webhook(settings: WebhookSettings, *, actor: Actor) -> Webhook:
    """Begin to tell an address of changes; raises InputRefused, or TargetRefused for a host nobody allowed."""
    require_administrator(actor)
    _validate_settings(settings)
    webhook = Webhook.objects.create(
        key=secrets.token_hex(8),
        name=settings.name.strip()[:LONGEST_NAME],
        url=settings.url,
        topics=sorted(set(settings.topics)),
        unit_code=settings.unit_code,
        secret=secrets.token_urlsafe(32),
        created_by=actor.username,
        created_at=real_clock().now(),
    )
    record(actor, "webhook.added", kind="webhook", key=webhook.key, data=_audit_data(webhook))
    return webhook


def _audit_data(webhook: Webhook) -> dict[str, Any]:
    """What the ledger says of a subscription."""
    return {"url": _without_query(webhook.url), "topics": webhook.topics, "unit": webhook.unit_code}


def _validate_settings(settings: WebhookSettings) -> None:
    """Everything that is wrong with a wish at once; whether the host may be reached comes last."""
    problems = [*_url_problems(settings.url), *_settings_problems(settings)]
    if problems:
        raise InputRefused(problems)
    resolve(settings.url)


def _url_problems(url: str) -> Sequence[Problem]:
    try:
        check_url(url)
    except InputRefused as refused:
        return refused.problems
    return ()


def _without_query(url: str) -> str:
    """The address as the ledger keeps it: what follows the question mark may be the receiver's secret."""
    return urlsplit(url)._replace(query="").geturl()


def _settings_problems(settings: WebhookSettings) -> list[Problem]:
    problems = direction_mark_problems(settings.name, column="name")
    if not settings.name.strip():
        problems.append(Problem(code="name_missing", message=msgid("Enter a name."), column="name"))
    if not settings.topics or set(settings.topics) - set(TOPICS):
        message = msgid("Choose at least one topic: {topics}.")
        data = {"topics": ", ".join(TOPICS)}
        problems.append(Problem(code="topic_unknown", message=message, data=data, column="topics"))
    if settings.unit_code and not is_registered_unit(settings.unit_code):
        message = msgid("There is no unit {unit}.")
        data = {"unit": settings.unit_code}
        problems.append(Problem(code="unit_unknown", message=message, data=data, column="unit_code"))
    return problems


@transaction.atomic
def set_webhook_active(key: str, *, on: bool, actor: Actor, version: int | None = None) -> Webhook:
    """Stop or go on telling; what waits is kept, what happens while it is off is not told."""
    webhook = _lock_webhook(key, to=actor)
    if version is not None and version != webhook.version:
        raise WebhookChanged(key=key)
    webhook.is_active = on
    webhook.version += 1
    webhook.save(update_fields=["is_active", "version"])
    record(actor, "webhook.switched", kind="webhook", key=key, data={"on": on})
    return webhook


@transaction.atomic
def change_webhook(
    key: str, settings: WebhookSettings, *, actor: Actor, version: int | None = None
) -> Webhook:
    """Tell another address, of other topics or units; what waits goes there too. Raises as `add_webhook` does.

    ``version`` is the one the person saw; raises WebhookChanged when it is another by now.
    """
    require_administrator(actor)
    webhook = _lock_webhook(key, to=actor)
    if version is not None and version != webhook.version:
        raise WebhookChanged(key=key)
    _validate_settings(settings)
    webhook.name, webhook.url = settings.name.strip()[:LONGEST_NAME], settings.url
    webhook.topics, webhook.unit_code = sorted(set(settings.topics)), settings.unit_code
    webhook.version += 1
    webhook.save(update_fields=["name", "url", "topics", "unit_code", "version"])
    record(actor, "webhook.changed", kind="webhook", key=webhook.key, data=_audit_data(webhook))
    return webhook


@transaction.atomic
def rotate_secret(key: str, *, actor: Actor, overlap: timedelta = OVERLAP) -> Webhook:
    """Sign with a new secret from now on, and with the old one besides while the receiver takes up the new."""
    webhook = _lock_webhook(key, to=actor)
    replaced = {"secret": webhook.secret, "until": (real_clock().now() + overlap).isoformat()}
    webhook.previous_secrets = [replaced, *previous_signing_secrets(webhook)][:MOST_SECRETS]
    webhook.secret = secrets.token_urlsafe(32)
    webhook.save(update_fields=["previous_secrets", "secret"])
    data = {"overlap_hours": overlap.total_seconds() / 3600}
    record(actor, "webhook.secret_rotated", kind="webhook", key=key, data=data)
    return webhook


@transaction.atomic
def send_test(key: str, *, actor: Actor) -> WebhookDelivery:
    """Send a message that says nothing, to try out the receiver; raises SwitchedOff."""
    webhook = _lock_webhook(key, to=actor)
    if not webhook.is_active:
        raise SwitchedOff(name=webhook.name)
    delivery = create_test_delivery(webhook)
    record(actor, "webhook.tested", kind="webhook", key=key, data={"delivery": delivery.code})
    return delivery


@transaction.atomic
def resend(key: str, code: str, *, actor: Actor) -> WebhookDelivery:
    """Let a message that was given up, or taken, be sent once more under its code."""
    delivery = WebhookDelivery.objects.select_for_update().get(pk=get_delivery(key, code, to=actor).pk)
    requeue_delivery(delivery)
    record(actor, "webhook.resent", kind="webhook", key=key, data={"delivery": code})
    return delivery


@transaction.atomic
def allow_host(host: str, *, may_be_private: bool, actor: Actor) -> WebhookHost:
    """Let messages go to a host; also inside the network and on this machine with ``may_be_private``."""
    require_administrator(actor)
    name = host.strip().lower()
    if not name or not set(name) <= _HOST_SIGNS or is_disguised_address(name):
        message = msgid("Enter a host name, such as hub.example.vn.")
        raise InputRefused([Problem(code="host_malformed", message=message, column="host")])
    allowed, _ = WebhookHost.objects.update_or_create(
        host=name,
        defaults={
            "may_be_private": may_be_private,
            "allowed_by": actor.username,
            "allowed_at": real_clock().now(),
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


def list_webhooks(*, to: Actor) -> list[Webhook]:
    """All subscriptions, for an administrator."""
    require_administrator(to)
    return list(Webhook.objects.order_by("name", "pk"))


@dataclass(frozen=True, kw_only=True)
class WebhookSummary:
    """A subscription with how far its messages have come."""

    webhook: Webhook
    waiting: int
    given_up: int
    last_done_at: datetime | None


def webhook_summaries(*, to: Actor) -> list[WebhookSummary]:
    """All subscriptions with what waits and what was given up, for an administrator."""
    visible = list_webhooks(to=to)
    rows = WebhookDelivery.objects.values_list("webhook", "state").annotate(Count("pk"), Max("done_at"))
    by_state = {(key, state): (count, done_at) for key, state, count, done_at in rows.order_by()}
    no_deliveries: tuple[int, datetime | None] = (0, None)
    return [
        WebhookSummary(
            webhook=one,
            waiting=by_state.get((one.pk, DeliveryState.WAITING), no_deliveries)[0],
            given_up=by_state.get((one.pk, DeliveryState.GIVEN_UP), no_deliveries)[0],
            last_done_at=by_state.get((one.pk, DeliveryState.SENT), no_deliveries)[1],
        )
        for one in visible
    ]


def list_allowed_hosts(*, to: Actor) -> list[WebhookHost]:
    """The hosts that are allowed, for an administrator."""
    require_administrator(to)
    return list(WebhookHost.objects.order_by("host"))


def _lock_webhook(key: str, *, to: Actor) -> Webhook:
    return Webhook.objects.select_for_update().get(pk=get_webhook(key, to=to).pk)


def list_deliveries(
    key: str, *, to: Actor, state: str = "", subject_key: str = "", before: str = ""
) -> QuerySet[WebhookDelivery]:
    """What was sent to a subscriber, the latest first; ``subject_key`` a dossier's code, ``before`` a delivery's."""
    webhook = get_webhook(key, to=to)
    rows = webhook.deliveries.order_by("-created_at", "-pk")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(key=subject_key) if subject_key else rows
    last = webhook.deliveries.filter(code=before).first() if before else None
    if before and last is None:
        raise NotFound(kind="delivery", key=before)
    if last is None:
        return rows
    return rows.filter(created_at__lte=last.created_at).exclude(created_at=last.created_at, pk__gte=last.pk)


def get_delivery(key: str, code: str, *, to: Actor) -> WebhookDelivery:
    """One message to a subscriber, for an administrator."""
    delivery = get_webhook(key, to=to).deliveries.filter(code=code).first()
    if delivery is None:
        raise NotFound(kind="delivery", key=code)
    return delivery


def get_webhook(key: str, *, to: Actor) -> Webhook:
    """One subscription, for an administrator."""
    require_administrator(to)
    webhook = Webhook.objects.filter(key=key).first()
    if webhook is None:
        raise NotFound(kind="webhook", key=key)
    return webhook
