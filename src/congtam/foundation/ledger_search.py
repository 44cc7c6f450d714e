"""Reading the ledger by subject, actor, time, verb and text (tra cứu nhật ký); the right is asked by the caller."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from congtam.foundation.audit import domain_instant
from congtam.foundation.models import AuditEntry
from congtam.foundation.patience import patience
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, msgid

_PATIENCE_SECONDS: Final = 8
_RECENT: Final = 3000
_KINDS: Final = """
WITH RECURSIVE each (kind) AS (
    (SELECT kind FROM foundation_auditentry ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM foundation_auditentry WHERE kind > each.kind ORDER BY kind LIMIT 1)
    FROM each WHERE each.kind IS NOT NULL
) SELECT kind FROM each WHERE kind IS NOT NULL
"""


class LedgerSearchTooWide(DomainError):
    """Too many lines would have to be read."""

    code = "ledger.search_too_wide"
    message = msgid("This search takes too long. Enter a subject, a person or a shorter period.")


@dataclass(frozen=True, kw_only=True)
class LedgerQuery:
    """Which lines are looked for (điều kiện tra cứu); an empty field leaves all."""

    kind: str = ""
    key: str = ""
    actor: str = ""
    verb: str = ""
    """A verb, or its beginning with a dot at the end (``account.``)."""
    text: str = ""
    """Words of the sealed text, in upper or lower case."""
    since: date | None = None
    until: date | None = None
    """The last day, included."""


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One line with its whole content (dòng nhật ký)."""

    id: int
    at: datetime
    domain_at: datetime
    """The instant by the offices' clock; another one only in a demonstration."""
    actor: str
    verb: str
    kind: str
    key: str
    unit_code: str
    stream: str
    position: int
    data: Mapping[str, Any]
    before: str
    after: str


def find_lines(query: LedgerQuery, *, before: int | None = None, limit: int) -> list[LedgerEntry]:
    """The newest lines first, those before a line if one is named; raises LedgerSearchTooWide after some seconds."""
    rows = _matching_entries(query).order_by("-at", "-pk")
    if before is not None and (last := AuditEntry.objects.filter(pk=before).first()) is not None:
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    with patience(_PATIENCE_SECONDS, LedgerSearchTooWide):
        return [_ledger_entry(row) for row in rows[:limit]]


def has_more_than(query: LedgerQuery, count: int) -> bool:
    """Whether more lines match; raises LedgerSearchTooWide after some seconds."""
    with patience(_PATIENCE_SECONDS, LedgerSearchTooWide):
        return _matching_entries(query).order_by("-at", "-pk").values("pk")[count : count + 1].exists()


def walk_lines(query: LedgerQuery, *, most: int) -> Iterator[LedgerEntry]:
    """The same for a file, in blocks, up to so many lines."""
    before, left = None, most
    while left > 0 and (block := find_lines(query, before=before, limit=min(left, 2000))):
        yield from block
        before, left = block[-1].id, left - len(block)


def ledger_kinds() -> list[str]:
    """Of what kinds of subject the ledger speaks; read from the index, not from the lines."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [row[0] for row in cursor.fetchall()]


def recent_verbs() -> list[str]:
    """The verbs of the newest lines, to choose from."""
    newest = AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:_RECENT]
    return sorted(set(newest))


def _matching_entries(query: LedgerQuery) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.all()
    if query.key:
        # The index begins with the kind: a key alone is looked for in each of the few kinds.
        rows = rows.filter(kind__in=[query.kind] if query.kind else ledger_kinds(), key=query.key)
    elif query.kind:
        rows = rows.filter(kind=query.kind)
    if query.actor:
        rows = rows.filter(actor=query.actor)
    if query.verb:
        rows = (
            rows.filter(verb__startswith=query.verb)
            if query.verb.endswith(".")
            else rows.filter(verb=query.verb)
        )
    if query.text:
        rows = rows.filter(text__icontains=query.text)
    if query.since:
        rows = rows.filter(at__gte=datetime.combine(query.since, time.min, tzinfo=LOCAL))
    if query.until:
        rows = rows.filter(at__lte=datetime.combine(query.until, time.max, tzinfo=LOCAL))
    return rows


def _ledger_entry(row: AuditEntry) -> LedgerEntry:
    sealed = json.loads(row.text)
    return LedgerEntry(
        id=row.pk,
        at=row.at,
        domain_at=domain_instant(sealed, row.at),
        actor=row.actor,
        verb=row.verb,
        kind=row.kind,
        key=row.key,
        unit_code=row.unit_code,
        stream=row.stream,
        position=row.position,
        data=sealed.get("data") or {},
        before=sealed.get("before") or "",
        after=sealed.get("after") or "",
    )
