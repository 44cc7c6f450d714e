"""Reading a file by a mapping: what is a dossier, what is refused (đọc tệp nhập)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from congtam.dossiers.public import DossierRow
from congtam.foundation.public import Actor, clock
from congtam.imports.actions.absence import Absence, FileCodes
from congtam.imports.interpretation.columns import build_layout
from congtam.imports.interpretation.fields import main_column
from congtam.imports.interpretation.interpreter import Interpreted, Interpreter
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import ImportPhase, OldFonts
from congtam.imports.old_texts import OldTexts
from congtam.imports.prefixes import code_prefix
from congtam.imports.row_spool import RowSpool
from congtam.imports.units_in_force import UnitsInForce
from congtam.imports.watching import Report
from congtam.kernel.clock import local_day
from congtam.kernel.errors import Problem
from congtam.org_units.public import register
from congtam.tabular.problems import problem
from congtam.tabular.readers.csv_files import is_refused_file
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.source import SourceFile, open_source
from congtam.tabular.records import SourceCase
from congtam.tabular.refused_rows import Refusals

SHOWN: Final = 10
_REPORTED_EVERY: Final = 500


@dataclass(frozen=True, kw_only=True)
class ImportOrder:
    """What to import, for which unit, on whose behalf (yêu cầu nhập)."""

    path: Path
    name: str
    mapping: Mapping
    unit_code: str
    actor: Actor
    import_key: str
    dry_run: bool = False
    old_fonts: str = OldFonts.ASK.value
    """What becomes of texts written for the fonts from before Unicode."""
    limits: ReadLimits | None = None


@dataclass(kw_only=True)
class ImportOutcome:
    """What came of it (kết quả nhập)."""

    cases: int = 0
    events: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    seconds: float = 0.0
    file_refused: bool = False
    problems: list[Problem] = field(default_factory=list)
    problem_counts: dict[str, int] = field(default_factory=dict)
    refused_file: Path | None = None
    sample: list[DossierRow] = field(default_factory=list)
    received: tuple[datetime, datetime] | None = None
    """The first and the last receipt among the dossiers that can be stored."""
    absence: Absence | None = None
    """What earlier imports of the source stored and the file lacks; None where there is nothing to compare with."""

    @property
    def has_refused(self) -> bool:
        """Whether anything of the file was left out."""
        return self.file_refused or self.refused > 0


class FileRead(NamedTuple):
    """A file that was read to its end: its columns, and the codes that stand in it."""

    source: SourceFile
    codes: FileCodes


def read_file(
    order: ImportOrder,
    texts: OldTexts,
    *,
    into: RowSpool,
    outcome: ImportOutcome,
    refused: Refusals,
    report: Report,
) -> FileRead:
    """Read every row of the file; what is a dossier goes to the spool, what is none to the refusals."""
    on_read = partial(report, ImportPhase.READING, 0)
    if texts.must_look_first:
        with open_file(order, on_read=on_read) as source:
            texts.look_at(source.cases)
    codes = FileCodes()
    with open_file(order, on_read=on_read) as source:
        refused.add_problems(source.notices)
        reading = _Reading(order, outcome=outcome, refused=refused, codes=codes)
        for number, (case, interpreted) in enumerate(read_cases(reading.interpreter, source, texts), start=1):
            if number % _REPORTED_EVERY == 0:
                report(ImportPhase.READING, number)
            outcome.cases = number
            if row := reading.dossier_of(case, *interpreted):
                into.add(row)
        codes.is_part = is_refused_file(source.columns or ())
    refused.add_problems(texts.problems(dry_run=order.dry_run))
    return FileRead(source, codes)


def open_file(
    order: ImportOrder, *, on_read: Callable[[], None] | None = None
) -> AbstractContextManager[SourceFile]:
    """The file of an order, open for reading by its mapping."""
    layout = build_layout(order.mapping)
    return open_source(order.path, name=order.name, layout=layout, limits=order.limits, on_read=on_read)


def interpreter_for(order: ImportOrder) -> Interpreter:
    """What reads the cases of an order."""
    prefix = code_prefix(order.mapping, order.unit_code)
    return Interpreter(order.mapping, unit_code=order.unit_code, now=clock().now(), prefix=prefix)


def read_cases(
    interpreter: Interpreter, source: SourceFile, texts: OldTexts
) -> Iterator[tuple[SourceCase, Interpreted]]:
    """The cases of the file, their texts converted where that was chosen, each with its interpretation."""
    for case in map(texts.read, source.cases):
        yield case, interpreter.interpret(case)


class _Reading:
    """One reading of a file: which of its cases are dossiers."""

    def __init__(
        self, order: ImportOrder, *, outcome: ImportOutcome, refused: Refusals, codes: FileCodes
    ) -> None:
        self.interpreter = interpreter_for(order)
        self._order = order
        self._outcome, self._refused, self._codes = outcome, refused, codes
        self._units = UnitsInForce()
        self._is_unit = register().__contains__

    def dossier_of(
        self, case: SourceCase, row: DossierRow | None, problems: list[Problem]
    ) -> DossierRow | None:
        """The dossier of a case; what is none goes to the refusals."""
        outcome = self._outcome
        problems.extend(
            _validate_in_file(self._order, case, row, earlier_codes=self._codes.stored, is_unit=self._is_unit)
        )
        if row is not None and self._is_unit(row.unit_code) and not self._units.holds(row):
            problems.append(_unit_out_of_force_problem(self._order, case, row))
        if row is None or any(fault.is_error for fault in problems):
            self._refuse_case(case, problems)
            return None
        if problems:
            self._refused.add_problems(problems)
        self._codes.stored.add(row.code)
        first, last = outcome.received or (row.received_at, row.received_at)
        outcome.received = min(first, row.received_at), max(last, row.received_at)
        if len(outcome.sample) < SHOWN:
            outcome.sample.append(row)
        return row

    def _refuse_case(self, case: SourceCase, problems: list[Problem]) -> None:
        self._refused.refuse(case, problems)
        if code := self.interpreter.code_of(case):
            self._codes.refused.add(code)
        else:
            self._codes.unreadable += 1


def _validate_in_file(
    order: ImportOrder,
    case: SourceCase,
    row: DossierRow | None,
    *,
    earlier_codes: set[str],
    is_unit: Callable[[str], bool],
) -> list[Problem]:
    if row is None:
        return []
    problems: list[Problem] = []
    if row.code in earlier_codes:
        problems.append(_problem_at(case, "code_repeated", order.mapping.case.code, code=row.code))
    if row.unit_code != order.unit_code and not is_unit(row.unit_code):
        problems.append(_problem_at(case, "unit_unknown", order.mapping.case.unit or [], unit=row.unit_code))
    return problems


def _unit_out_of_force_problem(order: ImportOrder, case: SourceCase, row: DossierRow) -> Problem:
    day = local_day(row.received_at)
    columns = order.mapping.case.unit or order.mapping.case.received
    data = {"unit": row.unit_code, "day": f"{day:%d/%m/%Y}", "severity": "warning"}
    return _problem_at(case, "unit_out_of_force", columns, **data)


def _problem_at(case: SourceCase, kind: str, columns: Any, **data: Any) -> Problem:
    return problem(kind, row=case.row, sheet=case.sheet, column=main_column(columns) or None, **data)
