"""The annexes of the report: flagged dossiers, the sample, how to draw it again (phụ lục)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from congtam.inspections.pack_content import DossierLine, FlagLine, SampleLine
from congtam.inspections.public import FIRST_METHOD, PackContent, sheet_name
from congtam.kernel.periods import Period
from congtam.reports.inspection.breakdowns import table_count
from congtam.reports.inspection.writing import count_text, day_text, grouped_digest, period_text
from congtam.typesetting.public import (
    Annex,
    Block,
    Bullets,
    Heading,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
)
from congtam.ui.public import rate

RANDOM_REASON = "Chọn ngẫu nhiên (trọng số cơ sở)"


def annexes(content: PackContent, *, digest: str) -> tuple[Annex, ...]:
    """All annexes but the sources, which are added when the document is bound."""
    built: list[Annex] = []
    if any(flag.rows for flag in content.flags):
        built.append(
            Annex(title="HỒ SƠ CÓ DẤU HIỆU CẦN KIỂM TRA", blocks=tuple(_flag_annex(content)), landscape=True)
        )
    if content.sample.rows:
        built.append(
            Annex(title="DANH SÁCH HỒ SƠ MẪU", blocks=_sample_blocks(content, digest), landscape=True)
        )
    return tuple(built)


def _flag_annex(content: PackContent) -> Iterator[Block]:
    """The first dossiers of each flag, and where all of them are."""
    file, last_day = content.flag_list, Period.parse(content.period).last_day
    if file is not None:
        text = (
            f"Toàn bộ hồ sơ của từng dấu hiệu có trong tệp {file.name} kèm theo báo cáo, mỗi dấu hiệu một trang tính. "
            f"Mã băm SHA-256 của tệp: {grouped_digest(file.digest)}."
        )
        yield Paragraph((Text(text),))
    raised = [flag for flag in content.flags if flag.count]
    for number, flag in enumerate(raised, start=1):
        yield from _flag_blocks(flag, sheet_name(number, flag) if file is not None else "", last_day)


def _flag_blocks(flag: FlagLine, sheet: str, last_day: date) -> tuple[Block, ...]:
    shown = len(flag.rows)
    title = f"{flag.name.vi}: {count_text(flag.count)} hồ sơ"
    if shown < flag.count:
        rest = f"; đủ {count_text(flag.count)} hồ sơ tại trang tính “{sheet}”" if sheet else ""
        title += f" (liệt kê {count_text(shown)} hồ sơ đầu{rest})"
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn("Mã hồ sơ", code_width([row.code for row in flag.rows])),
        TableColumn("Thủ tục", 8.3),
        TableColumn("Tiếp nhận", 3.1, "center"),
        TableColumn("Hẹn trả", 3.1, "center"),
        TableColumn("Kết thúc", 3.1, "center"),
    )
    rows = tuple(
        ((Text(str(number)),), *_dossier_cells(row, last_day))
        for number, row in enumerate(flag.rows, start=1)
    )
    return (Heading(title, 2), Table(columns=columns, rows=rows, size=9))


def _dossier_cells(row: DossierLine, last_day: date) -> tuple[Runs, ...]:
    cells = (
        row.code,
        row.procedure,
        day_text(row.received_on),
        day_text(row.due_on),
        finish_text(row, last_day),
    )
    return tuple((Text(cell),) for cell in cells)


def _sample_blocks(content: PackContent, digest: str) -> tuple[Block, ...]:
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn("Mã hồ sơ", code_width([line.dossier.code for line in content.sample.rows])),
        TableColumn("Thủ tục", 4.7),
        TableColumn("Tiếp nhận", 2.4, "center"),
        TableColumn("Hẹn trả", 2.4, "center"),
        TableColumn("Kết thúc", 2.4, "center"),
        TableColumn("Tầng", 2.7),
        TableColumn("Xác suất chọn", 1.9, "right"),
        *(() if content.sample.reasons_hidden else (TableColumn("Lý do chọn", 3.9),)),
    )
    rows = tuple(
        _sample_row(content, line, number) for number, line in enumerate(content.sample.rows, start=1)
    )
    return (
        Table(columns=columns, rows=rows, size=9),
        Heading("Cách chọn lại mẫu", 2),
        Bullets(tuple((Text(step),) for step in redraw_steps(content, digest))),
    )


def _sample_row(content: PackContent, line: SampleLine, number: int) -> tuple[Runs, ...]:
    return (
        (Text(str(number)),),
        *_dossier_cells(line.dossier, Period.parse(content.period).last_day),
        (Text(line.stratum),),
        (Text(rate(line.probability, "vi")),),
        *(() if content.sample.reasons_hidden else ((Text(reason_text(content, line)),),)),
    )


def code_width(codes: Sequence[str]) -> float:
    """A column in which no code is cut or runs into the next one: codes have few signs at which a line may end.

    >>> code_width(["000.00.24.H22-230604-0014"]), code_width(["H-1"])
    (4.65, 3.0)
    """
    return min(max(3.0, round(0.17 * max(map(len, codes), default=0) + 0.4, 2)), 7.0)


def finish_text(row: DossierLine, last_day: date) -> str:
    """When it was finished, as it stood at the end of the period.

    >>> from dataclasses import replace
    >>> row = DossierLine(code="H-1", unit="1", procedure="", received_on="", due_on="", finished_on="", state="")
    >>> finish_text(row, date(2024, 9, 30)), finish_text(replace(row, finished_on="2024-10-02"), date(2024, 9, 30))
    ('đến 30/09/2024 chưa xong', 'đến 30/09/2024 chưa xong; xong 02/10/2024')
    """
    unfinished = f"đến {last_day:%d/%m/%Y} chưa xong"
    if not row.finished_on:
        return unfinished
    if date.fromisoformat(row.finished_on[:10]) > last_day:
        return f"{unfinished}; xong {day_text(row.finished_on)}"
    return day_text(row.finished_on)


def reason_text(content: PackContent, line: SampleLine) -> str:
    """The flags that raised the dossier's weight, or the baseline."""
    names = [content.flag_names[code].vi if code in content.flag_names else code for code in line.reasons]
    return "; ".join(names) or RANDOM_REASON


