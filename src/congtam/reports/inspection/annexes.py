"""The annexes of the report: flagged dossiers, the sample, how to draw it again (phụ lục)."""

from __future__ import annotations

from collections.abc import Iterator

from congtam.inspections.public import (
    FIRST_METHOD,
    DossierLine,
    FlagLine,
    PackContent,
    SampleLine,
    sheet_name,
)
from congtam.reports.inspection.writing import count_text, day_text, grouped_digest
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


def annexes(content: PackContent) -> tuple[Annex, ...]:
    """All annexes but the sources, which are added when the document is bound."""
    built: list[Annex] = []
    if any(flag.rows for flag in content.flags):
        built.append(
            Annex(title="HỒ SƠ CÓ DẤU HIỆU CẦN KIỂM TRA", blocks=tuple(_flagged(content)), landscape=True)
        )
    if content.sample.rows:
        built.append(Annex(title="DANH SÁCH HỒ SƠ MẪU", blocks=_sample_blocks(content), landscape=True))
    return tuple(built)


def _flagged(content: PackContent) -> Iterator[Block]:
    """The first dossiers of each flag, and where all of them are."""
    file = content.flag_list
    if file is not None:
        text = (
            f"Toàn bộ hồ sơ của từng dấu hiệu có trong tệp {file.name} kèm theo báo cáo, mỗi dấu hiệu một trang tính. "
            f"Mã băm SHA-256 của tệp: {grouped_digest(file.digest)}."
        )
        yield Paragraph((Text(text),))
    raised = [flag for flag in content.flags if flag.count]
    for number, flag in enumerate(raised, start=1):
        yield from _flag_blocks(flag, sheet_name(number, flag) if file is not None else "")


def _flag_blocks(flag: FlagLine, sheet: str) -> tuple[Block, ...]:
    shown = len(flag.rows)
    title = f"{flag.name.vi}: {count_text(flag.count)} hồ sơ"
    if shown < flag.count:
        rest = f"; đủ {count_text(flag.count)} hồ sơ tại trang tính “{sheet}”" if sheet else ""
        title += f" (liệt kê {count_text(shown)} hồ sơ đầu{rest})"
    columns = (
        TableColumn("TT", 0.8, "center"),
        TableColumn("Mã hồ sơ", 4.2),
        TableColumn("Thủ tục", 9.7),
        TableColumn("Tiếp nhận", 2.9, "center"),
        TableColumn("Hẹn trả", 2.9, "center"),
        TableColumn("Kết thúc", 2.9, "center"),
    )
    rows = tuple(
        ((Text(str(number)),), *_dossier_cells(row)) for number, row in enumerate(flag.rows, start=1)
    )
    return (Heading(title, 2), Table(columns=columns, rows=rows, size=10))


def _dossier_cells(row: DossierLine) -> tuple[Runs, ...]:
    cells = (
        row.code,
        row.procedure,
        day_text(row.received_on),
        day_text(row.due_on),
        day_text(row.finished_on),
    )
    return tuple((Text(cell),) for cell in cells)


def _sample_blocks(content: PackContent) -> tuple[Block, ...]:
    columns = (
        TableColumn("TT", 0.8, "center"),
        TableColumn("Mã hồ sơ", 3.9),
        TableColumn("Thủ tục", 5.6),
        TableColumn("Tiếp nhận", 2.0, "center"),
        TableColumn("Hẹn trả", 2.0, "center"),
        TableColumn("Kết thúc", 2.0, "center"),
        TableColumn("Tầng", 2.9),
        TableColumn("Xác suất chọn", 1.7, "right"),
        TableColumn("Lý do chọn", 5.0),
    )
    rows = tuple(
        _sample_row(content, line, number) for number, line in enumerate(content.sample.rows, start=1)
    )
    return (
        Table(columns=columns, rows=rows, size=10),
        Heading("Cách chọn lại mẫu", 2),
        Bullets(tuple((Text(step),) for step in redraw_steps(content))),
    )


def _sample_row(content: PackContent, line: SampleLine, number: int) -> tuple[Runs, ...]:
    return (
        (Text(str(number)),),
        *_dossier_cells(line.dossier),
        (Text(line.stratum),),
        (Text(rate(line.probability, "vi")),),
        (Text(reason_text(content, line)),),
    )


def reason_text(content: PackContent, line: SampleLine) -> str:
    """The flags that raised the dossier's weight, or the baseline."""
    names = [content.flag_names[code].vi if code in content.flag_names else code for code in line.reasons]
    return "; ".join(names) or RANDOM_REASON


def redraw_steps(content: PackContent) -> tuple[str, ...]:
    """The recipe, short enough to be followed by hand."""
    drawn, digest = content.sample, content.digest()
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
        "Trong mỗi tầng, lấy các hồ sơ có u(1 − π) / ((1 − u)π) nhỏ nhất cho đủ số lượng ở Bảng 3.",
        (
            f"Bằng phần mềm: congtam inspect prepare --unit {content.unit.code} --period {content.period} "
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
