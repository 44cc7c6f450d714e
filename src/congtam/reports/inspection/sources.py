"""The annex that lists where each figure comes from (Phụ lục: Nguồn số liệu)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from congtam.reports.inspection.receipts import FigureReceipt, read_receipt
from congtam.reports.inspection.writing import count_text, grouped_digest, map_text, period_text, value_text
from congtam.typesetting.public import (
    Annex,
    Block,
    BoundFigure,
    Heading,
    OfficialDocument,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
    distinct,
    figures,
    number_figures,
)

SOURCES_TITLE: Final = "NGUỒN SỐ LIỆU"
SOURCES_NOTE: Final = (
    "Mỗi số trong ngoặc vuông [n] ở phần trên dẫn đến dòng n của bảng này. Mã băm là tóm lược SHA-256 của định nghĩa, "
    "kỳ, đơn vị và tập hồ sơ đã đếm: tính lại trên cùng phiên bản dữ liệu phải ra đúng mã này."
)
_COLUMNS: Final = (
    TableColumn("TT", 1.1, "center"),
    TableColumn("Chỉ tiêu", 4.6),
    TableColumn("Đơn vị", 2.6),
    TableColumn("Kỳ số liệu", 2.8),
    TableColumn("Tử số", 1.5, "right"),
    TableColumn("Mẫu số", 1.4, "right"),
    TableColumn("Giá trị", 2.2, "right"),
    TableColumn("Phiên bản định nghĩa / dữ liệu", 1.9, "center"),
    TableColumn("Bản đồ đơn vị", 2.2, "center"),
    TableColumn("Mã băm", 5.1),
)

_PART_COLUMNS: Final = (
    TableColumn("TT", 1.1, "center"),
    TableColumn("Số liệu", 8.3),
    TableColumn("Định nghĩa", 1.3, "center"),
    TableColumn("Tử số", 1.5, "right"),
    TableColumn("Mẫu số", 1.5, "right"),
    TableColumn("Giá trị", 2.2, "right"),
    TableColumn("Mã băm", 9.5),
)


def append_sources_annex(document: OfficialDocument) -> OfficialDocument:
    """Number the figures and append the annex of sources; a document without figures is unchanged."""
    bound = number_figures(document)
    printed = distinct(figures(bound))
    return replace(bound, annexes=(*bound.annexes, _sources_annex(printed))) if printed else bound


def _sources_annex(printed: tuple[BoundFigure, ...]) -> Annex:
    receipts = [(one.n, read_receipt(one.receipt, n=one.n)) for one in printed]
    whole = [(n, receipt) for n, receipt in receipts if not _is_part(receipt)]
    parts = [(n, receipt) for n, receipt in receipts if _is_part(receipt)]
    blocks: list[Block] = [Paragraph((Text(SOURCES_NOTE),), note=True)]
    if whole:
        blocks.append(
            Table(columns=_COLUMNS, rows=tuple(_receipt_row(n, receipt) for n, receipt in whole), size=9)
        )
    if parts:
        blocks += _part_blocks(parts)
    return Annex(title=SOURCES_TITLE, blocks=tuple(blocks), landscape=True)


def _is_part(receipt: FigureReceipt) -> bool:
    """Whether it counts some of the unit's dossiers only, those of one row of a table."""
    return "[" in receipt.code


def _part_blocks(parts: Sequence[tuple[int, FigureReceipt]]) -> list[Block]:
    """One line for each: what they have in common is said once."""
    _first_n, first = parts[0]
    note = (
        f"Các số liệu dưới đây đếm hồ sơ của {first.unit_name} ({first.unit}), {period_text(first.period)}, chỉ riêng "
        f"hồ sơ của dòng đã nêu; phiên bản dữ liệu {first.data_version}, bản đồ đơn vị: {map_text(first.map)}."
    )
    rows = tuple(_part_row(n, receipt) for n, receipt in parts)
    return [
        Heading("Số liệu theo đơn vị, lĩnh vực, người xử lý", 2),
        Paragraph((Text(note),), note=True),
        Table(columns=_PART_COLUMNS, rows=rows, size=8),
    ]


def _part_row(n: int, receipt: FigureReceipt) -> tuple[Runs, ...]:
    cells = (
        str(n),
        receipt.name,
        receipt.definition_version,
        count_text(receipt.numerator),
        count_text(receipt.denominator),
        value_text(receipt.value, receipt.measure),
        receipt.digest,
    )
    return tuple((Text(cell),) for cell in cells)


def _receipt_row(n: int, receipt: FigureReceipt) -> tuple[Runs, ...]:
    cells = (
        str(n),
        f"{receipt.name} ({receipt.code})",
        f"{receipt.unit_name} ({receipt.unit})",
        period_text(receipt.period),
        count_text(receipt.numerator),
        count_text(receipt.denominator),
        value_text(receipt.value, receipt.measure),
        f"{receipt.definition_version} / {receipt.data_version}",
        map_text(receipt.map),
        grouped_digest(receipt.digest),
    )
    return tuple((Text(cell),) for cell in cells)
