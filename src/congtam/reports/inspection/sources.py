"""The annex that lists where each figure comes from (Phụ lục: Nguồn số liệu)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from congtam.reports.inspection.receipts import FigureReceipt, read_receipt
from congtam.reports.inspection.writing import count_text, grouped_digest, map_text, period_text, value_text
from congtam.typesetting.public import (
    Annex,
    BoundFigure,
    OfficialDocument,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
    bind,
    distinct,
    figures,
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
    TableColumn("Giá trị", 1.6, "right"),
    TableColumn("Phiên bản định nghĩa / dữ liệu", 1.9, "center"),
    TableColumn("Bản đồ đơn vị", 2.2, "center"),
    TableColumn("Mã băm", 5.7),
)


def with_sources(document: OfficialDocument) -> OfficialDocument:
    """Number the figures and append the annex of sources; a document without figures is unchanged."""
    bound = bind(document)
    printed = distinct(figures(bound))
    return replace(bound, annexes=(*bound.annexes, _sources_annex(printed))) if printed else bound


def _sources_annex(printed: tuple[BoundFigure, ...]) -> Annex:
    rows = tuple(_receipt_row(one.n, read_receipt(one.receipt, n=one.n)) for one in printed)
    table = Table(columns=_COLUMNS, rows=rows, size=9)
    return Annex(
        title=SOURCES_TITLE, blocks=(Paragraph((Text(SOURCES_NOTE),), note=True), table), landscape=True
    )


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
