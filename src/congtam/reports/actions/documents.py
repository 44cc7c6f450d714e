"""Make and keep the documents of an inspection pack (văn bản của bộ số liệu kiểm tra)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.foundation.files import store_file
from congtam.foundation.public import Actor
from congtam.inspections.public import (
    InspectionPack,
    PackContent,
    content_for,
    content_of,
    find_file,
    record_pack_file,
)
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotFound
from congtam.reports.actions.rendering import render_form
from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.report import INSPECTION_REPORT
from congtam.typesetting.public import MEDIA_TYPES, OfficialDocument

FILE_KIND: Final = "report"
ALONE: Final = "-alone"
"""Marks a document that leaves out the peers."""


@dataclass(frozen=True, kw_only=True)
class StoredDocument:
    """A document in the file store (văn bản đã lưu)."""

    digest: str
    name: str
    media_type: str


def document_of(pack: InspectionPack, content: PackContent | None = None) -> OfficialDocument:
    """The report of a pack, or of the part of its content given, dated the day the pack was prepared."""
    prepared_on = local_day(pack.prepared_at)
    return inspection_report(content or content_of(pack), key=pack.key, prepared_on=prepared_on)


def pack_document(pack: InspectionPack, form: str, *, actor: Actor) -> StoredDocument:
    """The stored document of the pack in a format; it is made when it is asked for the first time.

    A .docx is made in the template in force on the day the pack was prepared, and stays as it was made.
    The same pack gives the same bytes, so a document made twice at once is still one file. Who may not see all peers
    gets a document of its own, without them.
    """
    if form not in MEDIA_TYPES:
        raise NotFound(kind="document", key=f"{pack.key}.{form}")
    shown = content_for(pack, to=actor)
    mark = "" if shown == content_of(pack) else ALONE
    pack_file = find_file(pack, form + mark)
    if pack_file is None:
        name = f"{pack.key}{mark}.{form}"
        content = render_form(document_of(pack, shown), INSPECTION_REPORT, form)
        stored = store_file(content, name=name, media_type=MEDIA_TYPES[form], kind=FILE_KIND, actor=actor)
        pack_file = record_pack_file(pack, form + mark, digest=stored.digest, name=name, actor=actor)
    return StoredDocument(digest=pack_file.digest, name=pack_file.name, media_type=MEDIA_TYPES[form])
