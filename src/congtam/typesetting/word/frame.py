"""What stands around the content: head, title, signatures (thể thức văn bản)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from congtam.typesetting.domain.document import OfficialDocument, ReportHead, Signer
from congtam.typesetting.domain.slots import DRAFT_MARK, punctuated_lines
from congtam.typesetting.fonts import clean
from congtam.typesetting.qr import qr_png
from congtam.typesetting.word.lines import (
    CENTER,
    LEFT,
    append_centred,
    draw_rule,
    next_paragraph,
    set_widths,
    write_line,
)
from congtam.typesetting.word.markup import describe_picture, draw_box, keep_whole, style_run

_HEAD_SHARES: Final = (0.41, 0.59)
_BODY_RULE, _MOTTO_RULE, _TITLE_RULE = 2.4, 5.8, 4.0
"""Lengths of the thin lines in centimetres, at full scale."""
_REPORT_SHARES: Final = (0.28, 0.02, 0.41, 0.02, 0.27)
_SIGNATURE_SHARES: Final = (0.46, 0.54)


@dataclass(frozen=True)
class Framer:
    """Writes the frame of one document into a Word file, in its scale and width."""

    word: Document
    document: OfficialDocument
    width: Length

    def size(self, points: float) -> float:
        """Points of the Decree in the scale of the sheet, to the half point that Word knows."""
        return round(points * self.document.sheet.scale * 2) / 2

    def add_head(self) -> None:
        """Bodies and number on the left; national name, motto, place and date on the right."""
        document = self.document
        if document.form_mark:
            mark = self.word.add_paragraph()
            mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            style_run(mark.add_run(clean(document.form_mark)), size=self.size(11), italic=True)
        if document.report_head is not None:
            self._add_report_head(document.report_head)
            return
        if not document.issuer.body:
            self._add_bare_head()
            return
        table = self._add_table(_HEAD_SHARES, rows=2)
        left, right = table.rows[0].cells
        for text in document.issuer.parent:
            write_line(left, text.upper(), size=self.size(12))
        for text in document.issuer.body:
            write_line(left, text.upper(), size=self.size(12), bold=True)
        draw_rule(left.add_paragraph(), indent=self._side_indent(_HEAD_SHARES[0], _BODY_RULE))
        write_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=self.size(12), bold=True)
        write_line(right, "Độc lập - Tự do - Hạnh phúc", size=self.size(13), bold=True)
        draw_rule(right.add_paragraph(), indent=self._side_indent(_HEAD_SHARES[1], _MOTTO_RULE))
        left, right = table.rows[1].cells
        write_line(left, document.number_line, size=self.size(13))
        if document.subject_line:
            write_line(left, document.subject_line, size=self.size(12))
        write_line(right, document.date_line, size=self.size(13), italic=True)
        if document.draft:
            _add_draft_mark(self.word)

    def add_title(self) -> None:
        """Type, abstract with its line, addressees and grounds; beside the QR code where there is one."""
        document = self.document
        if document.qr:
            self._add_title_beside_qr()
        elif document.report_head is None and not document.is_letter:
            kind = append_centred(self.word, document.type_name, size=self.size(14), bold=True)
            kind.paragraph_format.space_before = Pt(16)
            if document.abstract:
                append_centred(self.word, document.abstract, size=self.size(14), bold=True)
                draw_rule(self.word.add_paragraph(), indent=self._side_indent(1.0, _TITLE_RULE))
        if document.addressees:
            to = append_centred(self.word, f"Kính gửi: {'; '.join(document.addressees)}", size=self.size(14))
            to.paragraph_format.space_before = Pt(8)
        self.add_grounds()

    def add_grounds(self) -> None:
        """Each legal ground as a paragraph in italics."""
        for text in punctuated_lines(self.document.grounds):
            style_run(self.word.add_paragraph(style="Body Text").add_run(clean(text)), italic=True)

    def add_qr(self) -> None:
        """The QR code in a line of its own; nothing where the document has none."""
        if self.document.qr:
            self._add_qr_to(self.word.add_paragraph())

    def add_signature(self) -> None:
        """Recipients on the left, the signer on the right; or all who sign beside each other."""
        gap = self.word.add_paragraph()
        gap.paragraph_format.space_before = Pt(6)
        gap.paragraph_format.keep_with_next = True
        document = self.document
        signers = (*document.cosigners, document.signer)
        shares = _SIGNATURE_SHARES if len(signers) == 1 else tuple(1 / len(signers) for _ in signers)
        table = self._add_table(shares)
        keep_whole(table)
        cells = table.rows[0].cells
        if len(signers) == 1:
            self._add_recipients(cells[0])
        for cell, signer in zip(cells[-len(signers) :], signers, strict=True):
            self._add_signer(cell, signer)

    def add_copy_note(self, text: str) -> None:
        """The words under one copy."""
        style_run(self.word.add_paragraph().add_run(clean(text)), size=self.size(11), italic=True)

    def _add_recipients(self, cell: _Cell) -> None:
        lines = punctuated_lines(self.document.recipients)
        if lines:
            write_line(cell, "Nơi nhận:", size=self.size(12), bold=True, italic=True, align=LEFT)
        for text in lines:
            write_line(cell, f"- {text}", size=self.size(11), align=LEFT)

    def _add_signer(self, cell: _Cell, signer: Signer) -> None:
        for text in (*signer.capacity, signer.position):
            if text:
                write_line(cell, text, size=self.size(14), bold=True)
        if signer.note:
            write_line(cell, signer.note, size=self.size(12), italic=True)
        is_tight = self.document.sheet.is_twin or self.document.sheet.is_narrow
        for text in (*("",) * (2 if is_tight else 4), signer.name):
            write_line(cell, text, size=self.size(14), bold=True)

    def _add_bare_head(self) -> None:
        """What a citizen writes has no issuing body: the national name stands alone."""
        cell = self._add_table((1.0,)).rows[0].cells[0]
        write_line(cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=self.size(12), bold=True)
        write_line(cell, "Độc lập - Tự do - Hạnh phúc", size=self.size(13), bold=True)
        draw_rule(cell.add_paragraph(), indent=self._side_indent(1.0, _MOTTO_RULE))
        write_line(
            cell, self.document.date_line, size=self.size(13), italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT
        )

    def _add_report_head(self, head: ReportHead) -> None:
        left, _gap, middle, _gap, right = self._add_table(_REPORT_SHARES).rows[0].cells
        for index, text in enumerate(head.left):
            write_line(left, text, size=self.size(11.5), bold=index == 0, align=LEFT)
        write_line(middle, self.document.type_name, size=self.size(14), bold=True)
        write_line(middle, self.document.abstract, size=self.size(14))
        for text in head.right:
            write_line(right, text, size=self.size(11.5), align=LEFT)
        self.word.add_paragraph(style="Small gap")

    def _add_title_beside_qr(self) -> None:
        left, right = self._add_table((0.2, 0.8)).rows[0].cells
        self._add_qr_to(next_paragraph(left))
        right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        write_line(right, self.document.type_name, size=self.size(14), bold=True)
        write_line(right, self.document.abstract, size=self.size(14), bold=True)

    def _add_qr_to(self, paragraph: Paragraph) -> None:
        run = paragraph.add_run()
        run.add_picture(BytesIO(qr_png(self.document.qr)), width=Cm(2.3))
        describe_picture(run, "Mã QR tra cứu hồ sơ")

    def _add_table(self, shares: tuple[float, ...], *, rows: int = 1) -> Table:
        table: Table = self.word.add_table(rows=rows, cols=len(shares))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, *(self._share_in_cm(share) for share in shares))
        return table

    def _side_indent(self, share: float, rule: float) -> float:
        """What a line of a length leaves free on each side of a share of the width."""
        return max(0.0, (self._share_in_cm(share) - rule * self.document.sheet.scale) / 2)

    def _share_in_cm(self, share: float) -> float:
        return self.width / 360000 * share


def _add_draft_mark(word: Document) -> None:
    mark = word.add_paragraph()
    mark.alignment = CENTER
    mark.paragraph_format.space_before = Pt(8)
    mark.paragraph_format.left_indent, mark.paragraph_format.right_indent = Cm(1.6), Cm(11.6)
    style_run(mark.add_run(DRAFT_MARK), size=12, bold=True)
    draw_box(mark)
