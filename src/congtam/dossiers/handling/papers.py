"""Papers and files of a dossier (giấy tờ, tệp đính kèm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.changing import Change, changing
from congtam.dossiers.models import Dossier, Paper
from congtam.dossiers.record.domain.receipt import Attached, HandedIn
from congtam.foundation.public import Actor
from congtam.kernel.errors import InputRefused, Problem, msgid


def attach(code: str, *, file: Attached, actor: Actor, version: int | None = None) -> Dossier:
    """Add a file to a dossier (đính kèm tệp); to a finished one only the scan of its result."""
    with changing(code, Verb.ATTACH, actor=actor, version=version) as change:
        if change.dossier.state == State.FINISHED and file.kind != "result":
            message = msgid("Handling has ended: only the result can be attached now.")
            raise InputRefused([Problem(code="only_result", message=message, column="file")])
        add_files(change, [file])
        if file.kind == "result" and change.dossier.state == State.FINISHED:
            change.dossier.result_digitised = True
        change.data |= {"file": file.digest, "kind": file.kind}
    return change.dossier


def add_files(change: Change, files: Sequence[Attached]) -> None:
    """Write rows for stored files."""
    Paper.objects.bulk_create(
        Paper(dossier=change.dossier, added_at=change.now, added_by=change.actor.username, **asdict(file))
        for file in files
    )


def check_in(change: Change, papers: Sequence[HandedIn]) -> None:
    """Add the counts of papers handed in later to the checklist."""
    given = {paper.place: paper for paper in papers}
    unknown = given.keys() - {row["place"] for row in change.desk.papers}
    if unknown:
        message = msgid("The checklist has no paper {place}.")
        raise InputRefused(
            Problem(code="paper_unknown", message=message, data={"place": place}, column=f"papers.{place}")
            for place in sorted(unknown)
        )
    for row in change.desk.papers:
        if paper := given.get(row["place"]):
            row["originals"] += paper.originals
            row["certified"] += paper.certified
            row["copies"] += paper.copies
