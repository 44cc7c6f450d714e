"""Rewriting streams that hold personal values, once (viết lại chuỗi nhật ký): before anything is anchored.

A line can never be erased, so what earlier versions wrote of persons as a plain digest is put under the person's key.
The old stream is closed; the new one has the same lines at the same positions, and then a line that names the old
stream with its head and size. Rooms say what is wrong in their lines and how it is mended (`declare_rewriting`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from congtam.foundation.audit import base_stream, record
from congtam.foundation.domain import chain
from congtam.foundation.domain.roles import Actor
from congtam.foundation.installation import installation_notes, set_installation_notes
from congtam.foundation.models import AuditEntry, LedgerLeaf, LedgerSuccession
from congtam.foundation.sealing import Alteration
from congtam.foundation.time import real_clock
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.progress import Advance, ignore_advance

Rewrite = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
"""Lines as they are sealed, in order; the same lines without personal values."""
REWRITTEN: Final = "ledger.stream_rewritten"
_DONE: Final = "ledger_rewriting"
_EDITION: Final = 1
_CHUNK: Final = 5000
_PENDING: Final = (
    "SELECT DISTINCT stream FROM foundation_auditentry WHERE kind = %s AND (text ~ %s OR key ~ %s)"
)
_DRAFT: Final = (
    "CREATE TEMPORARY TABLE IF NOT EXISTS foundation_rewritten"
    " (id bigint, key text, text text, previous_hash text, hash text) ON COMMIT DROP;"
    " TRUNCATE foundation_rewritten"
)
_REPLACE: Final = (
    "UPDATE foundation_auditentry a SET stream = %s, key = r.key, text = r.text,"
    " previous_hash = r.previous_hash, hash = r.hash FROM foundation_rewritten r WHERE r.id = a.id"
)
NEVER: Final = "a^"
"""A pattern that nothing matches."""


class LedgerAnchored(DomainError):
    """Lines that were anchored are never rewritten."""

    code = "ledger.anchored"
    message = msgid("Stream {stream} is anchored already and cannot be rewritten.")


@dataclass(frozen=True, kw_only=True)
class Rewriting:
    """What is wrong in the lines of one kind: regular expressions of PostgreSQL, and the mending."""

    kind: str
    text_pattern: str = NEVER
    key_pattern: str = NEVER
    rewrite: Rewrite


_rewritings: dict[str, Rewriting] = {}


def declare_rewriting(rewriting: Rewriting) -> None:
    """Have the lines of a kind mended when the ledger is rewritten."""
    _rewritings[rewriting.kind] = rewriting


def pending_streams() -> list[str]:
    """The streams that still hold personal values; looked for once, for nothing writes such lines any more."""
    if installation_notes().get(_DONE) == _EDITION:
        return []
    streams: set[str] = set()
    with connection.cursor() as cursor:
        for each in _rewritings.values():
            cursor.execute(_PENDING, [each.kind, each.text_pattern, each.key_pattern])
            streams |= {stream for (stream,) in cursor.fetchall()}
    if not streams:
        set_installation_notes(**{_DONE: _EDITION})
    return sorted(streams)


def rewrite_ledger(*, actor: Actor, advance: Advance = ignore_advance) -> list[str]:
    """Rewrite every stream that holds personal values, each in a transaction of its own; which they were.

    Nothing else is written to the ledger meanwhile. May be broken off and run again.
    """
    streams = pending_streams()
    for done, stream in enumerate(streams, start=1):
        _rewrite_stream(stream, actor=actor)
        advance(done, len(streams))
    if streams:
        pending_streams()
    return streams


@transaction.atomic
def _rewrite_stream(stream: str, *, actor: Actor) -> None:
    base = base_stream(stream)
    with connection.cursor() as cursor:
        # In the order of those who append: first the stream, then the table.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('audit:' || %s, 0))", [base])
        cursor.execute("LOCK TABLE foundation_auditentry IN SHARE ROW EXCLUSIVE MODE")
        entries = AuditEntry.objects.filter(stream=stream)
        if LedgerLeaf.objects.filter(entry__in=entries.values("pk")).exists():
            raise LedgerAnchored(stream=stream)
        last = entries.order_by("-position").first()
        if last is None:
            return
        successor = f"{base}~{int(stream.partition('~')[2] or 1) + 1}"
        _write_draft(cursor, stream, _rewritings[last.kind].rewrite)
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER audit_append_only")
        cursor.execute(_REPLACE, [successor])
        cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER audit_append_only")
    LedgerSuccession.objects.filter(stream=base).delete()
    LedgerSuccession.objects.create(
        stream=base, successor=successor, head=last.hash, size=last.position, closed_at=real_clock().now()
    )
    data = {"stream": stream, "head": last.hash, "size": last.position}
    record(actor, REWRITTEN, kind=last.kind, key=stream, unit_code=last.unit_code, data=data)


def _write_draft(cursor: Any, stream: str, rewrite: Rewrite) -> None:
    """The lines of the stream as they shall read, chained anew."""
    cursor.execute(_DRAFT)
    previous_hash = chain.GENESIS
    copy_statement = "COPY foundation_rewritten (id, key, text, previous_hash, hash) FROM STDIN"
    for keys, entries in _chunks(stream):
        mended = rewrite(entries)
        with cursor.copy(copy_statement) as copy:
            for key, entry in zip(keys, mended, strict=True):
                text = chain.canonical_json(entry)
                sealed = chain.entry_hash(previous_hash, text)
                copy.write_row((key, entry["key"], text, previous_hash, sealed))
                previous_hash = sealed


def _chunks(stream: str) -> Iterator[tuple[Sequence[int], list[dict[str, Any]]]]:
    after = 0
    rows = AuditEntry.objects.filter(stream=stream).order_by("position")
    while chunk := list(rows.filter(position__gt=after).values_list("pk", "text", "position")[:_CHUNK]):
        after = chunk[-1][2]
        yield [key for key, _text, _position in chunk], [json.loads(text) for _key, text, _position in chunk]


def succession_faults() -> Iterator[Alteration]:
    """Streams that continue another one without a line that names its head."""
    named = {
        (json.loads(text)["data"]["head"], stream)
        for stream, text in AuditEntry.objects.filter(verb=REWRITTEN).values_list("stream", "text")
    }
    successions = {row.successor: row.head for row in LedgerSuccession.objects.all()}
    continued = AuditEntry.objects.filter(stream__contains="~").values_list("stream", flat=True)
    for stream in sorted({*continued.distinct(), *successions}):
        if (successions.get(stream), stream) not in named:
            fault = msgid("it continues another stream, and no line names the head of that")
            yield Alteration(code=stream, fault=fault)
