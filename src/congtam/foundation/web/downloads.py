"""A file that is written for one answer and gone after it (tệp tải về một lần)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.http import FileResponse


def written_once(write: Callable[[Path], object]) -> BinaryIO:
    """What ``write`` puts into a file, open for reading; it vanishes when it is closed.

    Nothing else that was written into the folder stays either, also where the disk filled while writing.
    """
    with TemporaryDirectory(prefix="congtam-download-") as folder:
        path = Path(folder, "file")
        write(path)
        return path.open("rb")


def temporary_download(write: Callable[[Path], object], *, name: str, media_type: str) -> FileResponse:
    """A download of what ``write`` puts into a file."""
    return FileResponse(written_once(write), as_attachment=True, filename=name, content_type=media_type)
