"""Asking the applicant for what is missing, and taking it in (yêu cầu bổ sung, nhận bổ sung, quá hạn bổ sung)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from congtam.dossiers.deadlines.domain.terms import end_of_worked
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import Ground
from congtam.dossiers.form.corrections import Correction, corrected
from congtam.dossiers.handling.changing import Change, changing
from congtam.dossiers.handling.domain.guards import NotLapsed
from congtam.dossiers.handling.papers import add_files, check_in
from congtam.dossiers.models import Dossier, Letter, LetterKind
from congtam.dossiers.record.domain.receipt import Attached, HandedIn
from congtam.dossiers.record.permissions import may_see_person
from congtam.dossiers.record.reasons import noted
from congtam.foundation.public import Actor
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, Problem, msgid
from congtam.procedures.public import desk_procedure
from congtam.work_calendar.public import working_calendar

DEFAULT_DAYS = 30
LAPSED = "supplement_not_received"
SENT_AT = "sent_at"


class SupplementSent(DomainError):
    """The applicant sent what was asked for; somebody must look at it first."""

    code = "dossiers.supplement_sent"
    message = msgid(
        "The applicant of dossier {dossier} has sent the supplement. Take it in, or turn it down with a reason."
    )


def ask_supplement(
    code: str, *, missing: Sequence[str], reason: str, actor: Actor, version: int | None = None
) -> Dossier:
    """Ask the applicant once for all that is missing (Mẫu 02); the clock stands still until it comes."""
    wanted = [paper for paper in (noted(line, column="missing") for line in missing) if paper]
    why = noted(reason, column="reason")
    if not wanted:
        message = msgid("Say which papers are missing.")
        raise InputRefused([Problem(code="missing_papers_missing", message=message, column="missing")])
    with changing(code, Verb.ASK_SUPPLEMENT, actor=actor, version=version) as change:
        due_at = _supplement_due(change)
        change.write_letter(LetterKind.SUPPLEMENT, {"missing": wanted, "reason": why}, due_at=due_at)
        change.stop_clock(Ground.SUPPLEMENT)
        change.desk.supplement_due_at = due_at
        change.dossier.supplement_count += 1
        change.data |= {"missing": len(wanted)}
    return change.dossier


def receive_supplement(
    code: str,
    *,
    actor: Actor,
    papers: Sequence[HandedIn] = (),
    files: Sequence[Attached] = (),
    form: Mapping[str, Any] | Correction | None = None,
    handed_in_at: datetime | None = None,
    version: int | None = None,
) -> Dossier:
    """Take in what was asked for; the clock runs again (nhận bổ sung).

    ``form`` are the answers of the electronic form as they now read, all of them, or a correction that was checked
    when it was sent; None leaves it as it is. ``handed_in_at`` is the instant the applicant sent it online, when that
    was before it was taken in. Raises InputRefused with everything wrong in the answers.
    """
    with changing(code, Verb.RECEIVE_SUPPLEMENT, actor=actor, version=version) as change:
        check_in(change, papers)
        add_files(change, [replace(file, kind="supplement") for file in files])
        told: dict[str, Any] = {"papers": [asdict(paper) for paper in papers], "files": len(files)}
        if changes := _correct_form(change, form):
            told["form"] = changes
        _answer_letter(change, told)
        change.start_clock(ground=Ground.SUPPLEMENT, at=handed_in_at)
        change.desk.supplement_due_at = None
        change.data |= {"papers": len(papers), "files": len(files)}
    return change.dossier


def lapse(code: str, *, actor: Actor, version: int | None = None) -> Dossier:
    """End a dossier whose applicant let the time to supplement pass (quá hạn bổ sung)."""
    with changing(code, Verb.LAPSE, actor=actor, version=version) as change:
        _require_over(change)
        if _asked(code).filter(answer__has_key=SENT_AT).exists():
            raise SupplementSent(dossier=code)
        change.write_letter(
            LetterKind.REFUSAL,
            {"ground": LAPSED, "reason": "Người nộp không bổ sung hồ sơ trong thời hạn yêu cầu."},
        )
    return change.dossier


def note_sent(code: str, *, sent_at: datetime | None) -> None:
    """Note that the applicant sent the supplement online, for the desk to look at; None when it was turned down.

    Until then the dossier does not lapse: the applicant acted in time.
    """
    _asked(code).update(answer={SENT_AT: sent_at.isoformat()} if sent_at else {})


def _asked(code: str) -> QuerySet[Letter]:
    """The demand that waits for its answer."""
    return Letter.objects.filter(dossier__code=code, kind=LetterKind.SUPPLEMENT, answered_at__isnull=True)


def _correct_form(change: Change, form: Mapping[str, Any] | Correction | None) -> list[dict[str, str]]:
    """Keep the form as it now reads; what reads otherwise than before.

    A counter that took it in for another unit reads none of it, and so changes none of it.
    """
    if form is None:
        return []
    if not may_see_person(change.actor, change.dossier.unit_code):
        raise NotAllowed(right="dossiers.correct_form", unit=change.dossier.unit_code)
    on = change.now.astimezone(LOCAL).date()
    correction = form if isinstance(form, Correction) else corrected(change.desk, form, on=on)
    if correction.form.problems:
        raise InputRefused(correction.form.problems)
    if correction.changes:
        change.desk.form = dict(correction.form.kept)
        change.data |= {"form_answers": len(correction.changes)}
    return [asdict(each) for each in correction.changes]


def _answer_letter(change: Change, told: dict[str, Any]) -> None:
    _asked(change.dossier.code).update(answered_at=change.now, answered_by=change.actor.username, answer=told)


def _supplement_due(change: Change) -> datetime:
    """The end of the last day the applicant has, not the hour at which the desk closes.

    Source: Bộ luật Dân sự 2015, Điều 148 khoản 5 and 6.
    """
    procedure = desk_procedure(change.dossier.procedure_code, change.desk.numbered_on)
    days = procedure.supplement_days if procedure else DEFAULT_DAYS
    return end_of_worked(change.now + timedelta(days=days), calendar=working_calendar())


def _require_over(change: Change) -> None:
    """The last day may have become a day off since it was written: then the next working day is the last."""
    due_at = change.desk.supplement_due_at
    until = end_of_worked(due_at, calendar=working_calendar()) if due_at else change.now
    if change.now <= until:
        raise NotLapsed(dossier=change.dossier.code, until=until.astimezone(LOCAL))
