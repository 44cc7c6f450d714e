"""A counted form as an official document (biểu mẫu báo cáo), in Vietnamese whatever the language of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congtam.dossiers.printing.public import printed_unit
from congtam.kernel.clock import local_day
from congtam.reports.dossier_forms.lines import SEAL_HERE, make_signer
from congtam.reports.letterheads import body_name, office_issuer, place_of_issue
from congtam.reports.statistics.counting import Convention, Counted, CountedRow, StatisticsQuestion
from congtam.reports.statistics.head import head_rows
from congtam.reports.statistics.rows import row_name
from congtam.typesetting.public import (
    MOST_AT_EASE,
    Block,
    OfficialDocument,
    Paragraph,
    ReportHead,
    Runs,
    Sheet,
    Table,
    TableColumn,
    Text,
)
from congtam.ui.public import day, number

LANGUAGE: Final = "vi"
CONVENTIONS: Final = {
    Convention.BY_DATE: "Tính hạn theo ngày: kết quả có trong ngày hẹn trả là đúng hạn.",
    Convention.BY_INSTANT: "Tính hạn theo giờ: kết quả có sau giờ hẹn trả là quá hạn.",
}


def statistics_document(counted: Counted) -> OfficialDocument:
    """The form as the circular lays it out, landscape, with what does not add up named below."""
    question, form = counted.question, counted.question.form
    unit = printed_unit(question.unit, question.period.last_day)
    issuer = office_issuer(unit)
    on = local_day(counted.as_of)
    above = issuer.parent[0] if issuer.parent else form.addressee or "…………"
    return OfficialDocument(
        issuer=issuer,
        symbol="",
        place=place_of_issue(unit),
        date=on,
        type_name=form.title["vi"],
        abstract=period_line(question),
        report_head=ReportHead(
            left=(f"Biểu số {form.code}", form.ground),
            right=(
                f"Đơn vị báo cáo: {body_name(unit)}",
                f"Đơn vị nhận báo cáo: {above}",
                "Đơn vị tính: số hồ sơ TTHC",
            ),
        ),
        blocks=tuple(_form_blocks(counted)),
        cosigners=(make_signer("NGƯỜI LẬP BIỂU"),),
        signer=make_signer("NGƯỜI ĐỨNG ĐẦU CƠ QUAN, ĐƠN VỊ", note=SEAL_HERE),
        draft=False,
        sheet=Sheet(landscape=True, scale=0.86, is_narrow=True),
        trace=f"Biểu {form.code}, bản {form.version} · phiên bản số liệu {counted.data_version}",
    )


def period_line(question: StatisticsQuestion) -> str:
    """``Kỳ báo cáo: từ ngày 15/12/2025 đến hết ngày 14/03/2026``."""
    return f"Kỳ báo cáo: từ ngày {day(question.period.start)} đến hết ngày {day(question.period.last_day)}"


def _form_blocks(counted: Counted) -> Iterator[Block]:
    question, form = counted.question, counted.question.form
    rows = [
        _row_runs(str(position), row_name(row.key, question, LANGUAGE), row)
        for position, row in enumerate(counted.rows, start=1)
    ]
    rows.append(_row_runs("", "Tổng cộng", counted.total, bold=True))
    is_wide = len(form.columns) > MOST_AT_EASE
    columns = (
        TableColumn("TT", 0.6, "center"),
        TableColumn("", 3.0 if is_wide else 3.4),
        *(TableColumn("", 1.0, "right") for _ in form.columns),
    )
    yield Table(
        columns=columns, head=head_rows(form, LANGUAGE), rows=tuple(rows), size=9.2 if is_wide else 11.5
    )
    yield Paragraph((Text("Ghi chú: " + " ".join(notes_of(counted))),), note=True)


def notes_of(counted: Counted) -> Iterator[str]:
    """What stands below the table: how time is compared, what is not known, what does not add up."""
    form = counted.question.form
    yield CONVENTIONS[counted.question.convention]
    if not form.remarks:
        yield "Hồ sơ từ chối, rút, dừng được tính là đã giải quyết vào ngày kết thúc."
    if not form.is_in_force(counted.question.period):
        yield f"Biểu này dùng từ ngày {day(form.valid_from)}; kỳ báo cáo nằm ngoài thời gian đó."
    yield from (remark["vi"] for remark in form.remarks)
    for note in form.notes:
        if count := counted.total.notes[note.number]:
            yield f"{note.number_label} {number(count, LANGUAGE)} {note.title['vi']}."
    wrong = [failure for failure in counted.failures if failure.row == counted.total.key]
    for failure in wrong:
        yield f"Phép kiểm tra {failure.check.text} lệch {number(failure.difference, LANGUAGE)} hồ sơ."
    if not counted.failures:
        yield "Các phép kiểm tra của biểu đều khớp."


def _row_runs(position: str, name: str, row: CountedRow, *, bold: bool = False) -> tuple[Runs, ...]:
    values = (number(value, LANGUAGE) for value in row.values.values())
    return tuple((Text(text, bold=bold),) for text in (position, name, *values))
