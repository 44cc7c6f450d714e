"""The dossiers a file lacks, as a page, a terminal and a file show them (danh sách hồ sơ vắng trong tệp)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from congtam.dossiers.public import STATE_LABELS
from congtam.dossiers.storing.public import StoredLine
from congtam.foundation.public import Actor
from congtam.imports.models import Import
from congtam.imports.queries import absent_dossiers
from congtam.kernel.spreadsheets import csv_lines
from congtam.org_units.public import Register, register
from congtam.ui.public import current_language, number

_DAY: Final = "%d/%m/%Y"


def absence_text(absent: Mapping[str, Any]) -> str:
    """What the comparison came to, in one or two sentences; ``absent`` is that part of the import's report."""
    language = current_language()
    values = {
        "count": number(absent["count"], language),
        "earlier": number(absent["earlier"], language),
        "first": f"{date.fromisoformat(absent['first_day']):{_DAY}}",
        "last": f"{date.fromisoformat(absent['last_day']):{_DAY}}",
    }
    if absent["is_part"]:
        sentence = _(
            "Earlier imports of this source have {earlier} dossiers received from {first} to {last}; this file holds "
            "less than half of them, so it counts as a part of an export and nothing is listed."
        )
    elif absent["count"]:
        sentence = _(
            "{count} of the {earlier} dossiers that earlier imports of this source have from {first} to {last} "
            "are not in this file. They stay stored: check with the source."
        )
    else:
        sentence = _(
            "All {earlier} dossiers that earlier imports of this source have from {first} to {last} are in this file."
        )
    if absent["unreadable"] and not absent["is_part"]:
        rows = _("The code of {rows} rows could not be read: some may be among them.")
        sentence = f"{sentence} {rows}"
        values["rows"] = number(absent["unreadable"], language)
    return sentence.format(**values)


def absent_rows(started: Import, *, to: Actor) -> Iterator[dict[str, str]]:
    """The dossiers an actor may see, in words; the unit by its name on the day of receipt.

    The words are looked up here and now: a file is written when the request, and its language, are over.
    """
    units, states = register(), {code: str(label.text) for code, label in STATE_LABELS.items()}
    return (_row_text(line, units, states) for line in absent_dossiers(started, to=to))


def absent_csv(started: Import, *, to: Actor) -> Iterator[str]:
    """The same as lines of a .csv file."""
    headings = (
        _("Code"),
        _("Code at the source"),
        _("Procedure"),
        _("Unit"),
        _("Received"),
        _("State"),
        _("Import"),
    )
    return csv_lines(headings, (row.values() for row in absent_rows(started, to=to)))


def _row_text(line: StoredLine, units: Register, states: Mapping[str, str]) -> dict[str, str]:
    day = line.received_at.astimezone(ZoneInfo(line.time_zone)).date()
    return {
        "code": line.code,
        "source_code": line.source_code,
        "procedure": line.procedure_name or line.procedure_code,
        "unit": units.name_on(line.unit_code, day),
        "received": f"{day:{_DAY}}",
        "state": states[line.state],
        "import_key": line.import_key,
    }
