"""The due date of a dossier that is about to be received (hẹn trả dự kiến), and why it is that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.domain import Limit, Line, compute_due_dates
from congtam.dossiers.deadlines.domain.explanation import explain_ledger
from congtam.dossiers.deadlines.web.texts import format_sentence, moment
from congtam.dossiers.domain.states import LineKind
from congtam.kernel.clock import LOCAL
from congtam.procedures.public import DeskProcedure
from congtam.work_calendar.public import working_calendar

_CONCLUSION = "So it was due on {due}."


@dataclass(frozen=True)
class DuePreview:
    """When the result would be due, and the reasons in sentences."""

    due: str
    reasons: tuple[str, ...]


def due_preview(procedure: DeskProcedure, *, channel: str, case_kind: str, now: datetime) -> DuePreview:
    """The due date if the dossier were received this minute."""
    catalogue_limit = procedure.limit_for(channel=channel, case_kind=case_kind)
    if catalogue_limit is None:
        return DuePreview("", (_("The catalogue specifies no calculable time limit."),))
    limit = Limit.from_counted(catalogue_limit)
    lines, calendar = [Line(kind=LineKind.GIVEN, at=now)], working_calendar()
    sentences = explain_ledger(limit, lines, calendar=calendar, now=now).sentences
    reasons = takewhile(lambda part: part.message != _CONCLUSION, sentences)
    due_at = compute_due_dates(limit, lines, calendar=calendar).due_at
    return DuePreview(moment(due_at), tuple(format_sentence(part, LOCAL.key) for part in reasons))
