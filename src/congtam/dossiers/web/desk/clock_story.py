"""Why a dossier of the desk is due when it is (giải trình thời hạn), told from its clock ledger."""

from __future__ import annotations

from datetime import datetime

from congtam.dossiers.domain.clock import Explanation
from congtam.dossiers.domain.deadlines import Limit, Line, LineKind
from congtam.dossiers.domain.ledger_story import explain_ledger
from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.foundation.public import working_calendar


def story_of(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> Explanation:
    """The verdicts and the story of a dossier, up to ``now``."""
    limit = None
    if desk.limit_value is not None:
        limit = Limit(value=desk.limit_value, unit=desk.limit_unit, latest_receipt=desk.latest_receipt)
    lines = [
        Line(
            kind=LineKind(line.kind),
            at=line.at,
            ground=line.ground,
            until=line.until,
            legal=line.legal,
            note=line.note,
            due_at=line.due_at,
        )
        for line in dossier.clock_lines.all()
    ]
    return explain_ledger(
        limit,
        lines,
        calendar=working_calendar(),
        now=now,
        finished_at=dossier.finished_at,
        is_open=dossier.state in OPEN,
    )
