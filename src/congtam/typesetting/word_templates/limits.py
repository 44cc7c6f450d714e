"""How much XML a template may hold (giới hạn của mẫu), counted in a stream before any part becomes a tree.

A few kilobytes of a zip file can hold a million paragraphs: a tree of them costs minutes and gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from congtam.kernel.errors import Problem, msgid
from congtam.typesetting.ooxml import FileNotReadable, Package

LARGEST_PART: Final = 2 << 20
LARGEST_SUM: Final = 8 << 20
MOST_ELEMENTS: Final = 100_000
MOST_PARAGRAPHS: Final = 20_000
DEEPEST: Final = 100
_TIGHTEST: Final = 200
"""How many times smaller a part may be packed; text and tables reach about 50."""
_TIGHT_FROM: Final = 1 << 20
_CHUNK: Final = 1 << 16
_XML_NAMES: Final = (".xml", ".rels")
_BLANK: Final = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Marks of encodings and blanks, which may stand before the first bracket."""
_ADVICE: Final = msgid("Keep only the letterhead and the text that every document shares, and save it again.")


class OverLimit(Exception):
    """The template holds more than may be read; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def xml_parts(package: Package) -> list[str]:
    """The names of all parts that are XML, whatever they are called.

    Raises OverLimit with what is too much or unreadable, FileNotReadable for a document type and for names that differ
    in capitals only, of which each program opens another one.
    """
    if len({name.lower() for name in package.names}) < len(package.names):
        raise FileNotReadable
    count = _Count()
    return [name for name in sorted(package.names) if _is_xml(package, name, count)]


class _Count:
    """Counts the elements of all parts; the target of a parser that builds no tree."""

    def __init__(self) -> None:
        self.size = self.elements = self.paragraphs = self.depth = 0

    def start(self, tag: Any, attrib: Any) -> None:  # noqa: ARG002 - the parser passes it
        self.elements += 1
        self.depth += 1
        self.paragraphs += str(tag).endswith("}p")
        if self.elements > MOST_ELEMENTS or self.paragraphs > MOST_PARAGRAPHS or self.depth > DEEPEST:
            raise OverLimit(_too_many_elements_problem())

    def end(self, tag: Any) -> None:  # noqa: ARG002 - the parser passes it
        self.depth -= 1

    def data(self, data: Any) -> None:
        """Text is bounded by the size of the part."""

    def comment(self, text: Any) -> None:
        """Comments are left out when a part is read."""

    def doctype(self, *_names: str | None) -> None:
        """A document type could name entities and files."""
        raise FileNotReadable

    def close(self) -> None:
        self.depth = 0


def _is_xml(package: Package, name: str, count: _Count) -> bool:
    unpacked, packed = package.sizes(name)
    if unpacked > _TIGHT_FROM and unpacked > packed * _TIGHTEST:
        raise OverLimit(_part_too_large_problem(name))
    content = package.read(name)
    parser = etree.XMLParser(target=count, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        for size, chunk in _chunks_with_sizes(content):
            count.size += len(chunk)
            parser.feed(chunk)
            if size > LARGEST_PART or count.size > LARGEST_SUM:
                raise OverLimit(_part_too_large_problem(name))
        parser.close()
    except (etree.XMLSyntaxError, ValueError, LookupError):
        count.depth = 0
        if name.lower().endswith(_XML_NAMES) or content[:_CHUNK].lstrip(_BLANK).startswith(b"<"):
            raise OverLimit(_unreadable_part_problem(name)) from None
        count.size -= min(len(content), _CHUNK)
        return False
    return True


def _chunks_with_sizes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The content piece by piece, each with the sum of sizes up to its end."""
    for start in range(0, len(content) or 1, _CHUNK):
        chunk = content[start : start + _CHUNK]
        yield start + len(chunk), chunk


def _part_too_large_problem(part: str) -> Problem:
    return Problem(
        code="template.too_large",
        message=msgid("The part {part} of the template is too large: {limit} MiB of text may be read."),
        data={"part": part[:200], "limit": LARGEST_PART >> 20},
        advice=_ADVICE,
    )


def _too_many_elements_problem() -> Problem:
    return Problem(
        code="template.too_large",
        message=msgid(
            "The template holds more than {limit} paragraphs, too many other elements, or nests them too deep."
        ),
        data={"limit": MOST_PARAGRAPHS},
        advice=_ADVICE,
    )


def _unreadable_part_problem(part: str) -> Problem:
    return unreadable_template_problem(
        msgid("The part {part} of the template cannot be read."), part=part[:200]
    )


def unreadable_template_problem(message: str, *, code: str = "template.unreadable", **data: Any) -> Problem:
    """A template that cannot be read or used, with what to do about it."""
    advice = msgid("Open it in Word, save it as .docx, and upload it again.")
    return Problem(code=code, message=message, data=data, advice=advice)
