"""Read a foreign .docx within limits (đọc tệp .docx từ bên ngoài): sizes first, no entities, nothing fetched."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateBroken  # noqa: N812 - a class with a small name

from lxml import etree

from congtam.kernel.errors import DomainError, msgid

LARGEST_FILE: Final = 64 << 20
OFFICE_DOCUMENT: Final = "/officeDocument"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCRYPTED: Final = 0x1
_ENTRY: Final = b"PK\x01\x02"
"""What each line of the directory of a zip file begins with."""
_BROKEN: Final = (
    BadZipFile,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    DeflateBroken,
)
"""What the zip module raises over a broken or encrypted file."""


class FileNotReadable(DomainError):
    """The file is not what its name says, or is broken."""

    code: ClassVar[str] = "typesetting.not_readable"
    message: ClassVar[str] = msgid(
        "This file is damaged, has a password, or is neither .docx nor PDF. Choose the original file."
    )


class DocumentTooLarge(DomainError):
    """The file is larger than may be read, packed or unpacked."""

    code: ClassVar[str] = "typesetting.too_large"
    message: ClassVar[str] = msgid(
        "This file is larger than {limit} MiB, packed or unpacked, or has too many parts. Remove large pictures."
    )


@dataclass(frozen=True, kw_only=True)
class PackageLimits:
    """How much of a file is read: bytes packed and unpacked, number of parts."""

    packed: int = LARGEST_FILE
    unpacked: int = 256 << 20
    parts: int = 5_000


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """A link from one part of the file to another, or to something outside (liên kết)."""

    type: str
    target: str
    is_external: bool


class Package:
    """The parts of a .docx; raises FileTooLarge or FileNotReadable."""

    def __init__(self, content: bytes, limits: PackageLimits) -> None:
        if len(content) > limits.packed:
            raise DocumentTooLarge(limit=limits.packed >> 20)
        if content.count(_ENTRY) > limits.parts:
            raise DocumentTooLarge(limit=limits.unpacked >> 20)
        try:
            self._zip = ZipFile(BytesIO(content))
        except _BROKEN:
            raise FileNotReadable from None
        entries = self._zip.infolist()
        # No more of a part is read than the directory says, so this sum bounds everything.
        if sum(entry.file_size for entry in entries) > limits.unpacked:
            raise DocumentTooLarge(limit=limits.unpacked >> 20)
        if any(_is_unsafe_entry(entry) for entry in entries) or len({one.filename for one in entries}) < len(
            entries
        ):
            raise FileNotReadable
        self.names: frozenset[str] = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            with self._zip.open(name) as part:
                # Asked for everything, the module would unpack a gigabyte of a part that is larger than it says.
                return part.read(self._zip.getinfo(name).file_size)
        except _BROKEN:
            raise FileNotReadable from None

    def sizes(self, name: str) -> tuple[int, int]:
        """How many bytes a part has unpacked and packed, as the directory says; `read` returns no more than that."""
        entry = self._zip.getinfo(name)
        return entry.file_size, entry.compress_size

    def repack(self) -> bytes:
        """The same parts as an honest file, for readers that do not count what they unpack."""
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as new:
            for name in sorted(self.names):
                new.writestr(ZipInfo(name), self.read(name), ZIP_DEFLATED)
        return target.getvalue()

    def xml(self, name: str) -> etree._Element:
        """A part as XML; one with a document type is refused, for it could name entities and files."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError):
            raise FileNotReadable from None
        information: Any = root.getroottree().docinfo
        if information.doctype:
            raise FileNotReadable
        return root

    def relationships(self, part: str = "") -> Iterator[Relationship]:
        """The links of a part; those of the whole file without one. Targets are names of parts unless external."""
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self.names:
            return
        for one in self.xml(file).iter(_RELATIONSHIP):
            target, is_external = one.get("Target", ""), one.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield Relationship(type=one.get("Type", ""), target=target, is_external=is_external)

    @property
    def main(self) -> str:
        """The name of the part with the text."""
        for one in self.relationships():
            if one.type.endswith(OFFICE_DOCUMENT) and one.target in self.names:
                return one.target
        raise FileNotReadable


def _is_unsafe_entry(entry: ZipInfo) -> bool:
    """Encrypted, or with a name that leads out of the file."""
    parts = entry.filename.split("/")
    return bool(entry.flag_bits & _ENCRYPTED) or entry.filename.startswith("/") or ".." in parts