def redraw_steps(content: PackContent, digest: str) -> tuple[str, ...]:
    """The recipe, short enough to be followed by hand."""
    drawn = content.sample
    return (
        (
            f"Danh sách: mọi hồ sơ của đơn vị được tiếp nhận trước khi hết kỳ và chưa kết thúc trước kỳ "
            f"({count_text(drawn.population)} hồ sơ)."
        ),
        (
            "Trọng số: 1, cộng trọng số của từng dấu hiệu mà hồ sơ mang. Xác suất chọn π tỷ lệ với trọng số "
            "trong mỗi tầng, không quá 1."
        ),
        *_strata_steps(drawn.method),
        (
            f"Số ngẫu nhiên u của một hồ sơ: 13 chữ số thập lục phân đầu của SHA-256(“{drawn.seed}|mã hồ "
            f"sơ”), chia cho 16 lũy thừa 13."
        ),
        (
            f"Trong mỗi tầng, lấy các hồ sơ có u(1 − π) / ((1 − u)π) nhỏ nhất cho đủ số lượng ở Bảng "
            f"{3 + table_count(content)}."
        ),
        (
            f"Bằng phần mềm: congtam inspect prepare --unit {content.unit.code} "
            f'--period "{period_text(content.period).lower()}" '
            f"--seed {drawn.seed} --sample {drawn.size} --method {drawn.method}"
        ),
        f"Mã băm nội dung của bộ số liệu (SHA-256): {digest[:32]} {digest[32:]}",
    )


def _strata_steps(method: str) -> tuple[str, ...]:
    """How the frame is parted; of the first method the table of strata says it."""
    if method == FIRST_METHOD:
        return ()
    step = (
        "Tầng: hồ sơ có dấu hiệu thuộc tầng của dấu hiệu hiếm nhất mà hồ sơ mang; hồ sơ khác thuộc tầng "
        "của lĩnh vực, các lĩnh vực không đủ hai hồ sơ mẫu gộp thành một tầng. Một nửa mẫu chia đều cho các tầng dấu "
        "hiệu, phần còn lại chia theo tổng trọng số; mỗi tầng ít nhất hai hồ sơ hoặc tất cả."
    )
    return (step,)
