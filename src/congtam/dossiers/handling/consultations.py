"""Asking another office (lấy ý kiến phối hợp) and answering it."""

from __future__ import annotations

from decimal import Decimal

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import Ground
from congtam.dossiers.handling.changing import Change, Reach, changing
from congtam.dossiers.handling.domain.guards import NothingToAnswer
from congtam.dossiers.models import Dossier, Letter, LetterKind
from congtam.dossiers.record import permissions
from congtam.dossiers.record.reasons import said
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.org_units.public import unit_on
from congtam.work_calendar.public import working_calendar

LONGEST_HOURS = 2000


def consult(
    code: str,
    *,
    to_unit: str,
    question: str,
    hours: Decimal | float,
    actor: Actor,
    stops_clock: bool = False,
    version: int | None = None,
) -> Dossier:
    """Ask another office, to answer within office hours; the clock stands still only where the law says so."""
    _require_sound(to_unit, hours)
    asked = said(question, column="question")
    with changing(code, Verb.CONSULT, actor=actor, version=version) as change:
        due_at = working_calendar().add_working_hours(change.now, float(hours))
        letter = change.write_letter(
            LetterKind.CONSULTATION,
            {"question": asked, "hours": str(hours), "stops_clock": stops_clock},
            due_at=due_at,
            to_unit=to_unit,
        )
        if stops_clock:
            change.stop_clock(Ground.OTHER_OFFICE, note=letter.number)
        change.data |= {"to_unit": to_unit, "letter": letter.number, "stops_clock": stops_clock}
    return change.dossier


def answer(code: str, *, letter: int, text: str, actor: Actor, version: int | None = None) -> Dossier:
    """Record the answer to a question, by its sequence within the dossier (trả lời lấy ý kiến)."""
    told = said(text, column="text")
    with changing(code, Verb.ANSWER, actor=actor, version=version) as change:
        _answer(change, letter, told)
    return change.dossier


def answer_consultation(number: str, *, text: str, actor: Actor) -> Letter:
    """Answer a question put to the actor's unit; the dossier itself need not be visible to it."""
    told = said(text, column="text")
    question = Letter.objects.filter(number=number, kind=LetterKind.CONSULTATION).select_related("dossier")
    found = question.first()
    if found is None or not permissions.may(actor, Verb.ANSWER, found.to_unit_code):
        raise NotFound(kind="consultation", key=number)
    with changing(found.dossier.code, Verb.ANSWER, actor=actor, reach=_known(found.dossier)) as change:
        _answer(change, found.sequence, told)
    found.refresh_from_db()
    return found


def _known(dossier: Dossier) -> Reach:
    return lambda _code, _verb, _actor: dossier


def _answer(change: Change, sequence: int, text: str) -> None:
    letters = change.dossier.letters.filter(kind=LetterKind.CONSULTATION, answered_at__isnull=True)
    waiting = letters.filter(sequence=sequence).first()
    if waiting is None:
        raise NothingToAnswer(dossier=change.dossier.code)
    waiting.answered_at, waiting.answered_by = change.now, change.actor.username
    waiting.answer = {"text": text}
    waiting.save(update_fields=["answered_at", "answered_by", "answer"])
    change.start_clock(ground=Ground.OTHER_OFFICE, note=waiting.number)
    change.data |= {"letter": waiting.number}


def _require_sound(to_unit: str, hours: Decimal | float) -> None:
    problems = []
    if unit_on(to_unit, today(clock())) is None:
        message = msgid("There is no unit {unit}.")
        problems.append(
            Problem(code="unit_unknown", message=message, data={"unit": to_unit}, column="to_unit")
        )
    if not 0 < hours <= LONGEST_HOURS:
        message = msgid("Give the office hours within which to answer, more than 0.")
        problems.append(Problem(code="hours_out_of_range", message=message, column="hours"))
    if problems:
        raise InputRefused(problems)
