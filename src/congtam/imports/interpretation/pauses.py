"""The times a case's clock stood still, from pairs of events (tạm dừng tính thời hạn)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from congtam.dossiers.public import SuspensionRow
from congtam.imports.interpretation.fields import (
    FieldReader,
    ReadingSettings,
    build_row_filter,
    instant_field,
)
from congtam.imports.interpretation.mapping import Mapping, PauseMapping
from congtam.kernel.errors import Problem
from congtam.tabular.mapping import Value
from congtam.tabular.problems import problem
from congtam.tabular.records import SourceCase
from congtam.tabular.values import ValueFault


class _Moment(NamedTuple):
    at: datetime
    starts: bool


class PauseReader:
    """Reads the suspensions of cases by one mapping."""

    def __init__(self, mapping: Mapping, settings: ReadingSettings) -> None:
        self._settings = settings
        self._pauses = [
            (pause, instant_field([Value(column=[pause.at])], settings)) for pause in mapping.suspensions
        ]

    def read(self, case: SourceCase, problems: list[Problem]) -> tuple[SuspensionRow, ...]:
        """The suspensions, earliest first: each begins with a starting event and lasts to the next ending one."""
        suspensions: list[SuspensionRow] = []
        for pause, instant in self._pauses:
            moments = sorted(self._pause_moments(case, pause, instant=instant, problems=problems))
            suspensions.extend(_pair_moments(moments, pause.ground))
        return tuple(sorted(suspensions, key=lambda row: row.started_at))

    def _pause_moments(
        self, case: SourceCase, pause: PauseMapping, *, instant: FieldReader, problems: list[Problem]
    ) -> Iterator[_Moment]:
        starts = build_row_filter(pause.starts, self._settings.empty)
        ends = build_row_filter(pause.ends, self._settings.empty)
        for event in case.events:
            is_start = starts(event.values.get)
            if not is_start and not ends(event.values.get):
                continue
            try:
                at = instant.read(SourceCase(event.values, event.row))
            except ValueFault as fault:
                problems.append(problem(fault.code, row=event.row, column=instant.column, **fault.data))
                continue
            if at is not None:
                yield _Moment(at, is_start)


def _pair_moments(moments: list[_Moment], ground: str) -> Iterator[SuspensionRow]:
    begun: datetime | None = None
    for moment in moments:
        if moment.starts and begun is None:
            begun = moment.at
        elif not moment.starts and begun is not None:
            yield SuspensionRow(ground=ground, started_at=begun, ended_at=moment.at)
            begun = None
    if begun is not None:
        yield SuspensionRow(ground=ground, started_at=begun)
