"""What everybody may read of the catalogue, signed in or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from congtam.foundation.files import stored_path
from congtam.kernel.errors import NotFound
from congtam.procedures.catalogue.domain.public_page import PublicProcedure, public_procedure
from congtam.procedures.catalogue.domain.suggesting import Suggestion
from congtam.procedures.catalogue.processes_in_force import process_in_force
from congtam.procedures.catalogue.queries import (
    PageKey,
    count,
    load_page,
    matching_versions,
    version_in_force,
)
from congtam.procedures.domain.content import from_json
from congtam.procedures.models import RequiredPaper


@dataclass(frozen=True)
class PublicSearch:
    """A page of a search, and how many there are (counted up to a limit)."""

    rows: tuple[Suggestion, ...]
    count: int
    following: PageKey | None


@dataclass(frozen=True)
class PaperFormFile:
    """A form to be filled in (mẫu đơn, tờ khai), as a file on disk."""

    name: str
    path: Path


def public_procedure_on(code: str, on: date, *, unit_code: str = "") -> PublicProcedure | None:
    """What is disclosed of a procedure on a day (trang công khai thủ tục); None where none is in force."""
    version = version_in_force(code, on)
    if version is None:
        return None
    return public_procedure(
        version.procedure.code,
        from_json(version.details),
        valid_from=version.valid.lower,
        process=process_in_force(code, on, unit_code=unit_code),
    )


def public_search(
    text: str,
    *,
    on: date,
    field_name: str = "",
    level: str = "",
    after: PageKey | None = None,
    limit: int = 30,
) -> PublicSearch:
    """Procedures in force on a day that hold every word, with or without diacritics; best first."""
    versions = matching_versions(text, on=on, field_name=field_name, level=level)
    page = load_page(versions, after=after, limit=limit)
    rows = tuple(
        Suggestion(
            code=row.procedure.code, name=row.name, field_name=row.field_name, levels=tuple(row.levels)
        )
        for row in page.rows
    )
    return PublicSearch(rows, count(versions), page.following)


def form_file(code: str, digest: str) -> PaperFormFile:
    """The form of a paper of a procedure, in whichever version; NotFound for any other file."""
    paper = RequiredPaper.objects.filter(version__procedure__code=code, form_digest=digest).first()
    if paper is None or not digest:
        raise NotFound(kind="form", key=digest)
    return PaperFormFile(paper.form_name, stored_path(digest))
