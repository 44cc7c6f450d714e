"""Part III of the report: the red flags beside the numbers to expect (dấu hiệu cần kiểm tra)."""

from __future__ import annotations

from collections.abc import Iterator

from congtam.inspections.pack_content import FlagLine
from congtam.inspections.public import PackContent
from congtam.reports.inspection.breakdowns import table_count
from congtam.reports.inspection.writing import count_text, flag_count
from congtam.typesetting.public import Block, Heading, Paragraph, Runs, Table, TableColumn, Text
from congtam.ui.public import MISSING

CAVEAT = (
    "Dấu hiệu là căn cứ để lựa chọn nội dung kiểm tra, chưa phải là kết luận về sai phạm; chỉ được kết luận sau khi "
    "đối chiếu hồ sơ gốc và nghe đơn vị giải trình."
)
_EXPECTED = (
    "Ghi chú: số dự kiến ghi theo thứ tự: tính từ chính hồ sơ của đơn vị; tính theo tỷ lệ của đơn vị cùng cấp. Chỉ nêu "
    "tên hồ sơ của những bộ phận có số hồ sơ vượt số dự kiến."
)


def red_flags_section(content: PackContent) -> tuple[Block, ...]:
    """The red flags with their counts; a flag is a reason to look, not a finding."""
    raised = [flag for flag in content.flags if flag.count]
    blocks: list[Block] = [Heading("III. DẤU HIỆU CẦN KIỂM TRA")]
    if raised:
        blocks.append(_flag_table(content, raised))
        if any(flag.expected is not None for flag in raised):
            blocks.append(Paragraph((Text(_EXPECTED),), note=True))
    else:
        blocks.append(Paragraph((Text("Không phát hiện hồ sơ nào có các dấu hiệu đã định nghĩa."),)))
    blocks += [Paragraph(runs) for flag in content.flags for runs in _flag_remarks(content, flag)]
    return (*blocks, Paragraph((Text(CAVEAT),)))


def _flag_table(content: PackContent, raised: list[FlagLine]) -> Table:
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn("Dấu hiệu", 3.7),
        TableColumn("Vì sao cần kiểm tra", 5.9),
        TableColumn("Số hồ sơ", 1.7, "right"),
        TableColumn("Dự kiến", 1.6, "right"),
        TableColumn("Nêu tên", 1.4, "right"),
    )
    rows = tuple(_flag_row(content, flag, number) for number, flag in enumerate(raised, start=1))
    return Table(
        columns=columns, rows=rows, caption=f"Bảng {2 + table_count(content)}. Dấu hiệu cần kiểm tra", size=12
    )


def _flag_row(content: PackContent, flag: FlagLine, number: int) -> tuple[Runs, ...]:
    return (
        (Text(str(number)),),
        (Text(flag.name.vi),),
        (Text(flag.why.vi),),
        flag_count(flag, unit=content.unit.name),
        (Text(expected_text(flag)),),
        (Text(count_text(flag.count), bold=True),),
    )


def expected_text(flag: FlagLine) -> str:
    """The expected numbers, the unit's own first; a dash where nothing is expected."""
    numbers = [number for number in (flag.expected, flag.expected_by_peers) if number is not None]
    return "; ".join(map(count_text, numbers)) or MISSING


def _flag_remarks(content: PackContent, flag: FlagLine) -> Iterator[Runs]:
    """What is to be said of a flag that is as frequent as expected, and of dossiers it could not look at."""
    if flag.sign_count and not flag.count:
        yield (
            Text(f"{flag.name.vi}: "),
            *flag_count(flag, unit=content.unit.name),
            Text(f" hồ sơ, không nhiều hơn hẳn số dự kiến ({expected_text(flag)}) nên không nêu tên."),
        )
    if flag.without_time:
        yield (
            Text(
                f"{flag.name.vi}: không xét {count_text(flag.without_time)} hồ sơ mà nguồn chỉ ghi ngày, không ghi giờ."
            ),
        )
