"""Reading a file by a mapping and storing what it holds (chạy nhập hồ sơ)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from congtam.dossiers.public import DossierRow, ReadAhead, StoreCounts, require_store, store_dossiers
from congtam.foundation.public import Actor, clock
from congtam.imports.interpretation.columns import build_layout
from congtam.imports.interpretation.fields import main_column
from congtam.imports.interpretation.interpreter import Interpreted, Interpreter
from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.models import ImportPhase, OldFonts
from congtam.imports.old_texts import OldTexts
from congtam.imports.prefixes import code_prefix, require_same_prefix, settle_prefix
from congtam.imports.row_spool import RowSpool, row_spool
from congtam.imports.units_in_force import UnitsInForce
from congtam.imports.watching import Report, ignore_report
from congtam.kernel.clock import local_day
from congtam.kernel.errors import InputRefused, Problem
from congtam.org_units.public import is_registered_unit, register
from congtam.tabular.problems import PROBLEMS, problem
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.readers.source import SourceFile, open_source
from congtam.tabular.records import SourceCase
from congtam.tabular.refused_rows import Refusals, refusals

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

    @property
    def has_refused(self) -> bool:
        """Whether anything of the file was left out."""
        return self.file_refused or self.refused > 0


def run_import(order: ImportOrder, *, refused_to: Path, report: Report = ignore_report) -> ImportOutcome:
    """Import a file: all that is right is stored in one transaction, the rest goes to ``refused_to``.

    The whole file is read before anything is locked, so that a file that takes long holds up nobody. A fault of the
    file as a whole stores nothing; it is in the outcome, not raised. Raises NotAllowed when the actor may not store
    dossiers for the unit, and whatever ``report`` raises.
    """
    require_store(order.actor, order.unit_code)
    started = time.monotonic()
    texts = OldTexts(order.mapping, OldFonts(order.old_fonts))
    with refusals(order.limits) as refused, row_spool() as rows:
        outcome = ImportOutcome()
        try:
            _check_unit(order.unit_code)
            require_same_prefix(order.mapping, order.unit_code)
            source = _read_file(order, texts, into=rows, outcome=outcome, refused=refused, report=report)
            _store_rows(order, rows, texts, outcome=outcome, refused=refused, report=report)
            if not order.dry_run:
                settle_prefix(order.mapping, order.unit_code)
            if refused.cases:
                refused.write(refused_to, columns=source.columns, delimiter=source.delimiter)
                outcome.refused_file = refused_to
        except InputRefused as error:
            outcome = ImportOutcome(file_refused=True)
            refused.put_first(error.problems)
        outcome.refused = 0 if outcome.file_refused else refused.cases
        outcome.problems = [replace(fault, file=fault.file or order.name) for fault in refused.problems]
        outcome.problem_counts = dict(refused.by_code)
    outcome.seconds = round(time.monotonic() - started, 3)
    return outcome


def _check_unit(code: str) -> None:
    if not is_registered_unit(code):
        raise InputRefused([problem("unit_unknown", unit=code)])


def _read_file(
    order: ImportOrder,
    texts: OldTexts,
    *,
    into: RowSpool,
    outcome: ImportOutcome,
    refused: Refusals,
    report: Report,
) -> SourceFile:
    """Read every row of the file; what is a dossier goes to the spool, what is none to the refusals."""
    on_read = partial(report, ImportPhase.READING, 0)
    if texts.must_look_first:
        with _open(order, on_read=on_read) as source:
            texts.look_at(source.cases)
    with _open(order, on_read=on_read) as source:
        refused.add_problems(source.notices)
        for row in _rows(
            order, _cases(order, source, texts), outcome=outcome, refused=refused, report=report
        ):
            into.add(row)
    refused.add_problems(texts.problems(dry_run=order.dry_run))
    return source


def _open(
    order: ImportOrder, *, on_read: Callable[[], None] | None = None
) -> AbstractContextManager[SourceFile]:
    layout = build_layout(order.mapping)
    return open_source(order.path, name=order.name, layout=layout, limits=order.limits, on_read=on_read)


def _cases(
    order: ImportOrder, source: SourceFile, texts: OldTexts
) -> Iterator[tuple[SourceCase, Interpreted]]:
    """The cases of the file, their texts converted where that was chosen, each with its interpretation."""
    prefix = code_prefix(order.mapping, order.unit_code)
    interpreter = Interpreter(order.mapping, unit_code=order.unit_code, now=clock().now(), prefix=prefix)
    for case in map(texts.read, source.cases):
        yield case, interpreter.interpret(case)


def _store_rows(
    order: ImportOrder,
    rows: RowSpool,
    texts: OldTexts,
    *,
    outcome: ImportOutcome,
    refused: Refusals,
    report: Report,
) -> None:
    conflicts: dict[str, Problem] = {}
    limit = (order.limits or ReadLimits()).refused_cases

    def conflict(row: DossierRow, fault: Problem) -> None:
        conflicts[row.code] = _own_problem(fault)
        if len(conflicts) > limit:
            raise InputRefused([problem("refused_too_many", limit=limit), conflicts[row.code]])

    counts = store_dossiers(
        ReadAhead(rows, on_wait=lambda: report(ImportPhase.WAITING, 0)),
        unit_code=order.unit_code,
        actor=order.actor,
        import_key=order.import_key,
        source=order.mapping.name,
        on_conflict=conflict,
        on_progress=lambda done: report(ImportPhase.STORING, done),
        dry_run=order.dry_run,
    )
    if conflicts:
        _refuse_conflicts(order, conflicts, texts, refused=refused)
    _count(outcome, counts, refused=refused)


def _count(outcome: ImportOutcome, counts: StoreCounts, *, refused: Refusals) -> None:
    outcome.cases = counts.cases + refused.cases - counts.conflicts
    outcome.events = counts.events
    outcome.new, outcome.changed, outcome.unchanged = counts.new, counts.changed, counts.unchanged


def _rows(
    order: ImportOrder,
    cases: Iterable[tuple[SourceCase, Interpreted]],
    *,
    outcome: ImportOutcome,
    refused: Refusals,
    report: Report,
) -> Iterator[DossierRow]:
    """The dossiers of the file; what is none goes to the refusals."""
    units = UnitsInForce()
    earlier_codes: set[str] = set()
    is_unit = register().__contains__
    for outcome.cases, (case, (row, problems)) in enumerate(cases, start=1):
        if outcome.cases % _REPORTED_EVERY == 0:
            report(ImportPhase.READING, outcome.cases)
        problems.extend(_validate_in_file(order, case, row, earlier_codes=earlier_codes, is_unit=is_unit))
        if row is not None and is_unit(row.unit_code) and not units.holds(row):
            problems.append(_out_of_force(order, case, row))
        if row is None or any(fault.is_error for fault in problems):
            refused.refuse(case, problems)
            continue
        if problems:
            refused.add_problems(problems)
        earlier_codes.add(row.code)
        first, last = outcome.received or (row.received_at, row.received_at)
        outcome.received = min(first, row.received_at), max(last, row.received_at)
        if len(outcome.sample) < SHOWN:
            outcome.sample.append(row)
        yield row


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


def _out_of_force(order: ImportOrder, case: SourceCase, row: DossierRow) -> Problem:
    day = local_day(row.received_at)
    columns = order.mapping.case.unit or order.mapping.case.received
    data = {"unit": row.unit_code, "day": f"{day:%d/%m/%Y}", "severity": "warning"}
    return _problem_at(case, "unit_out_of_force", columns, **data)


def _problem_at(case: SourceCase, kind: str, columns: Any, **data: Any) -> Problem:
    return problem(kind, row=case.row, sheet=case.sheet, column=main_column(columns) or None, **data)


def _own_problem(conflict: Problem) -> Problem:
    """A conflict told by the dossiers, in the words of our own table."""
    if conflict.code not in PROBLEMS:
        return conflict
    return problem(conflict.code, row=conflict.row, **dict(conflict.data))


def _refuse_conflicts(
    order: ImportOrder, conflicts: dict[str, Problem], texts: OldTexts, *, refused: Refusals
) -> None:
    """Conflicts show when a chunk is stored, long after its rows were read: the file is read again for their text."""
    with _open(order) as source:
        for case, (row, _problems) in _cases(order, source, texts):
            if row is None or row.code not in conflicts:
                continue
            if conflicts[row.code].row in {None, case.row}:
                refused.refuse(case, [conflicts[row.code]])


def create_refused_file() -> Path:
    """A new temporary place for a file of refused rows; whoever asks removes it."""
    with tempfile.NamedTemporaryFile(prefix="congtam-", suffix=".refused.csv", delete=False) as file:
        return Path(file.name)
