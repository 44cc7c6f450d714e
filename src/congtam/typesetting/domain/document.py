"""An official document (văn bản hành chính) as a value, before it becomes .docx or PDF.

The layout is that of Decree 30/2020/NĐ-CP, appendix I; the two renderers read this model and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from congtam.typesetting.domain.wording import day_in_words

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Text:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, kw_only=True)
class BoundFigure:
    """A printed number tied to its receipt (số liệu kèm nguồn).

    ``receipt`` is JSON-ready data that this room carries and never reads. ``n`` is the number in square brackets behind
    the printed text, 0 until the document is bound; figures with the same receipt share it.
    """

    code: str
    printed: str
    receipt: Mapping[str, Any]
    n: int = 0
    bold: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """What is printed, as every run has it."""
        return self.printed


Run = Text | BoundFigure
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside the content (đề mục); level 1 is the part with a Roman number."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (đoạn văn); a note is smaller, in italics and not indented."""

    runs: Runs
    note: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of points (liệt kê), each set with a hyphen as official documents do."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column of a table; the width is a share of the sum of all widths."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class HeadCell:
    """A cell of a head of several rows (tiêu đề gộp), over so many columns and rows."""

    title: str
    columns: int = 1
    rows: int = 1


MOST_AT_EASE: Final = 16


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table (bảng) whose head repeats on each page; ``head`` stands instead of the titles of the columns."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Runs, ...], ...]
    head: tuple[tuple[HeadCell, ...], ...] = ()
    caption: str = ""
    size: float = 12.0

    @property
    def is_dense(self) -> bool:
        """So many columns that the space between their lines is needed for the numbers."""
        return len(self.columns) > MOST_AT_EASE


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart (biểu đồ) as a Vega-Lite specification, with the words for a reader who cannot see it."""

    spec: Mapping[str, Any]
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Table | Chart | PageBreak


@dataclass(frozen=True, kw_only=True)
class Annex:
    """An annex (phụ lục); wide tables are set landscape."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The body above (cơ quan chủ quản) and the issuing body (cơ quan ban hành), line by line.

    Written as in running text; the head sets them in capitals.
    """

    parent: tuple[str, ...] = ()
    body: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signer:
    """The one who signs (người ký): capacity lines such as ``TL. CHỦ TỊCH``, position, what to do, name."""

    capacity: tuple[str, ...]
    position: str = ""
    note: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A machine-readable file carried inside the PDF, so that its figures can be checked from the PDF alone."""

    name: str
    media_type: str
    content: bytes
    description: str


@dataclass(frozen=True, kw_only=True)
class ReportHead:
    """The head of a reporting form (biểu mẫu báo cáo) or book: code and ground left, who reports to whom right."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """How a document is set (khổ giấy) where that differs from a letter on A4.

    ``copies`` are the words under each copy (liên); with ``is_twin`` two copies share one A4 sheet, to be cut in half.
    ``is_narrow`` sets the margins of reporting forms and books instead of those of the Decree.
    """

    landscape: bool = False
    scale: float = 1.0
    copies: tuple[str, ...] = ()
    is_twin: bool = False
    is_narrow: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """One official document (văn bản), complete but for its number and signature.

    ``form_mark`` names the form and its circular; ``qr`` is the text of the QR code beside the title. With
    ``report_head`` the document has that head instead of number, national name and date. ``cosigners`` stand on the
    left of the signer, instead of the recipients.
    """

    issuer: Issuer
    symbol: str
    place: str
    date: date
    type_name: str
    abstract: str
    signer: Signer
    number: str = ""
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    draft: bool = True
    synthetic: bool = False
    trace: str = ""
    form_mark: str = ""
    qr: str = ""
    report_head: ReportHead | None = None
    cosigners: tuple[Signer, ...] = ()
    sheet: Sheet = Sheet()

    @property
    def number_line(self) -> str:
        """``Số: 05/BC-SNV``; a blank is left for the clerk while there is no number, nothing without a symbol."""
        if not self.symbol:
            return ""
        number = self.number.zfill(2) if self.number else "\u00a0" * 8
        return f"Số: {number}/{self.symbol}"

    @property
    def date_line(self) -> str:
        """Place and date; days below 10 and the months 1 and 2 are padded (Decree 30, appendix I, II.4).

        A draft leaves the day blank: it is written when the document is signed.
        """
        blank = "\u00a0" * 6 if self.draft else ""
        return f"{self.place}, {day_in_words(self.date, blank=blank)}"

    @property
    def is_letter(self) -> bool:
        """Whether it is an official letter (công văn), which has no name of its type: the number line is its title."""
        return not self.type_name and self.report_head is None

    @property
    def subject_line(self) -> str:
        """``V/v …`` below the number of an official letter (Decree 30, appendix I, II.5); nothing on others."""
        return f"V/v {self.abstract}" if self.is_letter and self.abstract else ""

    @property
    def title(self) -> str:
        return self.subject_line or f"{self.type_name} {self.abstract}".strip()
