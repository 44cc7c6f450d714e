"""Turn a document into the plain data that the Typst template sets (dữ liệu dàn trang)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from congtam.typesetting.domain.document import (
    Annex,
    Attachment,
    Block,
    BoundFigure,
    Bullets,
    Chart,
    HeadCell,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Runs,
    Signer,
    Table,
)
from congtam.typesetting.domain.roman import roman
from congtam.typesetting.domain.slots import DRAFT_MARK, SYNTHETIC_MARK, punctuated_lines
from congtam.typesetting.qr import qr_svg

DrawChart = Callable[[Mapping[str, Any]], str]

_WHOLE_CELL: Final = 600
"""Rows with longer cells may go on on the next page: they could be taller than one."""


def lay_out(document: OfficialDocument, *, draw: DrawChart) -> dict[str, Any]:
    """Return the document as JSON-ready data; ``draw`` turns a chart specification into SVG."""
    head = document.report_head
    return {
        "title": document.title,
        "author": " - ".join((*document.issuer.parent, *document.issuer.body)),
        "date": [document.date.year, document.date.month, document.date.day],
        "trace": document.trace,
        "synthetic": SYNTHETIC_MARK if document.synthetic else "",
        "head": _layout_head(document),
        "type_name": document.type_name,
        "abstract": "" if document.is_letter else document.abstract,
        "addressees": list(document.addressees),
        "grounds": punctuated_lines(document.grounds),
        "blocks": [_layout_block(block, draw) for block in document.blocks],
        "signers": [_layout_signer(one) for one in (*document.cosigners, document.signer)],
        "form_mark": document.form_mark,
        "qr": qr_svg(document.qr) if document.qr else "",
        "report_head": {"left": list(head.left), "right": list(head.right)} if head else None,
        "sheet": {
            "landscape": document.sheet.landscape,
            "scale": document.sheet.scale,
            "copies": list(document.sheet.copies) or [""],
            "twin": document.sheet.is_twin,
            "narrow": document.sheet.is_narrow,
        },
        "recipients": punctuated_lines(document.recipients),
        "annexes": [
            _layout_annex(annex, index, document=document, draw=draw)
            for index, annex in enumerate(document.annexes)
        ],
        "attachments": [_layout_attachment(attachment) for attachment in document.attachments],
    }


def annex_label(index: int, count: int) -> str:
    """``Phụ lục`` when it is the only one, else with its Roman number."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(index + 1)}"


def attached_line(document: OfficialDocument) -> str:
    """The line that ties an annex to its document."""
    number = document.number_line.removeprefix("Số: ")
    date = document.date_line.split(", ", 1)[1]
    body = " ".join(document.issuer.body)
    kind = document.type_name.capitalize() or "Công văn"
    return f"(Kèm theo {kind} số {number} {date} của {body})"


def _layout_head(document: OfficialDocument) -> dict[str, Any]:
    return {
        "parent": [line.upper() for line in document.issuer.parent],
        "body": [line.upper() for line in document.issuer.body],
        "number": document.number_line,
        "subject": document.subject_line,
        "place_date": document.date_line,
        "mark": DRAFT_MARK if document.draft else "",
    }


def _layout_signer(signer: Signer) -> dict[str, Any]:
    return {
        "capacity": list(signer.capacity),
        "position": signer.position,
        "note": signer.note,
        "name": signer.name,
    }


def _layout_annex(annex: Annex, index: int, *, document: OfficialDocument, draw: DrawChart) -> dict[str, Any]:
    return {
        "label": annex_label(index, len(document.annexes)),
        "title": annex.title,
        "attached": attached_line(document),
        "landscape": annex.landscape,
        "blocks": [_layout_block(block, draw) for block in annex.blocks],
    }


def _layout_attachment(attachment: Attachment) -> dict[str, str]:
    return {
        "name": attachment.name,
        "media_type": attachment.media_type,
        "content": attachment.content.decode(),
        "description": attachment.description,
    }


def _layout_block(block: Block, draw: DrawChart) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {
                "kind": "paragraph",
                "runs": _layout_runs(block.runs),
                "note": block.note,
                "leads": is_lead_in(block),
            }
        case Bullets():
            return {"kind": "bullets", "items": [_layout_runs(item) for item in block.items]}
        case Table():
            return _layout_table(block)
        case Chart():
            return {"kind": "chart", "svg": draw(block.spec), "alt": block.alt, "caption": block.caption}
    return {"kind": "page_break"}


def _layout_table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "size": table.size,
        "is_dense": table.is_dense,
        "keeps_rows": all(_text_length(cell) <= _WHOLE_CELL for row in table.rows for cell in row),
        "head": [
            [{"title": cell.title, "columns": cell.columns, "rows": cell.rows} for cell in row]
            for row in head_rows(table)
        ],
        "columns": [
            {"title": column.title, "width": column.width, "align": column.align} for column in table.columns
        ],
        "rows": [[_layout_runs(cell) for cell in row] for row in table.rows],
    }


def head_rows(table: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of a table's head: the titles of the columns where nothing else is given."""
    return table.head or (tuple(HeadCell(column.title) for column in table.columns),)


def is_lead_in(paragraph: Paragraph) -> bool:
    """Whether the words lead to what follows, and stay on its page (“…:”)."""
    return bool(paragraph.runs) and paragraph.runs[-1].text.rstrip().endswith(":")


def _text_length(runs: Runs) -> int:
    return sum(len(run.text) for run in runs)


def _layout_runs(runs: Runs) -> list[dict[str, Any]]:
    return [_layout_run(run) for run in runs]


def _layout_run(run: Run) -> dict[str, Any]:
    if isinstance(run, BoundFigure):
        return {"text": run.text, "bold": run.bold, "italic": False, "note": run.n}
    return {"text": run.text, "bold": run.bold, "italic": run.italic, "note": 0}
