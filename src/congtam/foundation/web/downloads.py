"""A file that is written for one answer and gone after it (tệp tải về một lần)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.http import FileResponse


def temporary_download(write: Callable[[Path], object], *, name: str, media_type: str) -> FileResponse:
    """A download of what ``write`` puts into a file; the response removes the file when it closes."""
    file = NamedTemporaryFile(prefix="congtam-download-")  # noqa: SIM115 - the response closes it
    write(Path(file.name))
    return FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
