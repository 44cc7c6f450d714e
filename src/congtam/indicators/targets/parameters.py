"""Entering and withdrawing parameters (tham số): values that decisions set and expressions look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.indicators.definitions.parameters import set_measures
from congtam.indicators.domain.measures import MEASURES
from congtam.indicators.language.grammar import PARAMETER_CODE
from congtam.indicators.models import SetParameter
from congtam.indicators.targets.actions import create_row, withdraw_row
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.vietnamese import nfc
from congtam.org_units import public as org_units


@dataclass(frozen=True, kw_only=True)
class ParameterEntry:
    """A parameter as a person enters it; ``until`` is the first day on which it does not hold, None is open."""

    code: str
    name: str
    measure: str
    value: Decimal
    decision: str
    decided_on: date
    since: date
    until: date | None = None
    unit_code: str = ""
    unit_kind: str = ""


@transaction.atomic
def set_parameters(entries: Sequence[ParameterEntry], *, actor: Actor) -> list[SetParameter]:
    """Enter several, all or none; raises InputRefused with everything wrong, NotAllowed without the right."""
    measures = set_measures()
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        problems += [replace(one, row=number) for one in _entry_problems(entry, measures)]
        measures.setdefault(entry.code, entry.measure)
    if problems:
        raise InputRefused(problems)
    return [_set_parameter(entry, actor=actor) for entry in entries]


@transaction.atomic
def withdraw_parameter(key: str, *, actor: Actor) -> None:
    """Withdraw a parameter that was entered by mistake or was replaced; it stays on record."""
    row = withdraw_row(SetParameter, key, kind="parameter", actor=actor)
    _audit_parameter(row, "parameter.withdrawn", actor=actor)


def list_parameters() -> list[SetParameter]:
    """Every parameter that was not withdrawn; they are public decisions, open to all who signed in."""
    rows = SetParameter.objects.filter(withdrawn_at=None)
    return list(rows.order_by("code", "unit_code", "unit_kind", "valid"))


def _set_parameter(entry: ParameterEntry, *, actor: Actor) -> SetParameter:
    message = msgid("{code} is already set for these units in that time. Withdraw it first.")
    row = create_row(
        SetParameter,
        entry,
        end=entry.until,
        taken=_problem("exists", message, "since", code=entry.code),
        actor=actor,
        code=entry.code,
        name=nfc(entry.name).strip(),
        measure=entry.measure,
    )
    _audit_parameter(row, "parameter.set", actor=actor)
    return row


def _entry_problems(entry: ParameterEntry, measures: dict[str, str]) -> Iterator[Problem]:
    known = measures.get(entry.code, entry.measure)
    rules: Iterable[tuple[bool, str, str]] = (
        (
            not PARAMETER_CODE.fullmatch(entry.code),
            "code",
            msgid("A code has small letters, digits and single underscores, such as most_days."),
        ),
        (not entry.name.strip(), "name", msgid("Enter what the parameter is called.")),
        (entry.measure not in MEASURES, "measure", msgid("“{measure}” is not a unit of measure.")),
        (
            known != entry.measure,
            "measure",
            msgid("{code} is in “{known}”; all its rows have one unit of measure."),
        ),
        (
            not entry.decision.strip(),
            "decision",
            msgid("Enter the number of the decision that sets the parameter."),
        ),
        (
            entry.until is not None and entry.until <= entry.since,
            "until",
            msgid("The last day is before the first day."),
        ),
        (
            not entry.unit_code and not entry.unit_kind,
            "unit",
            msgid("Choose a unit, a kind of unit, or both."),
        ),
        (
            bool(entry.unit_code) and not org_units.is_registered_unit(entry.unit_code),
            "unit",
            msgid("There is no unit with the code {unit}."),
        ),
    )
    data = {"code": entry.code, "measure": entry.measure, "known": known, "unit": entry.unit_code}
    yield from (
        _problem("refused", message, field, **data) for is_broken, field, message in rules if is_broken
    )


def _problem(name: str, message: str, column: str, **data: str) -> Problem:
    return Problem(code=f"parameter_{name}", message=message, data=data, column=column)


def _audit_parameter(row: SetParameter, verb: str, *, actor: Actor) -> None:
    data = {"code": row.code, "value": str(row.value), "decision": row.decision, "unit_kind": row.unit_kind}
    record(actor, verb, kind="parameter", key=row.key, unit_code=row.unit_code, data=data)
