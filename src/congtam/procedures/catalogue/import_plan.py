"""What an import of a catalogue is going to write, and its report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from congtam.kernel.errors import Problem, msgid
from congtam.procedures.catalogue import versions
from congtam.procedures.catalogue.note_conflicts import NewConflict
from congtam.procedures.domain.content import ChannelLimit, Content, ContentChange, combine, from_json
from congtam.procedures.domain.limit_conflicts import catalogue_name, compare_limits, limits_digest
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.readers.entries import CatalogueEntry


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
    conflicts: int = 0
    """Limits on which this catalogue and another disagree, and that nobody has decided yet."""
    settled: int = 0
    """Open conflicts that this import closed, because the catalogues agree now."""
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


class ImportPlan:
    """Decides for every entry what is to be written."""

    def __init__(
        self,
        day: date,
        source: str,
        *,
        report: CatalogueReport,
        decided: Mapping[str, Collection[frozenset[str]]],
    ) -> None:
        self.day = day
        self.source = source
        self.catalogue = catalogue_name(source)
        self.report = report
        self.opening: list[versions.NewVersion] = []
        self.closing: list[ProcedureVersion] = []
        self.rewriting: list[tuple[ProcedureVersion, Content]] = []
        self.conflicts: list[NewConflict] = []
        self.agreeing: list[str] = []
        """Codes of procedures whose limits this catalogue leaves nothing open about: the same, or decided about."""
        self._decided = decided

    def take(self, entry: CatalogueEntry, version: ProcedureVersion | None) -> None:
        """Plan one entry: a new procedure, gaps filled, a change, a conflict, or nothing."""
        if version is None:
            self.report.new += 1
            self.opening.append(versions.NewVersion(entry.code, entry.content, self.day))
            return
        change = self._compare_entry(entry, version)
        if change.withheld:
            self.report.problems.append(_withheld_problem(entry, change.withheld))
        if change.changed and (version.valid.lower is None or version.valid.lower < self.day):
            self.report.changed += 1
            self.closing.append(version)
            self.opening.append(self._next_version(entry, version, change))
        elif change.changed and version.valid.lower > self.day:
            self.report.unchanged += 1
            self.report.problems.append(_older_problem(entry, version, self.day))
        elif change.changed or change.filled:
            self.report.changed += bool(change.changed)
            self.report.filled += not change.changed
            version.limits_source = self._limits_source(version, change)
            self.rewriting.append((version, change.content))
        else:
            self.report.unchanged += 1

    def _compare_entry(self, entry: CatalogueEntry, version: ProcedureVersion) -> ContentChange:
        recorded, incoming = from_json(version.details), entry.content
        if not self._is_of_another_catalogue(version, recorded, incoming):
            self.agreeing.append(entry.code)
            return _combine_contents(recorded, entry, version)
        compared = compare_limits(recorded.limits, incoming.limits)
        if compared.disputed:
            self._note_conflict(version, recorded.limits, incoming.limits)
        else:
            self.agreeing.append(entry.code)
        without = replace(entry, content=replace(incoming, limits=()))
        change = _combine_contents(replace(recorded, limits=compared.limits), without, version)
        if compared.adds_to(recorded.limits):
            return replace(change, filled=(*change.filled, "limits"))
        return change

    def _is_of_another_catalogue(
        self, version: ProcedureVersion, recorded: Content, incoming: Content
    ) -> bool:
        return (
            bool(recorded.limits and incoming.limits)
            and "limits" not in version.by_hand
            and catalogue_name(version.limits_source) != self.catalogue
        )

    def _note_conflict(
        self,
        version: ProcedureVersion,
        recorded: tuple[ChannelLimit, ...],
        incoming: tuple[ChannelLimit, ...],
    ) -> None:
        pair = frozenset((limits_digest(recorded), limits_digest(incoming)))
        if pair in self._decided.get(version.procedure.code, ()):
            self.agreeing.append(version.procedure.code)
        else:
            self.conflicts.append(NewConflict(version=version, recorded=recorded, incoming=incoming))

    def _next_version(
        self, entry: CatalogueEntry, version: ProcedureVersion, change: ContentChange
    ) -> versions.NewVersion:
        return versions.NewVersion(
            entry.code,
            change.content,
            self.day,
            by_hand=version.by_hand,
            limits_source=self._limits_source(version, change),
        )

    def _limits_source(self, version: ProcedureVersion, change: ContentChange) -> str:
        """The file, where it states the limits; a gap filled in limits of another source leaves them its name."""
        states_limits = "limits" in change.changed or (
            "limits" in change.filled and not version.limits_source
        )
        return self.source[:300] if states_limits else version.limits_source


def _combine_contents(recorded: Content, entry: CatalogueEntry, version: ProcedureVersion) -> ContentChange:
    return combine(recorded, entry.content, incoming_is_list=entry.is_list, by_hand=version.by_hand)


def _older_problem(entry: CatalogueEntry, version: ProcedureVersion, day: date) -> Problem:
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


def _withheld_problem(entry: CatalogueEntry, parts: Sequence[str]) -> Problem:
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
