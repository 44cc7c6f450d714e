"""Paragraphs of a Word file and the slots in them (đoạn văn có chỗ điền), also where Word has cut a slot into runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docx.oxml.ns import qn

from congtam.typesetting.domain.slots import SLOT, slot_name
from congtam.typesetting.word.markup import element

_P: Final = qn("w:p")
_T: Final = qn("w:t")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def paragraphs(root: Any) -> Iterator[Any]:
    """Every paragraph of a part, those of tables and text boxes too."""
    yield from root.iter(_P)


def text_nodes(paragraph: Any) -> list[Any]:
    """The texts of the paragraph itself, without those of text boxes anchored in it."""
    return [node for node in paragraph.iter(_T) if next(node.iterancestors(_P)) is paragraph]


def text_of(paragraph: Any) -> str:
    """What the paragraph reads."""
    return "".join(node.text or "" for node in text_nodes(paragraph))


def slots_in(paragraph: Any) -> list[str]:
    """The names of the slots of a paragraph, in their order."""
    return [slot_name(match[1]) for match in SLOT.finditer(text_of(paragraph))]


def fill_slots(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in the place of slots, in the style of the first letter of each slot; a line feed breaks the line.

    What a value holds is text: it is not searched for slots again.
    """
    for match in reversed(list(SLOT.finditer(text_of(paragraph)))):
        _replace_span(text_nodes(paragraph), match.span(), values[slot_name(match[1])])
    for node in text_nodes(paragraph):
        _break_lines(node)


def _replace_span(nodes: list[Any], span: tuple[int, int], value: str) -> None:
    """Replace the signs of the span, which may run over several texts."""
    start, end = span
    at = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), end - at
        if first < len(text) and last > 0:
            node.text = text[:first] + value + text[max(last, 0) :]
            node.set(_SPACE, "preserve")
            value = ""
        at += len(text)


def _break_lines(node: Any) -> None:
    """Turn line feeds into breaks of the same run."""
    first, *rest = (node.text or "").split("\n")
    node.text = first
    last = node
    for line in rest:
        added = element("w:t")
        added.text = line
        added.set(_SPACE, "preserve")
        last.addnext(element("w:br"))
        last.getnext().addnext(added)
        last = added
