"""Papers and files that come to a dossier (giấy tờ, tệp đính kèm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.models import Dossier, Paper
from congtam.dossiers.record.desk_queries import ended_parents
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
    if unknown := checklist.unknown_positions(papers):
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


def put_request_on_file(change: DossierChange, request: AttachedFile | None) -> None:
    """Put the applicant's request to withdraw or stop on file (đơn đề nghị); InputRefused where there is none.

    One that was attached before is enough. None is needed where the dossier this one was opened for ended without a
    result: then the office ends it, and nobody asked.
    """
    if request is not None:
        add_files(change, [replace(request, kind="request", position=None)])
        change.data |= {"request": request.digest}
    elif not (has_file(change.dossier, "request") or ended_parents([change.desk.parent_code])):
        message = msgid("Attach the applicant's request (a signed paper, or the message sent).")
        raise InputRefused([Problem(code="request_missing", message=message, column="request")])


def has_file(dossier: Dossier, kind: str) -> bool:
    """Whether a file of this kind is on the dossier."""
    return dossier.files.filter(kind=kind).exists()
