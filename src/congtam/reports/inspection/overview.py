"""Part I of the report: who was examined, over which period, from which data (khái quát)."""

from __future__ import annotations

from congtam.inspections.public import PackContent
from congtam.reports.inspection.writing import (
    bound_figure_runs,
    count_text,
    day_text,
    period_text,
    unit_name_in_sentence,
)
from congtam.typesetting.public import Block, Heading, Paragraph, Run, Text
from congtam.ui.public import number

RECEIVED = "dossiers.received"
FINISHED = "dossiers.finished"
OVERDUE = "dossiers.open_overdue"


def overview(content: PackContent) -> tuple[Block, ...]:
    """The opening part."""
    return (
        Heading("I. KHÁI QUÁT"),
        Heading("1. Phạm vi", 2),
        Paragraph((Text(_scope_sentence(content)),)),
        Paragraph(_volume_runs(content)),
        Heading("2. Nguồn và cách tính số liệu", 2),
        Paragraph((Text(_origin_text(content)),)),
    )


def _scope_sentence(content: PackContent) -> str:
    unit = unit_name_in_sentence(content.unit.name)
    return (
        f"Báo cáo phân tích số liệu giải quyết thủ tục hành chính của {unit} (mã {content.unit.code}) "
        f"và các đơn vị "
        f"trực thuộc. Thời kỳ kiểm tra: {period_text(content.period)}. Địa giới và tổ chức đơn vị được "
        f"xét theo "
        f"ngày {day_text(content.map_on)}."
    )


def _volume_runs(content: PackContent) -> tuple[Run, ...]:
    parts: list[Run] = [Text("Trong kỳ")]
    for code, lead, tail in (
        (RECEIVED, ", đơn vị tiếp nhận ", " hồ sơ"),
        (FINISHED, "; kết thúc giải quyết ", " hồ sơ"),
        (OVERDUE, "; cuối kỳ còn ", " hồ sơ quá hạn chưa giải quyết xong"),
    ):
        line = content.indicator(code)
        if line is not None:
            parts += [
                Text(lead),
                *bound_figure_runs(line, line.now, unit=content.unit.name, bold=True),
                Text(tail),
            ]
    return (*parts, Text("."))


def _origin_text(content: PackContent) -> str:
    flagged = sum(flag.count > 0 for flag in content.flags)
    return (
        "Toàn bộ số liệu được tính trực tiếp từ từng hồ sơ, không có số liệu nhập tay. Mỗi số liệu kèm "
        "ký hiệu [n] "
        "dẫn đến Phụ lục Nguồn số liệu, nơi ghi định nghĩa, kỳ, tử số, mẫu số, phiên bản dữ liệu và mã "
        "băm của tập hồ sơ đã đếm. "
        f"Phiên bản dữ liệu: {content.data_version}. Danh sách xét chọn mẫu gồm "
        f"{count_text(content.sample.population)} hồ sơ; "
        f"có {number(flagged, 'vi')} loại dấu hiệu phát sinh hồ sơ cần kiểm tra."
    )
