"""Exporting a list (xuất danh sách): what leaves the house is recorded before it leaves, and how much did after."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from congtam.dossiers.lists.export.csv_file import csv_file
from congtam.dossiers.lists.export.source import FileChunks, RowReader, copy_lines, sources_of
from congtam.dossiers.lists.export.xlsx_file import xlsx_file
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.dossiers.lists.queries.ordering import ORDERS
from congtam.dossiers.lists.row_fields import FIELDS
from congtam.dossiers.models import DossierQuerySet
from congtam.dossiers.record.people import unambiguous_names
from congtam.dossiers.record.permissions import MAY_SEE_PERSONS
from congtam.foundation.public import Actor, record
from congtam.kernel.clock import LOCAL
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.org_units.public import visible_units

FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX_TYPE,
}


SHORT: Final = 10_000
"""Rows of a list that is written at once, some 5 MB: nobody has to wait for whoever reads it slowly."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """A list about to be written: which dossiers, in which order and form, for whom, and how it was asked for."""

    dossiers: DossierQuerySet
    order: str
    form: str
    actor: Actor
    now: datetime
    parameters: dict[str, str]
    key: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        return f"dossiers-{self.now.astimezone(LOCAL):%Y%m%d-%H%M}.{self.form}"


def is_short(export: Export) -> bool:
    """Whether the list is short enough to be written at once."""
    return export.dossiers.order_by()[: SHORT + 1].count() <= SHORT


def begin_export(export: Export) -> Iterator[bytes]:
    """The file piece by piece. Who exports what is in the ledger before the first piece; its rows after the last.

    Words are put into the reader's language here, for the pieces are asked for when the request is over.
    """
    chunks = _file_chunks(export)
    parameters = {name: _redact_person(name, text) for name, text in export.parameters.items()}
    _audit_export(export, "dossiers.export_began", {"form": export.form, "parameters": parameters})
    return _stream_chunks(export, chunks)


def _redact_person(parameter: str, text: str) -> str:
    """What was asked for as the ledger keeps it: what may be a name or a telephone number is not written there."""
    if parameter != PARAMETERS["text"]:
        return text
    is_code = " " not in text and any(sign.isdigit() for sign in text) and any(map(str.isalpha, text))
    return text if is_code else "…"


def _stream_chunks(export: Export, chunks: FileChunks) -> Iterator[bytes]:
    count, is_whole = 0, False
    try:
        # Closed before the ledger is written: the connection does nothing else while it copies.
        with closing(chunks):
            for chunk, rows in chunks:
                count += rows
                if chunk:
                    yield chunk
        is_whole = True
    finally:
        _audit_export(export, "dossiers.exported", {"rows": count, "is_complete": is_whole})


def _file_chunks(export: Export) -> FileChunks:
    is_workbook = export.form == "xlsx"
    headings = [str(each.label) for each in FIELDS]
    persons, visible = visible_units(export.actor, *MAY_SEE_PERSONS), visible_units(export.actor)
    reader = RowReader(FIELDS, persons=persons, visible=visible, people=unambiguous_names())
    sources = sources_of(FIELDS, now=export.now, as_serial=is_workbook)
    blocks = copy_lines(export.dossiers.order_by(*ORDERS[export.order].columns), sources)
    if is_workbook:
        return xlsx_file(headings, blocks, reader, title=_("Dossiers"))
    return csv_file(headings, blocks, reader)


@transaction.atomic
def _audit_export(export: Export, verb: str, data: dict[str, Any]) -> None:
    record(export.actor, verb, kind="export", key=export.key, data=data)
