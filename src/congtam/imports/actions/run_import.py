"""Reading a file by a mapping and storing what it holds (chạy nhập hồ sơ)."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from congtam.dossiers.public import DossierRow, ReadAhead, StoreCounts, require_may_store, store_dossiers
from congtam.imports.actions.absence import (
    Absence,
    FileCodes,
    find_dossiers_absent_from_file,
    imports_to_compare,
)
from congtam.imports.actions.reading import (
    ImportOrder,
    ImportOutcome,
    interpreter_for,
    open_file,
    read_cases,
    read_file,
)
from congtam.imports.models import ImportPhase, OldFonts
from congtam.imports.old_texts import OldTexts
from congtam.imports.prefixes import require_same_prefix, settle_prefix
from congtam.imports.row_spool import RowSpool, row_spool
from congtam.imports.watching import Report, ignore_report
from congtam.kernel.errors import InputRefused, Problem
from congtam.org_units.public import is_registered_unit
from congtam.tabular.problems import PROBLEMS, problem
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.refused_rows import Refusals, refusals


def run_import(order: ImportOrder, *, refused_to: Path, report: Report = ignore_report) -> ImportOutcome:
    """Import a file: all that is right is stored in one transaction, the rest goes to ``refused_to``.

    The whole file is read before anything is locked, so that a file that takes long holds up nobody. A fault of the
    file as a whole stores nothing; it is in the outcome, not raised. Raises NotAllowed when the actor may not store
    dossiers for the unit, and whatever ``report`` raises.
    """
    require_may_store(order.actor, order.unit_code)
    started = time.monotonic()
    texts = OldTexts(order.mapping, OldFonts(order.old_fonts))
    with refusals(order.limits) as refused, row_spool() as rows:
        outcome = ImportOutcome()
        try:
            _check_unit(order.unit_code)
            require_same_prefix(order.mapping, order.unit_code)
            source, codes = read_file(
                order, texts, into=rows, outcome=outcome, refused=refused, report=report
            )
            # Before anything is stored: a row that changes belongs to this import from then on.
            outcome.absence = _compare_with_earlier(order, codes, outcome)
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


def _compare_with_earlier(order: ImportOrder, codes: FileCodes, outcome: ImportOutcome) -> Absence | None:
    earlier = imports_to_compare(order.mapping.name, order.unit_code, before=order.import_key)
    zone = order.mapping.time_zone
    return find_dossiers_absent_from_file(codes, imports=earlier, received=outcome.received, time_zone=zone)


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
        conflicts[row.code] = _translate_conflict(fault)
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
    _add_counts(outcome, counts, refused=refused)


def _add_counts(outcome: ImportOutcome, counts: StoreCounts, *, refused: Refusals) -> None:
    outcome.cases = counts.cases + refused.cases - counts.conflicts
    outcome.events = counts.events
    outcome.new, outcome.changed, outcome.unchanged = counts.new, counts.changed, counts.unchanged


def _translate_conflict(conflict: Problem) -> Problem:
    """A conflict told by the dossiers, in the words of our own table."""
    if conflict.code not in PROBLEMS:
        return conflict
    return problem(conflict.code, row=conflict.row, **dict(conflict.data))


def _refuse_conflicts(
    order: ImportOrder, conflicts: dict[str, Problem], texts: OldTexts, *, refused: Refusals
) -> None:
    """Conflicts show when a chunk is stored, long after its rows were read: the file is read again for their text."""
    with open_file(order) as source:
        for case, (row, _problems) in read_cases(interpreter_for(order), source, texts):
            if row is None or row.code not in conflicts:
                continue
            if conflicts[row.code].row in {None, case.row}:
                refused.refuse(case, [conflicts[row.code]])


def create_refused_file() -> Path:
    """A new temporary place for a file of refused rows; whoever asks removes it."""
    with tempfile.NamedTemporaryFile(prefix="congtam-", suffix=".refused.csv", delete=False) as file:
        return Path(file.name)
