"""Papers and files that come to a dossier (giấy tờ, tệp đính kèm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.models import Paper
from congtam.dossiers.record.domain.checklist import Checklist
from congtam.dossiers.record.domain.receipt import AttachedFile, HandedInPaper
from congtam.kernel.errors import InputRefused, Problem, msgid


def add_files(change: DossierChange, files: Sequence[AttachedFile]) -> None:
    """Write rows for stored files."""
    Paper.objects.bulk_create(
        Paper(dossier=change.dossier, added_at=change.now, added_by=change.actor.username, **asdict(file))
        for file in files
    )


def add_to_checklist(change: DossierChange, papers: Sequence[HandedInPaper]) -> None:
    """Add the counts of papers handed in later to the checklist."""
    checklist = Checklist.parse(change.desk.papers)
    if unknown := checklist.unknown(papers):
        message = msgid("The checklist has no paper number {position}.")
        raise InputRefused(
            Problem(
                code="paper_unknown",
                message=message,
                data={"position": position},
                column=f"papers.{position}",
            )
            for position in unknown
        )
    change.desk.papers = checklist.plus(papers).serialize()
