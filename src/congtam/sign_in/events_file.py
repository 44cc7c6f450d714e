"""Sign-ins as .csv and .xlsx (xuất nhật ký đăng nhập)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _

from congtam.kernel.clock import LOCAL
from congtam.kernel.spreadsheets import INERT_OPTIONS, XLSX_TYPE, guard_formula
from congtam.sign_in.models import AccountEvent, EventKind

MEDIA_TYPES: Final = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}
Row = tuple[datetime, list[str]]


def write_events(
    path: Path, events: Iterable[AccountEvent], *, form: str, method_text: Callable[[str], str]
) -> None:
    """Write the events; instants are Vietnam's."""
    write = _write_xlsx if form == "xlsx" else _write_csv
    write(path, _rows(events, method_text))


def _headings() -> list[str]:
    return [_("Time"), _("Event"), _("User name"), _("Method"), _("Subject"), _("Address"), _("Browser")]


def _rows(events: Iterable[AccountEvent], method_text: Callable[[str], str]) -> Iterator[Row]:
    for event in events:
        at = event.at.astimezone(LOCAL).replace(tzinfo=None)
        username = event.account.username if event.account else ""
        kind, how = str(EventKind(event.kind).label), method_text(event.method)
        yield at, [kind, username, how, event.subject, event.address, event.agent]


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_headings())
        for at, texts in rows:
            writer.writerow([at.strftime("%d/%m/%Y %H:%M:%S"), *map(guard_formula, texts)])


def _write_xlsx(path: Path, rows: Iterable[Row]) -> None:
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "tmpdir": str(path.parent), **INERT_OPTIONS}
    )
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 6, 22)
    for column, heading in enumerate(_headings()):
        sheet.write_string(0, column, heading, bold)
    for line, (at, texts) in enumerate(rows, start=1):
        sheet.write_datetime(line, 0, at, moment)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(line, column, text)
    book.close()
