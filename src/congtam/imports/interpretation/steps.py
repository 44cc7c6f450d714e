"""The steps of a case, from its events (các bước xử lý)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from congtam.dossiers.public import StepRow
from congtam.imports.domain import rules
from congtam.imports.interpretation.fields import (
    FieldReader,
    ReadingSettings,
    build_row_filter,
    instant_field,
    sort_key,
    text_field,
)
from congtam.imports.interpretation.mapping import EventMapping, Mapping
from congtam.kernel.errors import Problem
from congtam.kernel.precision import precedes
from congtam.tabular import values
from congtam.tabular.problems import problem
from congtam.tabular.records import SourceCase, SourceRow
from congtam.tabular.values import ValueFault

_INSTANTS: Final = {
    "started": "started_at",
    "finished": "finished_at",
    "planned": "planned_at",
    "due": "due_at",
}


class StepReader:
    """Reads the steps of cases by one mapping."""

    def __init__(self, mapping: Mapping, settings: ReadingSettings, *, now: datetime) -> None:
        event = mapping.event
        if event is None:
            raise ValueError("the mapping has no events")
        self._settings = settings
        self._now = now
        self._fields = dict(_event_fields(event, settings))
        self._chosen = build_row_filter(event.where, settings.empty) if event.where else None
        self._order = text_field(event.order, settings) if event.order else None
        self._keep = event.keep

    def read(self, case: SourceCase, problems: list[Problem]) -> tuple[StepRow, ...]:
        """The steps in their order; what is wrong is added to ``problems``."""
        chosen = [event for event in case.events if self._chosen is None or self._chosen(event.values.get)]
        facts = [
            step_values
            for event in chosen
            if (step_values := self._step_values(case, event, problems)) is not None
        ]
        if self._order is not None:
            facts.sort(key=lambda step_values: sort_key(step_values["order"]))
        for step_values in facts:
            step_values.pop("order", None)
        return tuple(
            StepRow(sequence=number, **step_values) for number, step_values in enumerate(facts, start=1)
        )

    def _step_values(
        self, case: SourceCase, event: SourceRow, problems: list[Problem]
    ) -> dict[str, Any] | None:
        """One step's values, None when one of them is wrong."""
        before = len(problems)
        # Fields are written for cases; a step is a case of its own event alone.
        alone = SourceCase(event.values, event.row)
        facts: dict[str, Any] = {}
        for name, field in self._fields.items():
            try:
                value = field.read(alone)
            except ValueFault as fault:
                location = {"row": event.row, "sheet": case.sheet, "column": field.column}
                problems.append(problem(fault.code, **location, **fault.data))  # type: ignore[arg-type]
                continue
            if value is not None:
                facts[name] = value
        if self._order is not None:
            facts["order"] = self._order.read(alone)
        problems.extend(self._time_problems(case, event, facts=facts))
        facts["attributes"] = self._stored_attributes(case, event, problems)
        return facts if len(problems) == before else None

    def _stored_attributes(
        self, case: SourceCase, event: SourceRow, problems: list[Problem]
    ) -> dict[str, str]:
        try:
            return values.filled_texts(event.values.get, self._keep, self._settings.empty)
        except ValueFault as fault:
            problems.append(problem(fault.code, row=event.row, sheet=case.sheet, **fault.data))
            return {}

    def _time_problems(
        self, case: SourceCase, event: SourceRow, *, facts: dict[str, Any]
    ) -> Iterator[Problem]:
        started, finished = facts.get("started_at"), facts.get("finished_at")
        for field, instant in (("started_at", started), ("finished_at", finished)):
            if instant is not None and not rules.is_plausible(instant, now=self._now):
                yield problem(
                    "date_implausible",
                    row=event.row,
                    sheet=case.sheet,
                    column=self._fields[field].column,
                    field=field.removesuffix("_at"),
                    value=instant.date().isoformat(),
                )
        if started and finished and precedes(finished, started, self._settings.zone.key):
            step = facts.get("name") or facts.get("code") or "?"
            column = self._fields["finished_at"].column
            yield problem("step_ends_before_start", row=event.row, sheet=case.sheet, column=column, step=step)


def _event_fields(event: EventMapping, settings: ReadingSettings) -> Iterator[tuple[str, FieldReader]]:
    for name in ("code", "name", "office", "officer"):
        source = getattr(event, name)
        if source:
            yield name, text_field(source, settings)
    for name, target in _INSTANTS.items():
        source = getattr(event, name)
        if source:
            yield target, instant_field(source, settings, ends_day=name in {"planned", "due"})
