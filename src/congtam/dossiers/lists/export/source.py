"""The rows of a list straight out of the database (đọc khối): one COPY, so one consistent moment, whatever its size.

The list is the queryset that pages and counts read. What a spreadsheet program would run as a formula is defused
here, once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, Func, TextField
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from congtam.dossiers.lists.queries.expressions import local_day, local_time
from congtam.dossiers.lists.row_fields import RowField, RowFieldKind, visible_code
from congtam.dossiers.models import DossierQuerySet
from congtam.kernel.spreadsheets import guard_formula
from congtam.org_units.public import VisibleUnits, register

_BLOCK: Final = 500
# Where a cell begins like a formula, or holds a sign that COPY writes with a backslash.
_SUSPECT: Final = re.compile(r"(?:^|\t)'*[=+\-@＝＋－＠]|\\")
_SIGNS_OF_SUSPECTS: Final = ("\\", *(f"{before}{sign}" for before in "\t\n" for sign in "'=+-@＝＋－＠"))
"""At least one of these is in every block that holds a suspect: a hundred times quicker than the expression."""
_ESCAPED: Final = re.compile(r"\\(.)")
_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
_EPOCH_OF_SHEETS: Final = 25_569
"""1 January 1970 as spreadsheet programs count days."""


LineBlocks = Generator[list[str], None, None]
"""Lines as the database writes them; to be closed, for until then its connection does nothing else."""
FileChunks = Generator[tuple[bytes, int], None, None]
"""A file piece by piece, each with how many rows it holds; to be closed like the blocks it is made from."""


def copy_lines(dossiers: DossierQuerySet, sources: Sequence[Combinable]) -> LineBlocks:
    """The rows in blocks, as the database writes them: cells between tabs, nothing for a missing value."""
    try:
        sql, params = dossiers.values_list(*sources).query.sql_with_params()
    except EmptyResultSet:  # whoever sees no unit asks for nothing
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (NULL '')", params) as copy:
        block: list[bytes] = []
        for line in copy:
            block.append(line)
            if len(block) == _BLOCK:
                yield _decoded_lines(block)
                block.clear()
        if block:
            yield _decoded_lines(block)


def _decoded_lines(block: list[bytes]) -> list[str]:
    return b"".join(block).decode().removesuffix("\n").split("\n")


def sources_of(fields: Sequence[RowField], *, now: datetime, as_serial: bool) -> list[Combinable]:
    """What is read of each field; instants by the dossier's clock, as a text or as a spreadsheet's number."""
    return [_field_source(field, now=now, as_serial=as_serial) for field in fields]


def _field_source(field: RowField, *, now: datetime, as_serial: bool) -> Combinable:
    source = field.source(now)
    if field.kind is RowFieldKind.INSTANT:
        local = local_time(source)
        write = _spreadsheet_serial if as_serial else _instant_text
        return write(local, is_limit=field.is_limit)
    if field.kind is RowFieldKind.UNIT_NAME:
        parts = (F("unit_code"), local_day(F("received_at")))
        return Func(*parts, template="(%(expressions)s)", arg_joiner=" || '|' || ", output_field=TextField())
    return source


def _instant_text(local: Combinable, *, is_limit: bool) -> Func:
    """The instant to the second; only its day where the time is not known (`kernel.precision`)."""
    template = f"replace((%(expressions)s)::text, ' {'23:59:59' if is_limit else '00:00:00'}', '')"
    return Func(local, template=template, output_field=TextField())


def _spreadsheet_serial(local: Combinable, *, is_limit: bool) -> Func:
    """The instant as spreadsheet programs count days; a whole number where only the day is known."""
    seconds = "extract(epoch FROM %(expressions)s)::bigint"
    time = f"CASE WHEN mod({seconds}, 86400) = 86399 THEN 86399 ELSE 0 END" if is_limit else "0"
    template = f"(({seconds} - {time})::float8 / 86400 + {_EPOCH_OF_SHEETS})"
    return Func(local, template=template, output_field=FloatField())


class RowReader:
    """Turns lines of the database into cells as a person reads them: words for codes, no persons without the right.

    ``people`` are the names of those who work with dossiers, by account.
    """

    def __init__(
        self,
        fields: Sequence[RowField],
        *,
        persons: VisibleUnits,
        visible: VisibleUnits,
        people: Mapping[str, str],
    ) -> None:
        self.fields = fields
        self._persons = persons
        self._unit = next(position for position, field in enumerate(fields) if field.name == "unit_code")
        self._personal = [position for position, field in enumerate(fields) if field.is_personal]
        linked = partial(visible_code, units=visible)
        read: dict[RowFieldKind, Callable[[str], str]] = {
            RowFieldKind.UNIT_NAME: _unit_namer(),
            RowFieldKind.LINKED: linked,
        }
        self._read = [
            (position, read[field.kind]) for position, field in enumerate(fields) if field.kind in read
        ]
        names = {account: str(guard_formula(name)) for account, name in people.items()}
        self._labels = [
            (position, labels)
            for position, field in enumerate(fields)
            if (labels := _labels_by_code(field, names))
        ]

    def rows(self, lines: list[str]) -> list[list[str]]:
        """The cells of some lines."""
        text = "\n" + "\n".join(lines)
        is_suspect = any(sign in text for sign in _SIGNS_OF_SUSPECTS)
        return [self._split_cells(line, is_suspect=is_suspect) for line in lines]

    def _split_cells(self, line: str, *, is_suspect: bool) -> list[str]:
        cells = line.split("\t")
        if is_suspect and _SUSPECT.search(line):
            cells = [str(guard_formula(_unescape_cell(cell))) for cell in cells]
        if cells[self._unit] not in self._persons:
            for position in self._personal:
                cells[position] = ""
        for position, labels in self._labels:
            if (code := cells[position]) in labels:
                cells[position] = labels[code]
        for position, read in self._read:
            cells[position] = read(cells[position])
        return cells


def _labels_by_code(field: RowField, people: Mapping[str, str]) -> Mapping[str, str]:
    if field.kind is RowFieldKind.COLLEAGUE:
        return people
    if field.kind is RowFieldKind.TRUTH:
        return {"t": _("Yes"), "f": _("No")}
    return {str(code): str(label.text) for code, label in (field.choices or {}).items()}


def _unescape_cell(cell: str) -> str:
    return _ESCAPED.sub(lambda match: _SIGNS.get(match[1], match[1]), cell) if "\\" in cell else cell


def _unit_namer() -> Callable[[str], str]:
    """What a unit was called on a day; reads the register once, for nothing can be asked in the middle of a COPY."""
    units = register()

    @lru_cache(maxsize=8192)
    def name_unit(unit_and_day: str) -> str:
        code, _between, day = unit_and_day.rpartition("|")
        return str(guard_formula(units.name_on(code, date.fromisoformat(day))))

    return name_unit
