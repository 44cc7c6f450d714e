"""The ledger as .csv and .xlsx (xuất nhật ký)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from congtam.administration.ledger.wording import kind_text, verb_text
from congtam.foundation.ledger_search import LedgerEntry
from congtam.foundation.public import has_own_clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.spreadsheets import INERT_OPTIONS, XLSX_TYPE, guard_formula

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX_TYPE,
}
_WIDTHS: Final = (20, 22, 26, 30, 16, 34, 12, 60, 24, 10, 20)


def write_lines(path: Path, lines: Iterable[LedgerEntry], *, form: str) -> int:
    """Write the lines; how many there were."""
    return _write_xlsx(path, lines) if form == "xlsx" else _write_csv(path, lines)


def _column_headings() -> list[str]:
    return [
        _("Time"),
        _("Account"),
        _("Verb"),
        _("What was done"),
        _("Kind"),
        _("Subject"),
        _("Unit"),
        _("Details"),
        _("Stream"),
        _("Position"),
        *([_("Time in the demonstration")] if has_own_clock() else []),
    ]


def _row_values(line: LedgerEntry) -> Sequence[Any]:
    details = json.dumps(dict(line.data), ensure_ascii=False, sort_keys=True) if line.data else ""
    words = (
        line.actor,
        line.verb,
        verb_text(line.verb),
        kind_text(line.kind),
        line.key,
        line.unit_code,
        details,
    )
    in_story = [f"{_local_naive_time(line.domain_at):%d/%m/%Y %H:%M:%S}"] if has_own_clock() else []
    return (_local_naive_time(line.at), *words, line.stream, line.position, *in_story)


def _write_csv(path: Path, lines: Iterable[LedgerEntry]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_column_headings())
        for line in lines:
            at, *rest = _row_values(line)
            writer.writerow([at.strftime("%d/%m/%Y %H:%M:%S"), *map(guard_formula, rest)])
            count += 1
    return count


def _write_xlsx(path: Path, lines: Iterable[LedgerEntry]) -> int:
    """Texts are texts: none is run as a formula."""
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "tmpdir": str(path.parent), **INERT_OPTIONS}
    )
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    for at, heading in enumerate(_column_headings()):
        sheet.write_string(0, at, heading, bold)
    count = 0
    for count, line in enumerate(lines, start=1):
        at, *rest = _row_values(line)
        sheet.write_datetime(count, 0, at, moment)
        for column, value in enumerate(rest, start=1):
            if isinstance(value, int):
                sheet.write_number(count, column, value)
            else:
                sheet.write_string(count, column, str(value)[:32_000])
    book.close()
    return count


def _local_naive_time(instant: datetime) -> datetime:
    """A spreadsheet knows no zones: the hour of Vietnam."""
    return instant.astimezone(LOCAL).replace(tzinfo=None)
