"""Bringing a catalogue file into the register of procedures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, NotAllowed, Problem, msgid
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.procedures.catalogue import versions
from congtam.procedures.catalogue.import_plan import CatalogueReport, ImportPlan, UnparsedLimit
from congtam.procedures.catalogue.note_conflicts import (
    close_withdrawn_conflicts,
    decided_pairs,
    recheck_open_conflicts,
    record_conflicts,
)
from congtam.procedures.catalogue.readers.crawled_procedures import read_jsonl
from congtam.procedures.catalogue.readers.national_list import read_csv, read_xlsx
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.readers.entries import CatalogueEntry, Read

READERS: Final[dict[str, Callable[[Path], Read]]] = {
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
}
_DATED: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class UnknownCatalogueFormat(DomainError):
    """The name of the file does not say how to read it (định dạng chưa hỗ trợ)."""

    code = "procedures.unknown_format"
    message = msgid("{file}: choose a catalogue file of type .csv, .xlsx, .jsonl or .jsonl.gz.")


@transaction.atomic
def import_catalogue(path: Path, *, actor: Actor, valid_from: date | None = None) -> CatalogueReport:
    """Read a catalogue file (nhập danh mục thủ tục): new procedures, gaps filled, changes as new versions.

    A change takes effect on ``valid_from``; without it, on the date in the file's name, or else today. A limit that
    another catalogue states differently stays in force and becomes a conflict to decide.
    """
    if not actor.administers_everything:
        raise NotAllowed
    day = valid_from or _parse_date_in_name(path.name) or today(clock())
    report = CatalogueReport()
    entries = list(_read_entries(path, report))
    _store_entries(entries, day, report=report, source=path.name)
    counts = {name: value for name, value in vars(report).items() if isinstance(value, int)}
    if report.new or report.changed or report.filled or report.conflicts or report.settled:
        record(actor, "procedures.imported", kind="procedures", key=path.name[:200], data=counts)
    return report


def _read_entries(path: Path, report: CatalogueReport) -> Iterator[CatalogueEntry]:
    for each in _choose_reader(path)(path):
        if isinstance(each, Problem):
            report.problems.append(replace(each, file=path.name))
            report.refused += 1
            continue
        report.procedures += 1
        report.unparsed += _unparsed_limits(each)
        yield each


def _choose_reader(path: Path) -> Callable[[Path], Read]:
    if not path.is_file():
        raise FileUnreadable(file=path.name, reason="there is no such file")
    for suffix, reader in READERS.items():
        if path.name.lower().endswith(suffix):
            return reader
    raise UnknownCatalogueFormat(file=path.name)


def _unparsed_limits(entry: CatalogueEntry) -> list[UnparsedLimit]:
    return [
        UnparsedLimit(code=entry.code, channel=row.channel, text=row.limit.raw_text, reason=row.limit.reason)
        for row in entry.content.limits
        if not row.limit.is_parsed
    ]


def _store_entries(
    entries: Sequence[CatalogueEntry], day: date, *, report: CatalogueReport, source: str
) -> None:
    codes = [entry.code for entry in entries]
    current = {
        version.procedure.code: version
        for version in ProcedureVersion.objects.select_related("procedure").filter(
            procedure__code__in=codes, valid__upper_inf=True
        )
    }
    plan = ImportPlan(day, source, report=report, decided=decided_pairs(codes))
    for entry in entries:
        plan.take(entry, current.get(entry.code))
    versions.close_versions(plan.closing, day)
    versions.rewrite_versions(plan.rewriting)
    versions.create_versions(plan.opening, source=source)
    report.settled = close_withdrawn_conflicts(plan.agreeing, catalogue=plan.catalogue)
    report.conflicts = record_conflicts(plan.conflicts, source=source, catalogue=plan.catalogue, day=day)
    report.settled += recheck_open_conflicts(codes)


def _parse_date_in_name(name: str) -> date | None:
    match = _DATED.search(name)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
