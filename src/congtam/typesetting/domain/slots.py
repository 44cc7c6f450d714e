"""The slots of a province's own template (chỗ điền trong mẫu): their names, and what a document puts into each.

A text slot may stand anywhere in a line, also in a header or a text box; a block slot stands alone in its paragraph.
There is no logic in a template: nothing is computed, repeated or left out by it (ADR 0070).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from congtam.kernel.errors import msgid
from congtam.typesetting.domain.document import OfficialDocument, Signer

SLOT: Final = re.compile(r"\{\{([^{}]*)\}\}")
"""``{{ name }}``; capitals and spaces make no difference."""
CONTENT: Final = "content"
COPY_NOTE: Final = "copy_note"
DRAFT_MARK: Final = "DỰ THẢO"
SYNTHETIC_MARK: Final = "DỮ LIỆU MÔ PHỎNG - KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH"

Value = Callable[[OfficialDocument], str]


@dataclass(frozen=True, kw_only=True)
class TemplateSlot:
    """One slot: its name, what it is for, and its text; a block slot has no text."""

    name: str
    about: str
    text: Value | None = None

    @property
    def is_block(self) -> bool:
        """Whether whole paragraphs, tables or a picture take its place."""
        return self.text is None


def _lines_in_capitals(lines: Iterable[str]) -> str:
    return "\n".join(line.upper() for line in lines)


def _bullet_list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in punctuated_lines(lines))


def punctuated_lines(lines: tuple[str, ...]) -> list[str]:
    """Grounds (căn cứ) and recipients (nơi nhận) end with a semicolon, the last one with a full stop."""
    last = len(lines) - 1
    return [f"{text.rstrip(' ;.')}{'.' if index == last else ';'}" for index, text in enumerate(lines)]


def _first_cosigner(document: OfficialDocument) -> Signer:
    return document.cosigners[0] if document.cosigners else Signer(capacity=())


_TEXTS: Final[tuple[tuple[str, str, Value], ...]] = (
    ("form_mark", msgid("Number and circular of the form"), lambda one: one.form_mark),
    (
        "issuer_parent",
        msgid("The parent body, in capitals"),
        lambda one: _lines_in_capitals(one.issuer.parent),
    ),
    ("issuer", msgid("The issuing body, in capitals"), lambda one: _lines_in_capitals(one.issuer.body)),
    ("number_line", msgid("Number and symbol, as in “Số: 05/BC-SNV”"), lambda one: one.number_line),
    ("number", msgid("The number only"), lambda one: one.number.zfill(2) if one.number else ""),
    ("symbol", msgid("The symbol only"), lambda one: one.symbol),
    ("date_line", msgid("Place and date"), lambda one: one.date_line),
    ("place", msgid("The place only"), lambda one: one.place),
    ("type_name", msgid("The type of document, as in “BÁO CÁO”"), lambda one: one.type_name),
    ("abstract", msgid("What the document is about"), lambda one: one.abstract),
    ("addressees", msgid("To whom it is addressed"), lambda one: "; ".join(one.addressees)),
    ("recipients", msgid("Recipients, one line each"), lambda one: _bullet_list(one.recipients)),
    (
        "signer_capacity",
        msgid("The capacity in which the signer signs"),
        lambda one: "\n".join(one.signer.capacity),
    ),
    ("signer_position", msgid("The position of the signer"), lambda one: one.signer.position),
    ("signer_note", msgid("Instructions for the signer"), lambda one: one.signer.note),
    ("signer_name", msgid("The name of the signer"), lambda one: one.signer.name),
    ("cosigner_capacity", msgid("The other signer"), lambda one: "\n".join(_first_cosigner(one).capacity)),
    ("cosigner_note", msgid("Instructions for the other signer"), lambda one: _first_cosigner(one).note),
    ("cosigner_name", msgid("The name of the other signer"), lambda one: _first_cosigner(one).name),
    ("draft_mark", msgid("“DỰ THẢO” while it is a draft"), lambda one: DRAFT_MARK if one.draft else ""),
    (
        "synthetic_mark",
        msgid("The mark for synthetic data"),
        lambda one: SYNTHETIC_MARK if one.synthetic else "",
    ),
    ("trace", msgid("The record the document is based on"), lambda one: one.trace),
    (COPY_NOTE, msgid("The note under each copy; the page is repeated for every copy"), lambda _one: ""),
)
_BLOCKS: Final = (
    (CONTENT, msgid("The content: headings, paragraphs, tables, charts")),
    ("grounds", msgid("The legal grounds, one paragraph each")),
    ("signatures", msgid("Recipients and signatures side by side, as in the standard layout")),
    ("qr", msgid("The QR code")),
)
SLOTS: Final[Mapping[str, TemplateSlot]] = {
    slot.name: slot
    for slot in (
        *(TemplateSlot(name=name, about=about) for name, about in _BLOCKS),
        *(TemplateSlot(name=name, about=about, text=text) for name, about, text in _TEXTS),
    )
}

Requirement = frozenset[str]
"""Slots of which a template needs at least one."""


def slot_name(text: str) -> str:
    """The name within the brackets.

    >>> slot_name(" Number_Line ")
    'number_line'
    """
    return text.strip().lower()


def required_slots(document: OfficialDocument) -> tuple[Requirement, ...]:
    """What a template must hold for a document of this form: nothing that tells this document from another is lost."""
    needs = {
        frozenset({"number_line", "number"}): bool(document.symbol),
        frozenset({"date_line"}): True,
        frozenset({"abstract"}): bool(document.abstract),
        frozenset({"addressees"}): bool(document.addressees),
        frozenset({"signer_name", "signatures"}): bool(document.signer.name),
        frozenset({"cosigner_name", "signatures"}): any(one.name for one in document.cosigners),
        frozenset({"qr"}): bool(document.qr),
    }
    return (frozenset({CONTENT}), *(need for need, is_needed in needs.items() if is_needed))


def unused_slots(document: OfficialDocument, used: frozenset[str]) -> tuple[TemplateSlot, ...]:
    """The slots a document would fill and a template leaves out; what belongs together counts as one."""
    shown = set(used)
    for group in _TOGETHER:
        if used & group.keys():
            shown |= {name for key in used & group.keys() for name in group[key]}
    return tuple(slot for name, slot in SLOTS.items() if name not in shown and _has_content(document, slot))


_TOGETHER: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"number_line": ("number", "symbol"), "number": ("number_line",), "date_line": ("place",)},
    {
        "signatures": (
            "recipients", "signer_capacity", "signer_position", "signer_note", "signer_name",
            "cosigner_capacity", "cosigner_note", "cosigner_name",
        ),
        "signer_name": ("signatures",),
        "signer_capacity": ("signatures",),
    },
)  # fmt: skip


def _has_content(document: OfficialDocument, slot: TemplateSlot) -> bool:
    if slot.text is not None:
        return bool(slot.text(document).strip("\u00a0 "))
    return bool({"grounds": document.grounds, "qr": document.qr}.get(slot.name, True))
