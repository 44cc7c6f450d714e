"""Why a dossier of the desk is due when it is (giải trình thời hạn), told from its clock ledger."""

from __future__ import annotations

from datetime import datetime

from congtam.dossiers.domain.clock import Explanation
from congtam.dossiers.ledgers import ledger_story
from congtam.dossiers.models import DeskRecord, Dossier


def story_of(dossier: Dossier, desk: DeskRecord, *, now: datetime) -> Explanation:
    """The verdicts and the story of a dossier, up to ``now``."""
    return ledger_story(dossier, desk, now=now)
