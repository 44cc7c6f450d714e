"""Reading the ledger as an administrator (xem nhật ký): each search and each export is itself on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from congtam.administration.permissions import require_administrator
from congtam.foundation.ledger_search import LedgerEntry, LedgerQuery, find_lines, has_more_than, walk_lines
from congtam.foundation.public import Actor, record
from congtam.kernel.errors import DomainError, msgid

PAGE: Final = 50
MOST_EXPORTED: Final = 200_000


class TooManyLines(DomainError):
    """A file of so many lines is not written."""

    code = "ledger.too_many_lines"
    message = msgid("More than {most} lines match. Choose a shorter period or another filter.")


def search_ledger(query: LedgerQuery, *, actor: Actor, before: int | None = None) -> list[LedgerEntry]:
    """A page of lines, the newest first, and one more where there are more.

    The first page of each search is recorded; the pages after it belong to the same search.
    """
    require_administrator(actor)
    lines = find_lines(query, before=before, limit=PAGE + 1)
    if before is None:
        record(actor, "ledger.searched", kind="ledger", key="search", data=_as_data(query))
    return lines


def export_ledger(query: LedgerQuery, *, form: str, actor: Actor) -> Iterator[LedgerEntry]:
    """All lines that match, for a file; recorded before the first is read. Raises TooManyLines."""
    require_administrator(actor)
    if has_more_than(query, MOST_EXPORTED):
        raise TooManyLines(most=MOST_EXPORTED)
    record(actor, "ledger.exported", kind="ledger", key="export", data={**_as_data(query), "form": form})
    return walk_lines(query, most=MOST_EXPORTED)


def _as_data(query: LedgerQuery) -> Mapping[str, Any]:
    """The filters for the ledger; words that were searched for stay out, they could name a person."""
    data: dict[str, Any] = {
        name: value for name in ("kind", "key", "actor", "verb") if (value := getattr(query, name))
    }
    if query.since:
        data["from"] = query.since.isoformat()
    if query.until:
        data["until"] = query.until.isoformat()
    return data | ({"by_text": True} if query.text else {})
