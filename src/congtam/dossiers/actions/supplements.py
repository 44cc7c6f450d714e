"""Asking the applicant for what is missing, and taking it in (yêu cầu bổ sung, nhận bổ sung)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from congtam.dossiers.actions.changing import Change, changing
from congtam.dossiers.domain.deadlines import closing_time
from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import Ground
from congtam.dossiers.models import Dossier, Letter, LetterKind
from congtam.foundation.public import Actor, working_calendar
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.procedures.public import desk_procedure

DEFAULT_DAYS = 30


class SupplementAskedBefore(DomainError):
    """A supplement may be asked for only once."""

    code = "dossiers.supplement_asked_before"
    message = msgid(
        "A supplement was already asked for in dossier {dossier}. It may be asked for only once (NĐ 118/2025)."
    )


def ask_supplement(
    code: str, *, missing: Sequence[str], reason: str, actor: Actor, version: int | None = None
) -> Dossier:
    """Ask the applicant once for all that is missing (Mẫu 02); the clock stands still until it comes."""
    wanted = [paper.strip() for paper in missing if paper.strip()]
    if not wanted:
        message = msgid("Say which papers are missing.")
        raise InputRefused([Problem(code="missing_papers_missing", message=message, column="missing")])
    with changing(code, Verb.ASK_SUPPLEMENT, actor=actor, version=version) as change:
        if Letter.objects.filter(dossier=change.dossier, kind=LetterKind.SUPPLEMENT).exists():
            raise SupplementAskedBefore(dossier=change.dossier.code)
        due_at = _supplement_due(change)
        change.write_letter(
            LetterKind.SUPPLEMENT, {"missing": wanted, "reason": reason.strip()}, due_at=due_at
        )
        change.stop_clock(Ground.SUPPLEMENT)
        change.desk.supplement_due_at = due_at
        change.dossier.supplement_count += 1
        change.data |= {"missing": len(wanted)}
    return change.dossier


def _supplement_due(change: Change) -> datetime:
    calendar = working_calendar()
    procedure = desk_procedure(change.dossier.procedure_code, change.desk.numbered_on)
    days = procedure.supplement_days if procedure else DEFAULT_DAYS
    last = change.now.astimezone(calendar.zone).date() + timedelta(days=days)
    return closing_time(calendar.next_working_day(last), calendar=calendar)
