"""What is stored beside what a file holds (đối chiếu hồ sơ đã lưu với tệp): codes for imports, rows for who may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from congtam.dossiers.models import Dossier
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor

_CHUNK: Final = 1000


@dataclass(frozen=True, kw_only=True)
class StoredLine:
    """A stored dossier in one line, without who applies (dòng hồ sơ đã lưu)."""

    code: str
    source_code: str
    unit_code: str
    procedure_code: str
    procedure_name: str
    received_at: datetime
    time_zone: str
    state: str
    import_key: str


_COLUMNS: Final = tuple(StoredLine.__dataclass_fields__)


def codes_of_imports(import_keys: Collection[str], *, since: datetime, before: datetime) -> Iterator[str]:
    """The codes of dossiers that these imports stored and that were received in a span, in no order.

    For a store that was allowed for the unit of these imports: it asks nobody's right.
    """
    stored = Dossier.objects.filter(
        import_key__in=list(import_keys), received_at__gte=since, received_at__lt=before
    )
    yield from stored.order_by().values_list("code", flat=True).iterator(chunk_size=100 * _CHUNK)


def stored_lines(codes: Sequence[str], *, to: Actor) -> Iterator[StoredLine]:
    """Of these codes those that are still stored and that the actor may see, in the order of the codes."""
    for start in range(0, len(codes), _CHUNK):
        chunk = codes[start : start + _CHUNK]
        rows = visible_to(to).filter(code__in=chunk).values_list(*_COLUMNS)
        by_code = {row[0]: StoredLine(**dict(zip(_COLUMNS, row, strict=True))) for row in rows}
        yield from (by_code[code] for code in chunk if code in by_code)
