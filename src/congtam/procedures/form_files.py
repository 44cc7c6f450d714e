"""What a form's file really is."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO, Final

from congtam.foundation.files import FileRefused
from congtam.kernel.spreadsheets import XLSX_TYPE

_HEAD: Final = 8192
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: Final = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (b"PK\x03\x04", XLSX_TYPE),
    ".odt": (b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
    ".doc": (_OLD_OFFICE, "application/msword"),
    ".xls": (_OLD_OFFICE, "application/vnd.ms-excel"),
}


class FormRefused(FileRefused):
    """The content is not what the name says."""

    code = "files.content_refused"
    message = "{name}: the content of the file does not match its extension."


def detect_media_type(content: BinaryIO, name: str) -> str:
    """The media type by name and content together; FormRefused where the two disagree."""
    head = content.read(_HEAD)
    content.seek(0)
    start, media_type = _STARTS.get(PurePath(name).suffix.lower(), (b"", "application/octet-stream"))
    if not head.startswith(start):
        raise FormRefused(name=name)
    return media_type
