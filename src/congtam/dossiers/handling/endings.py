"""Ending a dossier without a result (dừng, rút, từ chối), putting its date off, and opening it again."""

from __future__ import annotations

from datetime import date, datetime

from congtam.dossiers.deadlines.domain import NewDateIsDayOff, NewDateNotLater, closing_time, may_extend
from congtam.dossiers.deadlines.ledgers import due_as_it_runs
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import LineKind
from congtam.dossiers.handling.changing import Change, changing
from congtam.dossiers.models import Dossier, LetterKind
from congtam.dossiers.record.reasons import said
from congtam.dossiers.steps.stepping import begin_step, end_step, follow_due
from congtam.foundation.public import Actor, Role
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.work_calendar import OutsideCalendar
from congtam.work_calendar.public import working_calendar


def stop(code: str, *, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """Stop handling at the applicant's request, while nothing is decided (Mẫu 05; NĐ 118/2025 Điều 21)."""
    why = said(reason)
    with changing(code, Verb.STOP, actor=actor, version=version) as change:
        change.write_letter(LetterKind.STOP, {"reason": why})
    return change.dossier


def withdraw(code: str, *, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """Give the application back to the applicant who takes it back (rút hồ sơ)."""
    why = said(reason)
    with changing(code, Verb.WITHDRAW, actor=actor, version=version) as change:
        change.write_letter(LetterKind.WITHDRAWAL, {"reason": why})
    return change.dossier


def refuse(code: str, *, ground: str, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """Refuse to handle the dossier, with the ground in law and the reason (Mẫu 03)."""
    why, on = said(reason), said(ground, column="ground")
    with changing(code, Verb.REFUSE, actor=actor, version=version) as change:
        change.write_letter(LetterKind.REFUSAL, {"ground": on, "reason": why})
    return change.dossier


def apologise(
    code: str, *, reason: str, new_due_on: date, actor: Actor, version: int | None = None
) -> Dossier:
    """Apologise and set a new date, once and before the term ends (Mẫu 04)."""
    why = said(reason)
    with changing(code, Verb.APOLOGISE, actor=actor, version=version) as change:
        old = change.dossier.due_at
        until = _new_due_at(change, new_due_on, extended_before=change.desk.apology_count > 0)
        content = {
            "reason": why,
            "old_due_at": old.isoformat() if old else None,
            "new_due_at": until.isoformat(),
        }
        letter = change.write_letter(LetterKind.APOLOGY, content)
        change.add_line(LineKind.EXTENDED, until=until, note=letter.number)
        follow_due(change, old)
        change.desk.apology_count = 1
        change.data |= {"old": content["old_due_at"], "new": content["new_due_at"]}
    return change.dossier


def reopen(
    code: str,
    *,
    reason: str,
    actor: Actor,
    new_due_on: date | None = None,
    version: int | None = None,
) -> Dossier:
    """Open an ended dossier again, with a reason; it lies with the office that handles (mở lại hồ sơ).

    The old due date stands, or closing and reopening would buy time, unless the decision to reopen sets a new one.
    """
    why = said(reason)
    with changing(code, Verb.REOPEN, actor=actor, version=version) as change:
        dossier, desk = change.dossier, change.desk
        end_step(change, "ended")
        change.data |= {"result": desk.result.get("number", "")}
        dossier.finished_at = dossier.returned_at = dossier.result_digitised = None
        desk.decided_at, desk.decided_by, desk.result = None, "", {}
        until = closing_time(_worked(new_due_on, change), calendar=working_calendar()) if new_due_on else None
        change.add_line(LineKind.REOPENED, until=until, note=why)
        handling = [step for step in desk.process if step["role"] == Role.OFFICER]
        begin_step(change, handling[0] if handling else desk.process[0], holder="", note=why)
    return change.dossier


def _new_due_at(change: Change, new_due_on: date, *, extended_before: bool) -> datetime:
    """The new due instant; what is wrong with the day is told beside the field."""
    try:
        return may_extend(
            due_as_it_runs(change.dossier, change.desk, now=change.now),
            new_due_on,
            now=change.now,
            extended_before=extended_before,
            calendar=working_calendar(),
        )
    except (NewDateNotLater, NewDateIsDayOff, OutsideCalendar) as error:
        told = Problem(code=error.code, message=error.message, data=error.data, column="new_due_on")
        raise InputRefused([told]) from None


def _worked(day: date, change: Change) -> date:
    """A day from now on that is worked; InputRefused otherwise."""
    try:
        is_worked = working_calendar().is_working_day(day)
    except OutsideCalendar:
        is_worked = False
    if day < change.now.astimezone(LOCAL).date() or not is_worked:
        message = msgid("The new date must be a working day from today on.")
        raise InputRefused([Problem(code="date_not_worked", message=message, column="new_due_on")])
    return day
