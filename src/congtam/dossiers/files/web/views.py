"""Handing out the files of a dossier (tải tệp hồ sơ): the same sight as the page, and nothing runs in the browser."""

from __future__ import annotations

from typing import Final

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from congtam.dossiers.files.take_file import MEDIA_TYPES, PREVIEWED
from congtam.dossiers.record.desk_queries import get_file, get_filing_file
from congtam.foundation.files import SANDBOXED_FILE, open_file
from congtam.foundation.public import actor_of

_ACCEPTED_TYPES: Final = frozenset(MEDIA_TYPES.values())


@require_GET
def dossier_file(request: HttpRequest, code: str, digest: str) -> FileResponse:
    """A file of a dossier; pictures and PDF also in the window, with ``?inline=1``."""
    paper = get_file(code, digest, to=actor_of(request))
    return serve_file(request, digest=paper.digest, name=paper.name, media_type=paper.media_type)


@require_GET
def filing_file(request: HttpRequest, code: str, digest: str) -> FileResponse:
    """A file of an application that waits at the desk."""
    file = get_filing_file(code, digest, to=actor_of(request))
    return serve_file(request, digest=digest, name=file["name"], media_type=file["media_type"])


def serve_file(request: HttpRequest, *, digest: str, name: str, media_type: str) -> FileResponse:
    """The content under its own name; a type we never took in is handed out as plain bytes."""
    content_type = media_type if media_type in _ACCEPTED_TYPES else "application/octet-stream"
    inline = request.GET.get("inline") == "1" and content_type in PREVIEWED
    response = FileResponse(
        open_file(digest), as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOXED_FILE
    return response
