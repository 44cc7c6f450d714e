"""Dossiers that earlier imports of a source stored and a file lacks (hồ sơ vắng trong tệp): listed, never removed.

A source that exports everything again and again may drop dossiers without a word. What is compared: dossiers that
imports with the same mapping for the same unit stored, received within the days that the file covers. A file of
refused rows, and one that holds less than half of these dossiers, is a part of an export: its gaps mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from congtam.dossiers.storing.public import codes_of_imports
from congtam.imports.models import Import, ImportState

_DAY: Final = timedelta(days=1)


@dataclass(kw_only=True)
class FileCodes:
    """The codes that stand in a file (mã hồ sơ có trong tệp), of refused rows too."""

    stored: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    unreadable: int = 0
    """Rows whose code could not be read."""
    is_part: bool = False
    """Whether the file is one of refused rows."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """What a file lacks of what earlier imports stored in the days it covers (kết quả đối chiếu)."""

    first_day: date
    last_day: date
    earlier: int
    """How many dossiers earlier imports stored in these days."""
    codes: tuple[str, ...]
    """Those of them that are not in the file, in order; empty for a part of an export."""
    is_part: bool
    unreadable: int
    last_import: str
    """The key of the import before."""

    def serialize(self) -> dict[str, Any]:
        """For the report; the codes are a file of their own."""
        return {
            "count": len(self.codes),
            "earlier": self.earlier,
            "is_part": self.is_part,
            "unreadable": self.unreadable,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "last_import": self.last_import,
        }


def is_partial_export(*, earlier: int, absent: int) -> bool:
    """Whether a file holds so little of what was stored that it cannot be a whole export.

    >>> is_partial_export(earlier=10, absent=5), is_partial_export(earlier=10, absent=6)
    (False, True)
    """
    return 2 * absent > earlier


def find_dossiers_absent_from_file(
    codes: FileCodes,
    *,
    imports: Sequence[str],
    received: tuple[datetime, datetime] | None,
    time_zone: str,
) -> Absence | None:
    """Compare a file with what ``imports`` stored, the latest last; None where there is nothing to compare."""
    if codes.is_part or not imports or received is None:
        return None
    zone = ZoneInfo(time_zone)
    first_day, last_day = (instant.astimezone(zone).date() for instant in received)
    since, before = (
        datetime.combine(first_day, time(0), zone),
        datetime.combine(last_day + _DAY, time(0), zone),
    )
    earlier, absent = 0, []
    for code in codes_of_imports(imports, since=since, before=before):
        earlier += 1
        if code not in codes.stored and code not in codes.refused:
            absent.append(code)
    if not earlier:
        return None
    is_part = is_partial_export(earlier=earlier, absent=len(absent))
    return Absence(
        first_day=first_day,
        last_day=last_day,
        earlier=earlier,
        codes=() if is_part else tuple(sorted(absent)),
        is_part=is_part,
        unreadable=codes.unreadable,
        last_import=imports[-1],
    )


def imports_to_compare(mapping_name: str, unit_code: str, *, before: str) -> list[str]:
    """The keys of the imports of a source for a unit that are stored, the latest last; ``before`` is left out."""
    stored = Import.objects.filter(mapping_name=mapping_name, unit_code=unit_code, state=ImportState.DONE)
    return list(stored.exclude(key=before).order_by("created_at", "pk").values_list("key", flat=True))
