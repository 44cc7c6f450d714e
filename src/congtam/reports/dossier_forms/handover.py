"""Slips for many dossiers at once: handed over to be handled (phiếu bàn giao hồ sơ) or results (bàn giao kết quả)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from congtam.dossiers.printing.public import PrintedDossier
from congtam.reports.dossier_forms.lines import labelled_line, make_signer
from congtam.reports.form_catalogue import form_in_force
from congtam.reports.letterheads import desk_issuer, place_of_issue, short_moment
from congtam.typesetting.public import OfficialDocument, Runs, Sheet, Table, TableColumn, Text

HANDOVER: Final = (
    TableColumn("TT", 0.5, "center"),
    TableColumn("Mã hồ sơ", 2.8),
    TableColumn("Nội dung hồ sơ", 3.4),
    TableColumn("Chủ hồ sơ", 2.0),
    TableColumn("Ngày nhận", 1.4, "center"),
    TableColumn("Ngày hẹn trả", 1.4, "center"),
    TableColumn("Bộ phận nhận", 1.9),
    TableColumn("Ghi chú", 1.2),
)
RESULTS: Final = (
    TableColumn("TT", 0.5, "center"),
    TableColumn("Mã hồ sơ", 2.8),
    TableColumn("Nội dung hồ sơ", 3.2),
    TableColumn("Kết quả", 2.2),
    TableColumn("Chủ hồ sơ", 1.9),
    TableColumn("Địa chỉ", 2.0),
    TableColumn("Thu phí", 0.8, "center"),
    TableColumn("Trả qua bưu điện", 0.9, "center"),
)


def handover_slip(dossiers: Sequence[PrintedDossier], *, on: date) -> OfficialDocument:
    """Dossiers that go from the desk to the offices that handle them."""
    return _slip_document("handover", dossiers, on, columns=HANDOVER, cells=_handover_cells)


def results_slip(dossiers: Sequence[PrintedDossier], *, on: date) -> OfficialDocument:
    """Results that go back to the desk to be returned."""
    return _slip_document("results", dossiers, on, columns=RESULTS, cells=_result_cells)


def _slip_document(
    key: str,
    dossiers: Sequence[PrintedDossier],
    on: date,
    *,
    columns: tuple[TableColumn, ...],
    cells: Callable[[PrintedDossier], tuple[str, ...]],
) -> OfficialDocument:
    unit, form = dossiers[0].received_at_unit, form_in_force(key, on)
    rows: tuple[tuple[Runs, ...], ...] = tuple(
        tuple((Text(text),) for text in (str(position), *cells(one)))
        for position, one in enumerate(dossiers, start=1)
    )
    return OfficialDocument(
        issuer=desk_issuer(unit, on),
        symbol="",
        place=place_of_issue(unit),
        date=on,
        type_name=form.title,
        abstract="",
        blocks=(
            labelled_line("Số hồ sơ bàn giao", f"{len(dossiers):02}"),
            Table(columns=columns, rows=rows, size=11),
        ),
        cosigners=(make_signer("BÊN GIAO"),),
        signer=make_signer("BÊN NHẬN"),
        draft=False,
        sheet=Sheet(landscape=True, scale=0.93, is_narrow=True),
    )


def _handover_cells(dossier: PrintedDossier) -> tuple[str, ...]:
    office = dossier.steps[-1].office if dossier.steps else ""
    received, due = short_moment(dossier.received_at), short_moment(dossier.due_at)
    return dossier.code, dossier.procedure_name, dossier.person.name, received, due, office, ""


def _result_cells(dossier: PrintedDossier) -> tuple[str, ...]:
    result = dossier.result or {}
    outcome_text = " ".join(str(result.get(key, "")) for key in ("number", "summary") if result.get(key))
    return (
        dossier.code,
        dossier.procedure_name,
        outcome_text,
        dossier.person.name,
        dossier.person.address,
        "X" if dossier.fee_dong else "",
        "X" if dossier.return_way == "post" else "",
    )
