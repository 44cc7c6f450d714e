"""A template to begin with (mẫu khởi đầu): the standard layout with slots where a document's own text stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from congtam.typesetting.domain.document import (
    Block,
    Issuer,
    OfficialDocument,
    Paragraph,
    Sheet,
    Signer,
    Text,
)
from congtam.typesetting.fonts import font_dir


def starter_template(document: OfficialDocument) -> bytes:
    """The .docx to edit for documents like this one; it passes `check_template` as it is."""
    from congtam.typesetting.word.render import render_docx  # python-docx comes with the first document

    values: dict[str, Any] = {one.name: getattr(document, one.name) for one in fields(document)}
    values |= {
        "issuer": Issuer(
            parent=(_slot_mark("issuer_parent"),) if document.issuer.parent else (),
            body=(_slot_mark("issuer"),) if document.issuer.body else (),
        ),
        "type_name": _slot_mark("type_name") if document.type_name else "",
        "abstract": _slot_mark("abstract") if document.abstract else "",
        "form_mark": _slot_mark("form_mark")
        if document.form_mark
        else _slot_mark("draft_mark")
        if document.draft
        else "",
        "addressees": (_slot_mark("addressees"),) if document.addressees else (),
        "blocks": tuple(_slot_blocks(document)),
        "signer": Signer(capacity=()),
        **dict.fromkeys(("grounds", "recipients", "annexes", "attachments", "cosigners"), ()),
        **dict.fromkeys(("qr", "trace"), ""),
        **dict.fromkeys(("draft", "synthetic"), False),
        "sheet": Sheet(),
    }
    return render_docx(_Starter(**values), fonts=font_dir())


def _slot_blocks(document: OfficialDocument) -> list[Block]:
    names = [
        *(["qr"] if document.qr else []),
        *(["grounds"] if document.grounds else []),
        "content",
        "signatures",
        *(["copy_note"] if document.sheet.copies else []),
    ]
    return [Paragraph((Text(_slot_mark(name)),)) for name in names]


def _slot_mark(name: str) -> str:
    return f"{{{{ {name} }}}}"


@dataclass(frozen=True, kw_only=True)
class _Starter(OfficialDocument):
    """A document whose computed lines are slots too."""

    @property
    def number_line(self) -> str:
        return _slot_mark("number_line") if self.symbol else ""

    @property
    def date_line(self) -> str:
        return _slot_mark("date_line")
