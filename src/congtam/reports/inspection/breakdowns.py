"""The tables by unit, field and officer (phân tích theo đơn vị, lĩnh vực, cán bộ) of part II."""

from __future__ import annotations

from typing import Final

from congtam.inspections.pack_content import Breakdown, BreakdownRow, PackFigure
from congtam.inspections.public import PackContent
from congtam.reports.inspection.writing import count_text, part_figure
from congtam.typesetting.public import Block, Heading, Paragraph, Runs, Table, TableColumn, Text
from congtam.ui.public import rate

_NAMES: Final = {
    "unit": ("đơn vị giải quyết", "Đơn vị"),
    "field": ("lĩnh vực", "Lĩnh vực"),
    "officer": ("cán bộ, công chức xử lý", "Người xử lý"),
}
FIRST_TABLE: Final = 2
_MEASURE_NAMES: Final = (
    "Hồ sơ tiếp nhận",
    "Hồ sơ đã giải quyết",
    "Hồ sơ giải quyết quá hạn",
    "Tỷ lệ đúng hạn",
)
_INTRODUCTION: Final = (
    "Tổng của mỗi bảng là số của cả đơn vị trong kỳ; dòng nhiều hồ sơ quá hạn hơn đứng trước. "
)
_WITH_RECEIPTS: Final = (
    "Tỷ lệ đúng hạn tính trên hồ sơ có hạn trả. "
    "Dòng gộp các dòng còn lại, nếu có, là phần còn lại của dòng tổng cộng."
)
_BEFORE: Final = "Hồ sơ không có hạn trả được tính là đúng hạn."


def breakdown_blocks(content: PackContent) -> tuple[Block, ...]:
    """A table for each view of the pack, the late ones first; nothing for a pack made before there were any."""
    if not content.breakdowns:
        return ()
    has_receipts = any(one.total for one in content.breakdowns)
    blocks: list[Block] = [
        Heading("4. Phân tích theo đơn vị, lĩnh vực, người xử lý", 2),
        Paragraph((Text(_INTRODUCTION + (_WITH_RECEIPTS if has_receipts else _BEFORE)),)),
    ]
    for number, one in enumerate(content.breakdowns, start=FIRST_TABLE):
        blocks.append(_breakdown_table(one, number, unit=content.unit.name))
    return tuple(blocks)


def table_count(content: PackContent) -> int:
    """How many numbered tables part II has besides the first."""
    return len(content.breakdowns)


def _breakdown_table(breakdown: Breakdown, number: int, *, unit: str) -> Table:
    by, head = _NAMES[breakdown.by]
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn(head, 5.2),
        TableColumn("Tiếp nhận", 2.3, "right"),
        TableColumn("Giải quyết xong", 2.3, "right"),
        TableColumn("Quá hạn", 2.2, "right"),
        TableColumn("Tỷ lệ đúng hạn", 2.7, "right"),
    )
    rows = [
        _breakdown_row(row, position, head=head, unit=unit)
        for position, row in enumerate(breakdown.rows, start=1)
    ]
    if breakdown.total:
        rows.append(((), (Text("Tổng cộng", bold=True),), *_bound(breakdown.total, "", unit=unit)))
    return Table(columns=columns, rows=tuple(rows), caption=f"Bảng {number}. Kết quả theo {by}", size=11)


def _breakdown_row(row: BreakdownRow, position: int, *, head: str, unit: str) -> tuple[Runs, ...]:
    name = f"{row.others} dòng khác" if row.others else row.name or "(nguồn không ghi)"
    first: tuple[Runs, ...] = ((Text(str(position)),), (Text(name),))
    if row.figures:
        return (*first, *_bound(row.figures, f"{head}: {name}", unit=unit))
    counts = (count_text(row.received), count_text(row.finished), count_text(row.late))
    return (*first, *((Text(cell),) for cell in (*counts, rate(row.on_time_rate, "vi"))))


def _bound(figures: tuple[PackFigure, ...], part: str, *, unit: str) -> tuple[Runs, ...]:
    """The numbers of a row, each tied to its receipt; ``part`` is which of the unit's dossiers they count."""
    named = zip(figures, _MEASURE_NAMES, strict=True)
    return tuple(part_figure(one, name=f"{name}; {part}" if part else name, unit=unit) for one, name in named)
