"""Appending to the audit ledger and checking that nobody changed it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, starmap
from operator import attrgetter
from typing import Any, NamedTuple, Required, TypedDict, Unpack

from congtam.foundation.domain import chain
from congtam.foundation.domain.roles import Actor
from congtam.foundation.models import AuditEntry
from congtam.foundation.statements import SqlStatement, execute
from congtam.foundation.time import clock, has_own_clock, real_clock
from congtam.kernel.errors import msgid
from congtam.kernel.progress import Advance, ignore_advance, with_progress

_AT_ONCE = 500
"""Lines that go to the database together."""
_APPEND = "SELECT foundation_append_audit(%s, %s, %s, %s, %s, %s, %s, %s)"


class AuditFields(TypedDict, total=False):
    """What a line says besides who did what: which subject, which unit, and its digests before and after."""

    kind: Required[str]
    key: Required[str]
    unit_code: str
    data: Mapping[str, Any] | None
    before: str | None
    after: str | None


def record(actor: Actor, verb: str, **fields: Unpack[AuditFields]) -> None:
    """Append one line to the ledger (ghi nhật ký), in the caller's transaction.

    A line has the real instant, and ``domain_at`` where the offices' clock is another one: in a demonstration.
    Lines of one kind of subject and one unit form one chain. The chain's lock is held until the transaction ends,
    so call this last in an action.
    """
    execute(audit_statement(actor, verb, **fields))


def record_all(actor: Actor, verb: str, *, kind: str, data_by_key: Mapping[str, Mapping[str, Any]]) -> None:
    """Append a line for each of many subjects of no unit, in few round trips; as ``record`` otherwise."""
    statements = [
        audit_statement(actor, verb, kind=kind, key=key, data=data) for key, data in data_by_key.items()
    ]
    for start in range(0, len(statements), _AT_ONCE):
        execute(*statements[start : start + _AT_ONCE])


def audit_statement(actor: Actor, verb: str, **fields: Unpack[AuditFields]) -> SqlStatement:
    """The statement that appends one line to the ledger."""
    at, kind, key, unit_code = real_clock().now(), fields["kind"], fields["key"], fields.get("unit_code", "")
    stream = stream_of(kind, unit_code)
    entry: dict[str, Any] = {
        "actor": actor.username,
        "at": at.isoformat(),
        "kind": kind,
        "key": key,
        "unit": unit_code,
        "verb": verb,
    }
    optional = {name: fields.get(name) for name in ("data", "before", "after")}
    optional["domain_at"] = clock().now().isoformat() if has_own_clock() else None
    entry.update({name: value for name, value in optional.items() if value is not None})
    text = chain.canonical_json(entry)
    return SqlStatement(_APPEND, (stream, at, actor.username, verb, kind, key, unit_code, text))


class _StoredLine(NamedTuple):
    """One line of the ledger as stored."""

    stream: str
    position: int
    at: datetime
    actor: str
    verb: str
    kind: str
    key: str
    unit_code: str
    text: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One line of the ledger as a page shows it (dòng nhật ký)."""

    at: datetime
    """The real instant at which it was written."""
    domain_at: datetime
    """The instant by the offices' clock; another one only in a demonstration."""
    actor: str
    verb: str
    data: Mapping[str, Any]


def lines_about(kind: str, key: str, *, limit: int = 200) -> list[LedgerLine]:
    """What was done with one subject, newest first; the caller checks whether it may be seen."""
    rows = AuditEntry.objects.filter(kind=kind, key=key).order_by("-at", "-pk")[:limit]
    return [_ledger_line(row) for row in rows]


def _ledger_line(row: AuditEntry) -> LedgerLine:
    sealed = json.loads(row.text)
    return LedgerLine(
        at=row.at,
        domain_at=domain_instant(sealed, row.at),
        actor=row.actor,
        verb=row.verb,
        data=sealed.get("data", {}),
    )


def domain_instant(sealed: Mapping[str, Any], at: datetime) -> datetime:
    """When it happened by the offices' clock: as the sealed text says, else at the real instant."""
    return datetime.fromisoformat(sealed["domain_at"]) if "domain_at" in sealed else at


def newest_sealed_entries(
    kind: str, keys: Sequence[str], *, with_after: bool = False
) -> dict[str, dict[str, Any]]:
    """The sealed text of the newest line about each subject; ``with_after`` takes only lines with a digest after."""
    rows = AuditEntry.objects.filter(kind=kind, key__in=list(keys))
    if with_after:
        rows = rows.filter(text__contains='"after":')
    newest = rows.order_by("key", "-pk").distinct("key")
    return {key: json.loads(text) for key, text in newest.values_list("key", "text")}


def recorded_keys(verb: str, *, kind: str) -> Iterator[str]:
    """The keys of the subjects with which something was done, each once."""
    rows = AuditEntry.objects.filter(kind=kind, verb=verb).order_by("key").values_list("key", flat=True)
    return rows.distinct().iterator(chunk_size=5000)


def find_breaks(advance: Advance = ignore_advance) -> Iterator[tuple[str, chain.Break]]:
    """Every broken place of every chain, as (stream, what is wrong where); nothing when the ledger is whole."""
    lines = with_progress(_stored_lines(), advance, count=AuditEntry.objects.count)
    for stream, entries in groupby(lines, key=attrgetter("stream")):
        odd: list[chain.Break] = []
        for chain_break in chain.find_breaks(_links(entries, odd)):
            yield stream, chain_break
        for chain_break in odd:
            yield stream, chain_break


def _stored_lines() -> Iterator[_StoredLine]:
    """All lines, chain after chain, as plain values: a model of each would take twice as long."""
    rows = AuditEntry.objects.order_by("stream", "position").values_list(*_StoredLine._fields)
    return starmap(_StoredLine, rows.iterator(chunk_size=5000))


def _links(entries: Iterable[_StoredLine], odd: list[chain.Break]) -> Iterator[chain.Link]:
    """The entries as links; those whose columns no longer say what their sealed text says are put on the list."""
    for entry in entries:
        if not _matches_sealed_text(entry):
            odd.append(
                chain.Break(position=entry.position, fault=msgid("its columns differ from the sealed text"))
            )
        yield chain.Link(
            position=entry.position, text=entry.text, previous_hash=entry.previous_hash, hash=entry.hash
        )


def _matches_sealed_text(entry: _StoredLine) -> bool:
    """Whether the columns, which anybody with the database can change, say what the sealed text says."""
    columns = (entry.at, entry.actor, entry.verb, entry.kind, entry.key, entry.unit_code)
    try:
        sealed = json.loads(entry.text)
        texts = (sealed[name] for name in ("actor", "verb", "kind", "key", "unit"))
        is_same = columns == (datetime.fromisoformat(sealed["at"]), *texts)
    except (ValueError, KeyError, TypeError):
        return False
    return is_same and base_stream(entry.stream) == stream_of(entry.kind, entry.unit_code)


def stream_of(kind: str, unit_code: str) -> str:
    """The chain of the lines of one kind of subject and one unit."""
    return f"{kind}@{unit_code}" if unit_code else kind


def base_stream(stream: str) -> str:
    """The name without the generation that a rewritten stream has, as ``dossier@024~2``."""
    return stream.partition("~")[0]
