"""Which columns of a fact a list of rows shows, and how their values are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.ui import public as ui
from congtam.ui.public import current_language
from congtam.warehouse import public as warehouse

PREFERRED = (
    "unit_code",
    "procedure_name",
    "channel",
    "received_at",
    "due_at",
    "finished_at",
    "state",
    "working_days",
)
"""Shown where a fact has them; other columns are in the export and on the page of the row."""

VALUES = {
    "channel": {
        "desk": _("At the desk"),
        "online": _("Online"),
        "post": _("By public post"),
        "email": _("By e-mail"),
        "internal": _("Internal"),
        "unknown": _("Not recorded"),
    },
    "state": {
        "received": _("Received"),
        "in_progress": _("In progress"),
        "awaiting_supplement": _("Waiting for supplement"),
        "awaiting_payment": _("Waiting for payment"),
        "finished": _("Finished"),
        "returned": _("Result returned"),
        "refused": _("Refused at receipt"),
        "withdrawn": _("Withdrawn"),
        "stopped": _("Stopped"),
    },
    "payment": {
        "none": _("No fee"),
        "online": _("Paid online"),
        "cash": _("Paid in cash"),
        "unknown": _("Not recorded"),
    },
    "online_level": {"full": _("Fully online"), "partial": _("Partly online")},
}
HEADINGS = {
    "unit_code": _("Unit"),
    "procedure_name": _("Procedure"),
    "channel": _("Filing channel"),
    "received_at": _("Received"),
    "due_at": _("Due"),
    "finished_at": _("Finished"),
    "state": _("State"),
    "working_days": _("Working days"),
}


@dataclass(frozen=True, kw_only=True)
class FileColumn:
    """One column of the file of rows: its name in the fact, its heading and its words, in the reader's language.

    The words are looked up beforehand: a file is written when the request, and its language, are over.
    """

    name: str
    heading: str
    words: Mapping[Any, str]

    def cell(self, row: Mapping[str, Any]) -> Any:
        """The value of a row as a spreadsheet program of the reader takes it; numbers stay numbers."""
        value = row.get(self.name)
        if isinstance(value, date):
            return _day_or_instant(row, self.name, value)
        return self.words.get(value, value)


@dataclass(frozen=True)
class ShownColumn:
    """One column of the list."""

    name: str
    heading: str
    is_number: bool

    def cell(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The value of a row in words, and how it is set."""
        return {
            "text": self._format_value(row),
            "is_number": self.is_number,
            "is_long": self.name == "procedure_name",
        }

    def _format_value(self, row: Mapping[str, Any]) -> str:
        value = row.get(self.name)
        if isinstance(value, date):
            return _day_or_instant(row, self.name, value)
        if value is None or self.is_number:
            return ui.number(value, current_language())
        names = VALUES.get(self.name, {})
        return str(names.get(value, value))


WEIGHT = "weight"
"""How much of a dossier counts here, where it was shared out between units."""


def shown_columns(fact: warehouse.Fact, *, is_shared: bool = False) -> list[ShownColumn]:
    """The preferred columns that the fact has, and how much of a row counts where that is not all of it."""
    allowed = {column.name: column for column in fact.shown_columns}
    shares = [ShownColumn(WEIGHT, gettext("Counted share"), is_number=True)] if is_shared else []
    return shares + [
        ShownColumn(
            name, _column_heading(allowed[name]), allowed[name].type in {"integer", "bigint", "double"}
        )
        for name in PREFERRED
        if name in allowed
    ]


def file_columns(fact: warehouse.Fact, *, is_shared: bool = False) -> list[FileColumn]:
    """Every column of the fact that may be shown, for the file of rows."""
    yes_and_no = {True: gettext("Yes"), False: gettext("No")}
    columns = [
        FileColumn(
            name=column.name,
            heading=column.en if current_language().startswith("en") else column.vi,
            words=yes_and_no
            if column.type == "boolean"
            else {code: str(word) for code, word in VALUES.get(column.name, {}).items()},
        )
        for column in fact.shown_columns
    ]
    share = FileColumn(name=WEIGHT, heading=gettext("Counted share"), words={})
    return [*columns, share] if is_shared else columns


def _day_or_instant(row: Mapping[str, Any], name: str, value: date) -> str:
    """The instant; only its day where the row says that the time is not known."""
    is_day_only = row.get(f"{name.removesuffix('_at')}_has_time") is False
    return ui.instant(value) if isinstance(value, datetime) and not is_day_only else ui.day(value)


def _column_heading(column: warehouse.Column) -> str:
    short = HEADINGS.get(column.name)
    if short:
        return str(short)
    return column.en if current_language().startswith("en") else column.vi
