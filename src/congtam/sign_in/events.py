"""Recording what happens at sign-in, and reading it again (ghi và xem nhật ký đăng nhập)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from congtam.foundation.public import Account, Actor, actor_for, real_clock, record
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import DAY
from congtam.sign_in.models import AccountEvent, EventKind
from congtam.sign_in.policy import require_administrator

RETENTION: Final = timedelta(days=365)
PAGE: Final = 50
MOST_EXPORTED: Final = 100_000
_READ_ONCE: Final = timedelta(hours=1)
_IN_LEDGER: Final = frozenset(EventKind) - {
    EventKind.WRONG_PASSWORD,
    EventKind.WRONG_CODE,
    EventKind.THROTTLED,
    EventKind.ACCOUNT_LOCKED,
    EventKind.IDENTITY_REFUSED,
    EventKind.PERSONS_READ,
}
"""What changes something; strangers could fill the ledger with the rest, and nothing is ever removed from it."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """From where somebody comes (nguồn truy cập)."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class EventQuery:
    """Which events are looked for; an empty field leaves all."""

    account: str = ""
    kind: str = ""
    address: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def note_event(
    kind: EventKind,
    account: Account | None,
    *,
    visitor: Visitor,
    method: str = "",
    subject: str = "",
    actor: Actor | None = None,
) -> None:
    """Record an event; what changes something has a line in the ledger too, without address and device."""
    AccountEvent.objects.create(
        at=real_clock().now(),
        kind=kind,
        account=account,
        method=method[:60],
        subject=subject[:100],
        address=visitor.address[:50],
        agent=visitor.agent[:300],
    )
    if account is None or kind not in _IN_LEDGER:
        return
    data = {"method": method} if method else None
    record(
        actor or actor_for(account),
        f"sign_in.{kind.value}",
        kind="sign_in",
        key=account.username,
        data=data,
    )


def note_reading(account: Account, subject: str, *, visitor: Visitor) -> None:
    """Record that somebody read the personal data of a dossier or filing, once an hour (đọc dữ liệu cá nhân)."""
    now = real_clock().now()
    read = AccountEvent.objects.filter(
        account=account, kind=EventKind.PERSONS_READ, subject=subject, at__gt=now - _READ_ONCE
    )
    if not read.exists():
        note_event(EventKind.PERSONS_READ, account, visitor=visitor, subject=subject)


def own_events(account: Account, *, limit: int = PAGE) -> list[AccountEvent]:
    """What happened with one's own account, the newest first."""
    return list(AccountEvent.objects.filter(account=account).order_by("-at", "-pk")[:limit])


def find_events(query: EventQuery, *, actor: Actor, before: int | None = None) -> list[AccountEvent]:
    """A page of events for an administrator, the newest first, and one more where there are more."""
    require_administrator(actor)
    rows = _matching(query)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    else:
        record(actor, "sign_in.searched", kind="sign_in", key="search", data=_as_data(query))
    return list(rows[: PAGE + 1])


@transaction.atomic
def export_events(query: EventQuery, *, form: str, actor: Actor) -> Iterator[AccountEvent]:
    """All events that match, for a file; recorded before the first is read."""
    require_administrator(actor)
    record(actor, "sign_in.exported", kind="sign_in", key="export", data={**_as_data(query), "form": form})
    return _matching(query)[:MOST_EXPORTED].iterator(chunk_size=2000)


def forget_old_events() -> int:
    """Remove events older than a year (xóa nhật ký đăng nhập cũ); how many there were."""
    return int(AccountEvent.objects.filter(at__lt=real_clock().now() - RETENTION).delete()[0])


def _matching(query: EventQuery) -> QuerySet[AccountEvent]:
    rows = AccountEvent.objects.select_related("account").order_by("-pk")
    if query.account:
        rows = rows.filter(account__username=query.account)
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.address:
        rows = rows.filter(address=query.address)
    if query.since:
        rows = rows.filter(at__gte=_midnight(query.since))
    if query.until:
        rows = rows.filter(at__lt=_midnight(query.until + DAY))
    return rows


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)


def _as_data(query: EventQuery) -> dict[str, str | bool]:
    """The filters for the ledger; an address is a person's and stays out."""
    data: dict[str, str | bool] = {
        name: value for name in ("account", "kind") if (value := getattr(query, name))
    }
    for name, day in (("from", query.since), ("until", query.until)):
        if day:
            data[name] = day.isoformat()
    return data | ({"by_address": True} if query.address else {})
