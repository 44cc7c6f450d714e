"""Reporting forms as data (biểu mẫu báo cáo): code, circular, version, columns, checks, cut-off day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period, shift_months

FOLDER: Final = Path(__file__).parent / "catalogue"
DOSSIERS: Final = "dossiers"
FILINGS: Final = "filings"
FIRST: Final = 3
"""The number of the first counted column: 1 is the order, 2 what the row is about."""
FIRST_NOTE: Final = 101
"""Notes are numbered from here on and called (a), (b) …: they stand below the table."""
Translations = Mapping[str, str]
"""A text by language: ``vi`` and ``en``."""


@dataclass(frozen=True, kw_only=True)
class CountedColumn:
    """One column (cột): its number in the form, what it counts, the groups of the head it stands under."""

    number: int
    measure: str
    title: Translations
    path: tuple[str, ...] = ()

    @property
    def number_label(self) -> str:
        """How the form calls it: ``(3)``, or ``(a)`` for the first note."""
        return label_of(self.number)


def label_of(number: int) -> str:
    """
    >>> label_of(3), label_of(101), label_of(102)
    ('(3)', '(a)', '(b)')
    """
    return f"({number})" if number < FIRST_NOTE else f"({chr(ord('a') + number - FIRST_NOTE)})"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What may be counted (chỉ số đếm): a condition on one row of a source."""

    source: str
    when: str


@dataclass(frozen=True)
class Check:
    """A column that must be the sum of others (phép kiểm tra), for each row and the total."""

    column: int
    parts: tuple[int, ...]

    @property
    def text(self) -> str:
        """
        >>> Check(3, (4, 5, 101)).text
        '(3) = (4) + (5) + (a)'
        """
        return f"{label_of(self.column)} = {' + '.join(map(label_of, self.parts))}"

    def difference(self, values: Mapping[int, int]) -> int:
        """What the column has more than its parts; 0 when the check holds."""
        return values[self.column] - sum(values[part] for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class StatisticsForm:
    """A reporting form, identified by code, circular and version; ``by`` says what its rows are: field or unit."""

    key: str
    code: str
    circular: str
    version: int
    title: Translations
    name: Translations
    by: str
    columns: tuple[CountedColumn, ...]
    groups: Mapping[str, Translations]
    checks: tuple[Check, ...]
    cutoff_day: int = 1
    valid_from: date = date.min
    valid_until: date = date.max
    notes: tuple[CountedColumn, ...] = ()
    """What nobody can put into a column because it is not known: counted, told below the table, never guessed."""
    remarks: tuple[Translations, ...] = ()
    """How columns are to be understood."""
    addressee: str = ""
    """Who gets the form from a unit with nobody above it."""

    @property
    def ground(self) -> str:
        """What the form is issued under, as its head says it."""
        return f"Ban hành theo {self.circular}" if self.circular.startswith("Thông tư") else self.circular

    def is_in_force(self, period: Period) -> bool:
        """Whether the form is the one to use for a report on the period."""
        return self.valid_from <= period.last_day < self.valid_until

    @property
    def counted_columns(self) -> tuple[CountedColumn, ...]:
        """Columns and notes."""
        return (*self.columns, *self.notes)

    def by_source(self) -> Mapping[str, tuple[CountedColumn, ...]]:
        """What is counted, by where it comes from; every form counts dossiers."""
        columns_by_source: dict[str, list[CountedColumn]] = {}
        for one in self.counted_columns:
            columns_by_source.setdefault(measures()[one.measure].source, []).append(one)
        return {name: tuple(columns) for name, columns in columns_by_source.items()}

    def column(self, number: int) -> CountedColumn:
        """The column or note with a number; NotFound."""
        for one in self.counted_columns:
            if one.number == number:
                return one
        raise NotFound(kind="column", key=str(number))

    def reporting_period(self, period: Period, *, by_cutoff: bool = True) -> Period:
        """The days a calendar period means in this form: the cut-off lies in the month before each of its ends.

        >>> get_form("06a").reporting_period(Period.parse("2026-Q1")).text
        '2025-12-15..2026-03-15'
        """
        if self.cutoff_day == 1 or not by_cutoff or not period.is_whole_months:
            return period
        start, end = (
            shift_months(day, -1).replace(day=self.cutoff_day) for day in (period.start, period.end)
        )
        return Period(start, end)


def get_form(key: str) -> StatisticsForm:
    """The form with a key; NotFound."""
    statistics_form = next((one for one in forms() if one.key == key), None)
    if statistics_form is None:
        raise NotFound(kind="printed form", key=key)
    return statistics_form


@cache
def forms() -> tuple[StatisticsForm, ...]:
    """Every form of the catalogue."""
    return tuple(_form_from_entry(entry) for entry in _load_yaml("forms.yaml"))


@cache
def measures() -> Mapping[str, Measure]:
    """What columns may count, as conditions of the column store."""
    loaded: Mapping[str, Mapping[str, str]] = _load_yaml("measures.yaml")
    return {
        name: Measure(source=source, when=when)
        for source, conditions in loaded.items()
        for name, when in conditions.items()
    }


def _load_yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _form_from_entry(entry: Mapping[str, Any]) -> StatisticsForm:
    notes = entry.get("notes", ())
    letters = {chr(ord("a") + index): FIRST_NOTE + index for index in range(len(notes))}
    return StatisticsForm(
        key=entry["key"],
        code=entry["code"],
        circular=entry["circular"],
        version=entry["version"],
        title=entry["title"],
        name=entry["name"],
        by=entry["by"],
        columns=_columns_from_entries(entry["columns"], FIRST),
        groups=entry["groups"],
        checks=tuple(
            Check(one["is"], tuple(letters.get(part, part) for part in one["sum"])) for one in entry["checks"]
        ),
        cutoff_day=entry.get("cutoff_day", 1),
        valid_from=entry.get("from", date.min),
        valid_until=entry.get("until", date.max),
        notes=_columns_from_entries(notes, FIRST_NOTE),
        remarks=tuple(entry.get("remarks", ())),
        addressee=entry.get("addressee", ""),
    )


def _columns_from_entries(entries: Sequence[Mapping[str, Any]], first: int) -> tuple[CountedColumn, ...]:
    return tuple(
        CountedColumn(
            number=number,
            measure=one["measure"],
            title={"vi": one["vi"], "en": one["en"]},
            path=tuple(one.get("path", ())),
        )
        for number, one in enumerate(entries, start=first)
    )
