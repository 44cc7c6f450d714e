"""From a case as found to a dossier as stored, or to everything that is wrong with it (diễn giải hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from congtam.dossiers.public import OPEN, WITH_RESULT, DossierRow, SuspensionRow, state_from_dates
from congtam.dossiers.storing.public import PHONE
from congtam.imports.domain import rules
from congtam.imports.interpretation.fields import (
    FieldReader,
    ReadingSettings,
    instant_field,
    main_column,
    name_field,
    number_field,
    reading_settings,
    text_field,
    truth_field,
)
from congtam.imports.interpretation.mapping import CHANNELS, PAYMENTS, STATES, CaseMapping, Mapping
from congtam.imports.interpretation.pauses import PauseReader
from congtam.imports.interpretation.steps import StepReader
from congtam.kernel.errors import Problem
from congtam.kernel.input.phones import phone_or_none
from congtam.kernel.input.procedure_codes import plain_procedure_code
from congtam.tabular import values
from congtam.tabular.cells import name_invisible
from congtam.tabular.mapping import ValueSource
from congtam.tabular.problems import problem
from congtam.tabular.records import SourceCase
from congtam.tabular.values import ValueFault

UNIT_OF_ROW: Final = "{unit}"
"""In a prefix of codes: the unit of the row."""
_ALLOWED: Final = {"channel": CHANNELS, "state": STATES, "payment": PAYMENTS}
_NAMES: Final = {"unit": "unit_code", "fee": "fee_dong", "digitised": "result_digitised"} | {
    "received": "received_at",
    "due": "due_at",
    "finished": "finished_at",
    "returned": "returned_at",
    "supplements": "supplement_count",
    "limit": "limit_text",
}
_MOST: Final = {"fee": 10**15, "supplements": 10_000}
_COLUMN_OF_PROBLEM: Final = {
    "finished_before_received": "finished_at",
    "returned_before_received": "returned_at",
    "due_before_received": "due_at",
    "finish_missing": "finished_at",
    "state_contradicts_finish": "state",
}


class Interpreted(NamedTuple):
    """What came of a case: a dossier, or none, and what was noticed."""

    row: DossierRow | None
    problems: list[Problem]


class Interpreter:
    """Reads cases by one mapping; made once a file."""

    def __init__(self, mapping: Mapping, *, unit_code: str, now: datetime, prefix: str | None = None) -> None:
        self._mapping = mapping
        self._unit_code = unit_code
        self._now = now
        self._settings = reading_settings(mapping)
        self._fields = dict(_case_fields(mapping, self._settings))
        self._steps = StepReader(mapping, self._settings, now=now) if mapping.event else None
        self._pauses = PauseReader(mapping, self._settings) if mapping.suspensions else None
        self._keep = mapping.case.keep
        self._prefix = mapping.case.code_prefix if prefix is None else prefix
        self._flat_columns = _single_columns(mapping) if mapping.file.rows == "event" else ()

    def interpret(self, case: SourceCase) -> Interpreted:
        """The dossier of a case with warnings, or all problems that keep it from being one."""
        if case.fault is not None:
            return Interpreted(None, [case.fault])
        problems: list[Problem] = []
        facts: dict[str, Any] = {}
        for name, field in self._fields.items():
            try:
                value = field.read(case)
                if value is not None and value != "":
                    facts[name] = value
            except ValueFault as fault:
                problems.append(
                    problem(fault.code, column=field.column, row=case.row, sheet=case.sheet, **fault.data)
                )
        if self._flat_columns:
            problems.extend(self._column_disagreement_problems(case))
        steps = self._steps.read(case, problems) if self._steps else ()
        pauses = self._pauses.read(case, problems) if self._pauses else ()
        try:
            complete = self._complete_facts(case, facts, problems)
        except ValueFault as fault:
            problems.append(problem(fault.code, row=case.row, sheet=case.sheet, **fault.data))
            return Interpreted(None, _without_duplicates(problems))
        row = self._build_dossier_row(complete, steps=steps, pauses=pauses) if complete is not None else None
        return Interpreted(row, _without_duplicates(problems))

    def code_of(self, case: SourceCase) -> str:
        """The code of a case that may be refused for something else; empty where it cannot be read."""
        try:
            code = "" if case.fault else self._fields["code"].read(case)
            unit = self._fields["unit_code"].read(case) if code and "unit_code" in self._fields else ""
        except ValueFault:
            return ""
        return f"{self._prefix_of(unit or self._unit_code)}{code}" if code else ""

    def _prefix_of(self, unit_code: str) -> str:
        """What stands before the codes of a unit; where each numbers its own dossiers, its code may be part of it."""
        is_local = self._mapping.case.codes == "local"
        return self._prefix.replace(UNIT_OF_ROW, unit_code) if is_local else self._prefix

    def _complete_facts(
        self, case: SourceCase, facts: dict[str, Any], problems: list[Problem]
    ) -> dict[str, Any] | None:
        """The facts made whole and checked against each other; None when anything is wrong."""
        unreadable = {problem.column for problem in problems} if problems else ()
        for name in ("code", "received_at"):
            column = self._fields[name].column
            if name not in facts and column not in unreadable:
                problems.append(
                    problem("value_missing", column=column, row=case.row, sheet=case.sheet, field=name)
                )
        if problems:
            return None
        facts["unit_code"] = facts.get("unit_code") or self._unit_code
        if self._prefix:
            prefix = self._prefix_of(facts["unit_code"])
            facts["source_code"], facts["code"] = facts["code"], prefix + facts["code"]
        if not rules.is_code(facts["code"]):
            problems.append(
                self._problem_at(
                    case, problem("code_malformed", value=name_invisible(facts["code"][:60])), "code"
                )
            )
        finished, returned = facts.get("finished_at"), facts.get("returned_at")
        facts["state"] = facts.get("state") or state_from_dates(
            finished=finished is not None, returned=returned is not None
        )
        if facts["state"] in WITH_RESULT and finished is None and returned is not None:
            facts["finished_at"] = returned
        facts["attributes"] = self._stored_attributes(case, facts, problems)
        facts["source_row"] = case.row
        contradictions = rules.date_contradictions(
            _build_case_dates(facts, self._settings.zone), now=self._now
        )
        problems.extend(
            self._problem_at(case, wrong, _COLUMN_OF_PROBLEM.get(wrong.code)) for wrong in contradictions
        )
        return None if any(wrong.is_error for wrong in problems) else facts

    def _stored_attributes(
        self, case: SourceCase, facts: dict[str, Any], problems: list[Problem]
    ) -> dict[str, str]:
        """What is stored as the source has it, with the phone number in its one form; plain codes go to the facts."""
        attributes = values.filled_texts(case.get, self._keep, self._settings.empty) if self._keep else {}
        written = facts.get("procedure_code", "")
        plain = plain_procedure_code(written)
        if plain != written:
            facts["procedure_code"] = plain
            attributes.setdefault(self._fields["procedure_code"].column or "procedure_code", written)
        phone = facts.pop("phone", "")
        if phone and (number := phone_or_none(phone)):
            attributes[PHONE] = number
        elif phone:
            attributes.setdefault(self._fields["phone"].column, phone)
            unreadable = problem("phone_unreadable", severity="warning", value=name_invisible(phone[:40]))
            problems.append(self._problem_at(case, unreadable, "phone"))
        return attributes

    def _build_dossier_row(
        self, facts: dict[str, Any], *, steps: Sequence[Any], pauses: tuple[SuspensionRow, ...]
    ) -> DossierRow:
        ended = [pause.ended_at - pause.started_at for pause in pauses if pause.ended_at]
        seconds = int(sum(ended, timedelta()).total_seconds()) if ended else 0
        return DossierRow(
            **facts,
            time_zone=self._mapping.time_zone,
            steps=tuple(steps),
            suspensions=pauses,
            suspended_seconds=seconds,
        )

    def _problem_at(self, case: SourceCase, fault: Problem, name: str | None) -> Problem:
        field_name = name or _NAMES.get(str(fault.data.get("field")), "")
        field = self._fields.get(field_name)
        column = field.column if field else None
        location = {"row": case.row, "sheet": case.sheet, "column": column, "severity": fault.severity}
        return problem(fault.code, **location, **dict(fault.data))  # type: ignore[arg-type]

    def _column_disagreement_problems(self, case: SourceCase) -> Iterator[Problem]:
        """A flat file repeats what belongs to the case; its rows must agree."""
        if case.values or len(case.events) < 2:
            return
        first = case.events[0].values
        for column in self._flat_columns:
            expected = first.get(column)
            for event in case.events:
                other = event.values.get(column)
                if other != expected:
                    yield problem(
                        "value_differs",
                        row=event.row,
                        column=column,
                        sheet=case.sheet,
                        first=values.plain_text(expected)[:60],
                        other=values.plain_text(other)[:60],
                    )
                    break


def _without_duplicates(problems: list[Problem]) -> list[Problem]:
    """Each problem once: several fields may read the same faulty cell."""
    if len(problems) < 2:
        return problems
    return [fault for index, fault in enumerate(problems) if fault not in problems[:index]]


def _build_case_dates(facts: dict[str, Any], zone: ZoneInfo) -> rules.Life:
    return rules.Life(
        received=facts["received_at"],
        due=facts.get("due_at"),
        finished=facts.get("finished_at"),
        returned=facts.get("returned_at"),
        state=str(facts["state"]),
        zone=zone,
        is_open=facts["state"] in OPEN,
        has_result=facts["state"] in WITH_RESULT,
    )


def _case_fields(mapping: Mapping, settings: ReadingSettings) -> Iterator[tuple[str, FieldReader]]:
    """Every field the mapping gives, by its name in a dossier row."""
    for part, name in (("code", "procedure_code"), ("name", "procedure_name"), ("field", "field_name")):
        source = getattr(mapping.case.procedure, part)
        if source:
            yield name, (text_field if part == "code" else name_field)(source, settings)
    for part in CaseMapping.model_fields:
        source = getattr(mapping.case, part)
        if isinstance(source, list) and part != "keep":
            yield _NAMES.get(part, part), _field_reader(part, source, settings)


def _field_reader(part: str, source: ValueSource, settings: ReadingSettings) -> FieldReader:
    if part in {"received", "due", "finished", "returned"}:
        return instant_field(source, settings, ends_day=part == "due")
    if part in _MOST:
        return number_field(source, settings, most=_MOST[part])
    if part == "digitised":
        return truth_field(source, settings)
    if part in {"applicant", "officer"}:
        return name_field(source, settings)
    return text_field(source, settings, allowed=_ALLOWED.get(part))


def _single_columns(mapping: Mapping) -> tuple[str, ...]:
    """The columns of the case that every event row of a flat file repeats."""
    case = mapping.case
    dates = (case.received, case.due, case.finished, case.returned)
    sources = (
        *dates,
        case.state,
        case.channel,
        case.procedure.code,
        case.procedure.name,
        case.unit,
        case.fee,
    )
    return tuple(
        sorted({main_column([value]) for source in sources for value in source or () if value.column})
    )
