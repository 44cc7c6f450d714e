"""Entering by hand what the desks need of a procedure (sửa nội dung tiếp nhận)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final

from congtam.foundation.files import FileLimits, declare_file_kind, is_stored, store_file
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem, msgid
from congtam.procedures import permissions
from congtam.procedures.catalogue.desk_version import put_into_force
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk_parts import DeskParts, validate_desk_parts
from congtam.procedures.form_files import detect_media_type
from congtam.procedures.models import ProcedureVersion

FORM_KIND: Final = "procedure_form"
declare_file_kind(
    FORM_KIND, FileLimits(size=10 << 20, endings=(".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt"))
)


def store_form_file(content: BinaryIO, *, name: str, actor: Actor) -> str:
    """Keep the form of a paper (lưu mẫu đơn); its digest. Raises FileRefused for what is no document."""
    permissions.require_edit(actor)
    media_type = detect_media_type(content, name)
    return store_file(content, name=name, media_type=media_type, kind=FORM_KIND, actor=actor).digest


def edit_desk_parts(
    code: str, parts: DeskParts, *, valid_from: date, ground: str, actor: Actor, base: str = ""
) -> ProcedureVersion:
    """Make a version with these parts from a day on (phiên bản mới), as `put_into_force` says."""

    def change(recorded: Content) -> tuple[Content, list[Problem]]:
        return parts.put_into(recorded), [*validate_desk_parts(parts), *_problems_of_files(parts, recorded)]

    return put_into_force(code, change, valid_from=valid_from, ground=ground, actor=actor, base=base)


def _problems_of_files(parts: DeskParts, recorded: Content) -> Iterator[Problem]:
    """A form is public: only what was sent in as one is, whatever digest the page names."""
    before = {paper.form_digest for paper in recorded.papers}
    for position, paper in enumerate(parts.papers):
        digest = paper.form_digest
        if digest and digest not in before and not is_stored(digest, kind=FORM_KIND):
            yield Problem(
                code="form_unknown",
                message=msgid("This form was not uploaded. Choose its file again."),
                column=f"papers.{position}.form",
            )
