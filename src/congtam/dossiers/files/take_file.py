"""Taking in a file of a dossier (tiếp nhận tệp đính kèm): type, size and content are checked before it is kept."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final, NamedTuple

import puremagic

from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.foundation.files import (
    FileLimits,
    FileRefused,
    check_direction,
    declare_file_kind,
    forget_file,
    store_file,
)
from congtam.foundation.public import Actor, declare_references
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.kernel.vietnamese import nfc

PAPER_KIND: Final = "dossier_paper"
LARGEST: Final = 20 << 20
MOST: Final = 40
_HEAD: Final = 8192
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": XLSX_TYPE,
}
"""The types taken in, by the ending of the name."""
PREVIEWED: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""The types a browser shows in its own window; what else is taken in is only saved."""
_REFERENCES: Final = (
    "SELECT digest::text FROM dossiers_paper",
    "SELECT result->>'digest' FROM dossiers_deskrecord WHERE result->>'digest' <> ''",
    "SELECT jsonb_path_query(files, '$[*].digest') #>> '{}' FROM dossiers_filing",
)
_LARGEST_DIRECTORY: Final = 1 << 20
_TAIL: Final = (1 << 16) + 22 + 20 + 56
_END: Final = struct.Struct("<4s8xL6x")
_GREAT_END: Final = struct.Struct("<4s36xQ8x")
_PARTS: Final = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


class IncomingFile(NamedTuple):
    """A file as a person sent it, and the place in the checklist it belongs to."""

    content: BinaryIO
    name: str
    position: int | None = None
    column: str = "files"


def declare_dossier_files() -> None:
    """Say what files of a dossier may be, and where they stand."""
    declare_file_kind(PAPER_KIND, FileLimits(size=LARGEST, endings=tuple(MEDIA_TYPES)))
    for sql in _REFERENCES:
        declare_references(PAPER_KIND, sql)


def take_file(file: IncomingFile, *, actor: Actor, kind: str = "scan") -> AttachedFile:
    """Check a file and keep it; raises InputRefused with what is wrong."""
    name = _strip_folders(file.name)
    try:
        check_direction(name)
        _check_content(file.content, name, column=file.column)
        file.content.seek(0)
        stored = store_file(
            file.content, name=name, media_type=media_type_of(name), kind=PAPER_KIND, actor=actor
        )
    except FileRefused as error:
        problem = Problem(
            code=error.code, message=error.message, data=dict(error.data), file=name, column=file.column
        )
        raise InputRefused([problem]) from None
    return AttachedFile(
        digest=stored.digest,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        position=file.position,
        kind=kind,
    )


def take_files(
    files: Iterable[IncomingFile], *, actor: Actor, kind: str = "scan"
) -> tuple[tuple[AttachedFile, ...], tuple[Problem, ...]]:
    """Take what can be taken; what is wrong with the others comes back beside it."""
    taken: list[AttachedFile] = []
    problems: list[Problem] = []
    for file in files:
        try:
            taken.append(take_file(file, actor=actor, kind=kind))
        except InputRefused as error:
            problems += error.problems
    return tuple(taken), tuple(problems)


def drop_file(digest: str, *, actor: Actor) -> bool:
    """Keep a file no longer that the actor took in and nothing refers to; False when it must be tried again."""
    return forget_file(digest, kind=PAPER_KIND, stored_by=actor.username)


def media_type_of(name: str) -> str:
    """The type a name promises; the content is held to it."""
    return MEDIA_TYPES.get(_file_extension(name), "application/octet-stream")


def _strip_folders(name: str) -> str:
    """The name without folders: some browsers send a whole path."""
    return nfc(name).replace("\\", "/").rsplit("/", 1)[-1].strip()


def _file_extension(name: str) -> str:
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""


def _check_content(content: BinaryIO, name: str, *, column: str) -> None:
    """Raise InputRefused unless the first bytes are of the type that the name promises."""
    ending = _file_extension(name)
    if ending not in MEDIA_TYPES:
        return
    content.seek(0)
    if _matches_type(content.read(_HEAD), ending) and (
        ending not in _PARTS or _is_office_document(content, ending)
    ):
        return
    problem = Problem(
        code="file_content_differs",
        message=msgid("{name}: the content does not match a {ending} file."),
        data={"name": name, "ending": ending},
        file=name,
        column=column,
        advice=msgid("Open the file, save it in the correct format and attach it again."),
    )
    raise InputRefused([problem])


def _matches_type(head: bytes, ending: str) -> bool:
    try:
        return any(match.mime_type == MEDIA_TYPES[ending] for match in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return False


def _directory_size(content: BinaryIO) -> int:
    """The bytes of a zip's list of parts, read before the list is: a list of half a million fills the memory.

    What says so stands at the end, and once more, for great archives, before it (APPNOTE 4.3.14–4.3.16).
    """
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - _TAIL))
    tail = content.read(_TAIL)
    offset = len(tail) - _END.size
    if not tail.startswith(b"PK\x05\x06", max(offset, 0)):
        offset = tail.rfind(b"PK\x05\x06")
    if offset < 0 or len(tail) - offset < _END.size:
        return 0
    _signature, listed = _END.unpack_from(tail, offset)
    great = offset - 20 - _GREAT_END.size
    if tail[max(0, offset - 20) :].startswith(b"PK\x06\x07") and great >= 0:
        listed = max(listed, _GREAT_END.unpack_from(tail, great)[1])
    return int(listed)


def _is_office_document(content: BinaryIO, ending: str) -> bool:
    """Every zip looks like an office file from its first bytes; macros are not taken."""
    if _directory_size(content) > _LARGEST_DIRECTORY:
        return False
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return _PARTS[ending] in names and not any(name.endswith("vbaProject.bin") for name in names)
