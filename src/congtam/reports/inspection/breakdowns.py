"""The tables by unit, field and officer (phân tích theo đơn vị, lĩnh vực, cán bộ) of part II."""

from __future__ import annotations

from typing import Final

from congtam.inspections.pack_content import Breakdown, BreakdownRow
from congtam.inspections.public import PackContent
from congtam.reports.inspection.writing import count_text
from congtam.typesetting.public import Block, Heading, Paragraph, Runs, Table, TableColumn, Text
from congtam.ui.public import rate

_NAMES: Final = {
    "unit": ("đơn vị giải quyết", "Đơn vị"),
    "field": ("lĩnh vực", "Lĩnh vực"),
    "officer": ("cán bộ, công chức xử lý", "Người xử lý"),
}
FIRST_TABLE: Final = 2


def breakdown_blocks(content: PackContent) -> tuple[Block, ...]:
    """A table for each view of the pack, the late ones first; nothing for a pack made before there were any."""
    if not content.breakdowns:
        return ()
    blocks: list[Block] = [
        Heading("4. Phân tích theo đơn vị, lĩnh vực, người xử lý", 2),
        Paragraph(
            (
                Text(
                    "Tổng của mỗi bảng là số của cả đơn vị trong kỳ; dòng nhiều hồ sơ quá hạn hơn đứng trước. "
                    "Hồ sơ không có hạn trả được tính là đúng hạn."
                ),
            )
        ),
    ]
    for number, one in enumerate(content.breakdowns, start=FIRST_TABLE):
        blocks.append(_breakdown_table(one, number))
    return tuple(blocks)


def table_count(content: PackContent) -> int:
    """How many numbered tables part II has besides the first."""
    return len(content.breakdowns)


def _breakdown_table(breakdown: Breakdown, number: int) -> Table:
    by, head = _NAMES[breakdown.by]
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn(head, 6.4),
        TableColumn("Tiếp nhận", 2.1, "right"),
        TableColumn("Giải quyết xong", 2.2, "right"),
        TableColumn("Quá hạn", 1.8, "right"),
        TableColumn("Tỷ lệ đúng hạn", 2.2, "right"),
    )
    rows = tuple(_breakdown_row(row, position) for position, row in enumerate(breakdown.rows, start=1))
    return Table(columns=columns, rows=rows, caption=f"Bảng {number}. Kết quả theo {by}", size=11)


def _breakdown_row(row: BreakdownRow, position: int) -> tuple[Runs, ...]:
    name = f"{row.others} dòng khác" if row.others else row.name or "(nguồn không ghi)"
    cells = (
        str(position),
        name,
        count_text(row.received),
        count_text(row.finished),
        count_text(row.late),
        rate(row.on_time_rate, "vi"),
    )
    return tuple((Text(cell),) for cell in cells)
