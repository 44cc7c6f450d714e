"""Files that are small to send and great to open."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from congtam.dossiers.files.take_file import IncomingFile, take_file
from congtam.foundation.public import console_actor
from congtam.kernel.errors import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir")]


def office(parts: int = 1, *, comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            archive.writestr(name, b"<x/>")
        for number in range(parts):
            archive.writestr(f"{number}", b"")
        archive.comment = comment
    return written.getvalue()


def taken(content: bytes) -> bool:
    try:
        take_file(IncomingFile(io.BytesIO(content), "don.docx"), actor=console_actor())
    except InputRefused:
        return False
    return True


def great(content: bytes) -> bytes:
    """The same with the end that archives of more than four gigabytes have, naming a list of any length."""
    end = content.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<2L", content, end + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    small = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 9, offset, 0)
    return content[:end] + record + locator + small


def test_a_document_of_usual_size_is_taken() -> None:
    assert taken(office())
    assert taken(office(200, comment="ghi chú".encode()))


def test_a_list_of_parts_without_end_is_not_read() -> None:
    flood = office(25_000)
    assert not taken(flood)
    assert not taken(great(flood))
    assert not taken(flood + b"PK\x05\x06")
