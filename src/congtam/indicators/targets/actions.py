"""Entering and withdrawing targets (giao chỉ tiêu)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Protocol, TypeVar
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.public import EVERYWHERE, Actor, Role, clock, record
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.models import SetByDecision, SetTarget
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.periods import DAY
from congtam.kernel.vietnamese import nfc
from congtam.org_units import public as org_units

Row = TypeVar("Row", bound=SetByDecision)
MAY_SET: Final = (Role.REFORM_OFFICER, Role.LEADER, Role.ADMINISTRATOR)
"""Who enters targets: for the units of the role; for a kind of unit everywhere, a role over the whole province."""


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """A target as a person enters it: the first and the last day are both included, no last day is open."""

    indicator: str
    value: Decimal
    decision: str
    decided_on: date
    since: date
    until: date | None = None
    unit_code: str = ""
    unit_kind: str = ""


@transaction.atomic
def set_target(entry: TargetEntry, *, actor: Actor) -> SetTarget:
    """Enter a target with its decision; raises InputRefused with everything wrong, NotAllowed without the right."""
    problems = list(_target_problems(entry))
    if problems:
        raise InputRefused(problems)
    message = msgid(
        "A target of this indicator is already set for these units in that period. Withdraw it first."
    )
    row = create_row(
        SetTarget,
        entry,
        end=entry.until + DAY if entry.until else None,
        taken=Problem(code="target_exists", message=message, column="since"),
        actor=actor,
        indicator=entry.indicator,
    )
    _audit_target(row, "target.set", actor=actor)
    return row


@transaction.atomic
def withdraw_target(key: str, *, actor: Actor) -> None:
    """Withdraw a target that was entered by mistake or was replaced; it stays on record."""
    row = withdraw_row(SetTarget, key, kind="target", actor=actor)
    _audit_target(row, "target.withdrawn", actor=actor)


class DecidedEntry(Protocol):
    """What a person enters of anything that a decision sets."""

    @property
    def value(self) -> Decimal: ...
    @property
    def decision(self) -> str: ...
    @property
    def decided_on(self) -> date: ...
    @property
    def since(self) -> date: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def unit_kind(self) -> str: ...


def create_row(
    model: type[Row], entry: DecidedEntry, *, end: date | None, taken: Problem, actor: Actor, **own: str
) -> Row:
    """Store what a decision sets up to ``end``; ``taken`` is told where another row holds in that time."""
    require_may_set(actor, entry.unit_code)
    try:
        with transaction.atomic():
            return model._default_manager.create(  # noqa: SLF001 - Django's name for it
                key=uuid4().hex,
                value=entry.value,
                unit_code=entry.unit_code,
                unit_kind=entry.unit_kind,
                valid=DateRange(entry.since, end),
                decision=nfc(entry.decision).strip(),
                decided_on=entry.decided_on,
                entered_at=clock().now(),
                entered_by=actor.username,
                **own,
            )
    except IntegrityError as error:
        if "_one_at_a_time" not in str(error):
            raise
        raise InputRefused([taken]) from None


def withdraw_row(model: type[Row], key: str, *, kind: str, actor: Actor) -> Row:
    """Mark a row as withdrawn; NotFound for one that is none or was withdrawn before."""
    row = model._default_manager.select_for_update().filter(key=key, withdrawn_at=None).first()  # noqa: SLF001
    if row is None:
        raise NotFound(kind=kind, key=key)
    require_may_set(actor, row.unit_code)
    row.withdrawn_at = clock().now()
    row.save(update_fields=["withdrawn_at"])
    return row


def may_set(actor: Actor, unit_code: str) -> bool:
    """Whether the actor sets targets for a unit; without a unit, for all units."""
    reach = org_units.visible_units(actor, *MAY_SET)
    return reach.everything or (bool(unit_code) and unit_code in reach.codes)


def require_may_set(actor: Actor, unit_code: str) -> None:
    """Raise NotFound for a unit the actor does not see, NotAllowed without the right to set its targets."""
    if unit_code and unit_code not in org_units.visible_units(actor):
        raise NotFound(kind="unit", key=unit_code)
    if not may_set(actor, unit_code):
        raise NotAllowed(right="indicators.set_target", unit=unit_code or EVERYWHERE)


def _target_problems(entry: TargetEntry) -> Iterator[Problem]:
    one = definition(entry.indicator)
    if one.is_share and not 0 <= entry.value <= 1:
        yield Problem(
            code="target_not_a_share", message=msgid("Enter a percentage between 0 and 100."), column="value"
        )
    if entry.value < 0:
        yield Problem(code="target_negative", message=msgid("A target cannot be negative."), column="value")
    if not entry.decision.strip():
        message = msgid("Enter the number of the decision that sets the target.")
        yield Problem(code="target_without_decision", message=message, column="decision")
    if entry.until and entry.until < entry.since:
        message = msgid("The last day is before the first day.")
        yield Problem(code="target_ends_first", message=message, column="until")
    if not entry.unit_code and not entry.unit_kind:
        message = msgid("Choose a unit, a kind of unit, or both.")
        yield Problem(code="target_for_nobody", message=message, column="unit")
    if entry.unit_code and not org_units.is_registered_unit(entry.unit_code):
        message = msgid("There is no unit with the code {code}.")
        yield Problem(
            code="target_unit_unknown", message=message, data={"code": entry.unit_code}, column="unit"
        )


def _audit_target(row: SetTarget, verb: str, *, actor: Actor) -> None:
    data = {
        "indicator": row.indicator,
        "value": str(row.value),
        "decision": row.decision,
        "unit_kind": row.unit_kind,
    }
    record(actor, verb, kind="target", key=row.key, unit_code=row.unit_code, data=data)
