"""The control slip (phiếu kiểm soát quá trình giải quyết hồ sơ): each hand-over, and how the step before it ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congtam.dossiers.printing.public import PrintedDossier, PrintedStep
from congtam.reports.dossier_forms.lines import labelled_line, make_signer
from congtam.reports.form_catalogue import form_in_force
from congtam.reports.letterheads import desk_issuer, moment, place_of_issue, short_moment
from congtam.typesetting.public import (
    Block,
    HeadCell,
    OfficialDocument,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
)

RESULTS: Final = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn", "overdue": "Quá hạn"}
"""An unfinished step past its due date already is “quá hạn”; one still running has no result yet."""
COLUMNS: Final = (
    TableColumn("TT", 0.5, "center"),
    TableColumn("Tên cơ quan, bộ phận", 2.1),
    TableColumn("Giao", 2.0),
    TableColumn("Nhận", 2.0),
    TableColumn("Kết quả", 1.2, "center"),
    TableColumn("Ghi chú", 1.5),
)
HEAD: Final = (
    (
        HeadCell("TT", rows=2),
        HeadCell("Tên cơ quan, bộ phận", rows=2),
        HeadCell("Thời gian giao, nhận hồ sơ", columns=2),
        HeadCell("Kết quả giải quyết (trước hạn/ đúng hạn/ quá hạn)", rows=2),
        HeadCell("Ghi chú", rows=2),
    ),
    (HeadCell("Người giao, giờ, ngày"), HeadCell("Người nhận, giờ, ngày")),
)


def control_slip(dossier: PrintedDossier) -> OfficialDocument:
    """The slip that goes with the dossier from office to office."""
    form = form_in_force("control", dossier.received_on)
    return OfficialDocument(
        issuer=desk_issuer(dossier.received_at_unit, dossier.received_on),
        symbol="",
        place=place_of_issue(dossier.received_at_unit),
        date=dossier.received_on,
        type_name=form.title,
        abstract="",
        form_mark=form.mark,
        blocks=tuple(_slip_blocks(dossier)),
        signer=make_signer("NGƯỜI LẬP PHIẾU", dossier.received_by),
        draft=False,
    )


def _slip_blocks(dossier: PrintedDossier) -> Iterator[Block]:
    yield labelled_line("Mã hồ sơ", dossier.code, bold=True)
    yield labelled_line("Nội dung", dossier.procedure_name)
    yield labelled_line("Cơ quan giải quyết hồ sơ", dossier.unit.name)
    yield labelled_line("Thời gian tiếp nhận", moment(dossier.received_at))
    yield labelled_line("Thời gian hẹn trả kết quả", moment(dossier.due_at))
    if not dossier.steps:
        yield Paragraph((Text("Chưa có bước giao, nhận nào được ghi.", italic=True),))
        return
    rows = tuple(_step_row(position, move) for position, move in enumerate(dossier.steps, start=1))
    yield Table(columns=COLUMNS, head=HEAD, rows=rows, size=11.5)


def _step_row(position: int, move: PrintedStep) -> tuple[Runs, ...]:
    done = f"Xong: {short_moment(move.finished_at)}" if move.finished_at else ""
    step = " - ".join(text for text in (move.office, move.name) if text)
    return (
        (Text(str(position)),),
        (Text(step),),
        (Text(_who_and_when(move.handed_over_by, short_moment(move.handed_over_at))),),
        (Text(_who_and_when(move.received_by, short_moment(move.received_at))),),
        (Text(RESULTS.get(move.verdict.value, "")),),
        (Text("; ".join(text for text in (done, move.note) if text)),),
    )


def _who_and_when(who: str, when: str) -> str:
    return ", ".join(text for text in (who, when) if text)
