"""What an internal process must be (quy trình nội bộ): steps in order, who acts, in how many office hours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

from congtam.kernel.errors import Problem, msgid
from congtam.procedures.domain.desk import DeskLimit, ProcessStep

ROLES: Final = ("clerk", "officer", "unit_head", "leader")
"""Who may act in a step; the roles of the accounts."""
HOURS_A_DAY: Final = Decimal(8)
MOST_STEPS: Final = 40
_MOST_HOURS: Final = Decimal(10_000)


def validate_steps(steps: Sequence[ProcessStep]) -> Iterator[Problem]:
    """What makes a process unusable; ``column`` names the field as ``steps.<number>.<field>``."""
    if not steps:
        yield Problem(
            code="process_without_steps", message=msgid("Add steps to the process."), column="steps"
        )
    if len(steps) > MOST_STEPS:
        yield Problem(
            code="process_too_long",
            message=msgid("A process can have at most {maximum} steps."),
            data={"maximum": MOST_STEPS},
            column="steps",
        )
    for number, step in enumerate(steps):
        yield from _step_problems(step, f"steps.{number}")
    if steps and steps[0].role != "clerk" and steps[0].role in ROLES:
        yield Problem(
            code="process_first_step",
            message=msgid("The first step must be receipt at the one-stop shop, carried out by the clerk."),
            column="steps.0.role",
        )


def _step_problems(step: ProcessStep, at: str) -> Iterator[Problem]:
    if not step.name.strip():
        yield Problem(
            code="step_without_name", message=msgid("Enter the name of the step."), column=f"{at}.name"
        )
    if step.role not in ROLES:
        yield Problem(
            code="step_role_unknown",
            message=msgid("“{role}” is not a role that carries out a step."),
            data={"role": step.role},
            column=f"{at}.role",
            advice=msgid("Choose clerk, officer, unit head or leader."),
        )
    if step.hours is not None and not 0 < step.hours <= _MOST_HOURS:
        yield Problem(
            code="step_hours",
            message=msgid("Enter a number of hours above 0 for the step."),
            column=f"{at}.hours",
        )


def limit_hours(limit: DeskLimit) -> Decimal | None:
    """The office hours of a limit, where it is one of working days or hours."""
    if limit.unit == "working_days":
        return limit.value * HOURS_A_DAY
    return limit.value if limit.unit == "hours" else None


def limit_exceeded_problem(steps: Sequence[ProcessStep], limit: DeskLimit | None) -> Problem | None:
    """A warning where the steps together take longer than the limit allows."""
    allowed = limit_hours(limit) if limit else None
    total = sum((step.hours for step in steps if step.hours), Decimal(0))
    if not allowed or total <= allowed:
        return None
    return Problem(
        code="process_longer_than_limit",
        message=msgid("The steps take {total} hours in total; the time limit allows {allowed}."),
        data={"total": format_plain(total), "allowed": format_plain(allowed)},
        column="steps",
        severity="warning",
    )


def format_plain(value: Decimal) -> str:
    """A number without needless zeros.

    >>> format_plain(Decimal("8.00")), format_plain(Decimal("1.50"))
    ('8', '1.5')
    """
    return f"{value.normalize():f}"


def steps_to_json(steps: Sequence[ProcessStep]) -> list[dict[str, Any]]:
    """The steps as they are kept."""
    return [
        {**asdict(step), "hours": None if step.hours is None else format_plain(step.hours)} for step in steps
    ]


def steps_from_json(rows: Sequence[Mapping[str, Any]]) -> tuple[ProcessStep, ...]:
    """The steps as they were kept; the inverse of `steps_to_json`."""
    return tuple(
        ProcessStep(**{**row, "hours": None if row["hours"] is None else Decimal(row["hours"])})
        for row in rows
    )


def process_digest(code: str, decision: str, steps: Sequence[ProcessStep]) -> str:
    """Decides whether two processes are the same."""
    text = json.dumps([code, decision, steps_to_json(steps)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
