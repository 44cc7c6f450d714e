"""External links of a template part (liên kết và trường): addresses in attributes, fields that read something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

WORD_NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FIELDS: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|DDE|DDEAUTO|IMPORT|DATABASE|RD|MACROBUTTON|HYPERLINK|MERGEFIELD"
    r"|EMBED|QUOTE)\b",
    re.IGNORECASE,
)
"""QUOTE too: inside another field it can spell the name of any of these."""
_OUTSIDE: Final = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|file:|mhtml:|javascript:|\\\\|//)", re.IGNORECASE)
_VOCABULARIES: Final = re.compile(
    r"http://(?:schemas\.(?:openxmlformats\.org|microsoft\.com)|purl\.(?:org|oclc\.org)|www\.w3\.org)/"
)
"""Names of schemas look like addresses, and nobody opens them."""
_TEXTS: Final = frozenset({"descr", "title", "name", "alt", "uri", "schemaLocation", "Type", "ContentType"})
"""Attributes that are shown or compared, never opened."""
_VML: Final = "{urn:schemas-microsoft-com:vml}"


def external_targets(root: etree._Element) -> Iterator[str]:
    """The addresses outside the file that a part names."""
    for one in root.iter("*"):
        if one.get("TargetMode", "").strip().lower() == "external":
            yield one.get("Target", "")
        for key, value in one.attrib.items():
            name, text = etree.QName(str(key)).localname, str(value)
            is_address = name not in _TEXTS and _OUTSIDE.match(text) and not _VOCABULARIES.match(text)
            if is_address or (name == "src" and str(one.tag).startswith(_VML)):
                yield text


def field_codes(root: etree._Element) -> Iterator[str]:
    """The names of fields that read or run something else, however runs, paragraphs and other fields cut them."""
    for text in (*_paragraph_codes(root), *_field_codes(root)):
        yield from (match[1].upper() for match in _FIELDS.finditer(text))


def _qualify_names(*names: str) -> list[str]:
    return [f"{{{namespace}}}{name}" for namespace in WORD_NAMESPACES for name in names]


def _paragraph_codes(root: etree._Element) -> Iterator[str]:
    """The codes of each paragraph together, and of the whole part: also where the marks of fields are missing."""
    for scope in (root, *root.iter(*_qualify_names("p"))):
        yield "".join(one.text or "" for one in scope.iter(*_qualify_names("instrText")))


def _field_codes(root: etree._Element) -> Iterator[str]:
    """The code of each field, with the results of fields inside it."""
    begun: list[tuple[list[str], bool]] = []
    for one in root.iter(*_qualify_names("fldChar", "instrText", "fldSimple", "t")):
        name, kind = etree.QName(one).localname, _attribute_value(one, "fldCharType")
        if name == "fldSimple":
            yield _attribute_value(one, "instr")
        elif kind == "begin":
            begun.append(([], True))
        elif begun and kind == "separate":
            begun[-1] = (begun[-1][0], False)
        elif begun and kind == "end":
            yield "".join(begun.pop()[0])
        elif begun and name == "instrText":
            begun[-1][0].append(one.text or "")
        elif name == "t":
            _add_result(begun, one.text or "")
    yield from ("".join(parts) for parts, _is_open in begun)


def _add_result(begun: list[tuple[list[str], bool]], text: str) -> None:
    """A result belongs to the innermost field around it whose code is not complete."""
    for parts, is_open in reversed(begun):
        if is_open:
            parts.append(text)
            return


def _attribute_value(one: etree._Element, name: str) -> str:
    return next((str(one.get(key)) for key in _qualify_names(name) if one.get(key) is not None), "")
