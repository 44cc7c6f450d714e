"""Bringing a catalogue file into the register of procedures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from congtam.foundation.public import EVERYWHERE, Actor, Role, clock, record
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, NotAllowed, Problem, msgid
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.procedures.catalogue import versions
from congtam.procedures.catalogue.readers.crawled_procedures import read_jsonl
from congtam.procedures.catalogue.readers.national_list import read_csv, read_xlsx
from congtam.procedures.domain.content import combine, from_json
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


@dataclass(frozen=True, kw_only=True)
class UnparsedLimit:
    """A time limit that is kept as text because it does not say one plain amount."""

    code: str
    channel: str
    text: str
    reason: str


@dataclass
class CatalogueReport:
    """What an import found and did."""

    procedures: int = 0
    new: int = 0
    changed: int = 0
    filled: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    unparsed: list[UnparsedLimit] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report for a machine."""
        counts = {name: value for name, value in vars(self).items() if isinstance(value, int)}
        return {
            **counts,
            "problems": [problem.as_dict() for problem in self.problems],
            "unparsed_limits": len(self.unparsed),
            "unparsed": [vars(limit) for limit in self.unparsed],
        }


@transaction.atomic
def import_catalogue(path: Path, *, actor: Actor, valid_from: date | None = None) -> CatalogueReport:
    """Read a catalogue file (nhập danh mục thủ tục): new procedures, gaps filled, changes as new versions.

    A change takes effect on ``valid_from``; without it, on the date in the file's name, or else today.
    """
    if EVERYWHERE not in actor.units_with(Role.ADMINISTRATOR):
        raise NotAllowed
    day = valid_from or _parse_date_in_name(path.name) or today(clock())
    report = CatalogueReport()
    entries = list(_entries(path, report))
    _store(entries, day, report=report, source=path.name)
    counts = {name: value for name, value in vars(report).items() if isinstance(value, int)}
    if report.new or report.changed or report.filled:
        record(actor, "procedures.imported", kind="procedures", key=path.name[:200], data=counts)
    return report


def _entries(path: Path, report: CatalogueReport) -> Iterator[CatalogueEntry]:
    for each in _reader(path)(path):
        if isinstance(each, Problem):
            report.problems.append(replace(each, file=path.name))
            report.refused += 1
            continue
        report.procedures += 1
        report.unparsed += _unparsed(each)
        yield each


def _reader(path: Path) -> Callable[[Path], Read]:
    if not path.is_file():
        raise FileUnreadable(file=path.name, reason="there is no such file")
    for suffix, reader in READERS.items():
        if path.name.lower().endswith(suffix):
            return reader
    raise UnknownCatalogueFormat(file=path.name)


def _unparsed(entry: CatalogueEntry) -> list[UnparsedLimit]:
    return [
        UnparsedLimit(code=entry.code, channel=row.channel, text=row.limit.raw_text, reason=row.limit.reason)
        for row in entry.content.limits
        if not row.limit.is_parsed
    ]


def _store(entries: Sequence[CatalogueEntry], day: date, *, report: CatalogueReport, source: str) -> None:
    current = {
        version.procedure.code: version
        for version in ProcedureVersion.objects.select_related("procedure").filter(
            procedure__code__in=[entry.code for entry in entries], valid__upper_inf=True
        )
    }
    plan = _Plan(day, report)
    for entry in entries:
        plan.take(entry, current.get(entry.code))
    versions.close_versions(plan.closing, day)
    versions.rewrite_versions(plan.rewriting)
    versions.open_versions(plan.opening, source=source)


class _Plan:
    """Decides for every entry what is to be written."""

    def __init__(self, day: date, report: CatalogueReport) -> None:
        self.day = day
        self.report = report
        self.opening: list[versions.NewVersion] = []
        self.closing: list[ProcedureVersion] = []
        self.rewriting: list[tuple[ProcedureVersion, Any]] = []

    def take(self, entry: CatalogueEntry, version: ProcedureVersion | None) -> None:
        if version is None:
            self.report.new += 1
            self.opening.append(versions.NewVersion(entry.code, entry.content, self.day))
            return
        change = combine(
            from_json(version.details),
            entry.content,
            incoming_is_list=entry.is_list,
            by_hand=version.by_hand,
        )
        if change.withheld:
            self.report.problems.append(_withheld(entry, change.withheld))
        if change.changed and (version.valid.lower is None or version.valid.lower < self.day):
            self.report.changed += 1
            self.closing.append(version)
            self.opening.append(
                versions.NewVersion(entry.code, change.content, self.day, by_hand=version.by_hand)
            )
        elif change.changed and version.valid.lower > self.day:
            self.report.unchanged += 1
            self.report.problems.append(_older(entry, version, self.day))
        elif change.changed or change.filled:
            self.report.changed += bool(change.changed)
            self.report.filled += not change.changed
            self.rewriting.append((version, change.content))
        else:
            self.report.unchanged += 1


def _older(entry: CatalogueEntry, version: ProcedureVersion, day: date) -> Problem:
    return Problem(
        code="procedures.older_than_record",
        message=msgid(
            "{procedure}: the file is dated {day}, the version on record {recorded}; the version "
            "on record was kept."
        ),
        data={
            "procedure": entry.code,
            "day": day.isoformat(),
            "recorded": version.valid.lower.isoformat(),
        },
        row=entry.row,
        severity="warning",
    )


def _withheld(entry: CatalogueEntry, parts: Sequence[str]) -> Problem:
    return Problem(
        code="procedures.entered_by_hand",
        message=msgid("{procedure}: the file differs from what was entered here ({parts})."),
        data={"procedure": entry.code, "parts": ", ".join(parts)},
        row=entry.row,
        severity="warning",
        advice=msgid(
            "What was entered here stays in force. Compare it with the file, and edit it where needed."
        ),
    )


def _parse_date_in_name(name: str) -> date | None:
    match = _DATED.search(name)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
