"""Downloading documents."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from congtam.foundation.files import open_file
from congtam.foundation.public import actor_of
from congtam.inspections.public import get_visible_pack
from congtam.reports.actions import documents


@require_GET
def pack_document(request: HttpRequest, key: str, form: str) -> FileResponse:
    """The report of a pack as .docx or PDF."""
    actor = actor_of(request)
    pack = get_visible_pack(key, to=actor)
    document = documents.pack_document(pack, form, actor=actor)
    return FileResponse(
        open_file(document.digest),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
