"""Mẫu 01: the slip the applicant takes home (giấy tiếp nhận hồ sơ và hẹn trả kết quả), in two copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congtam.dossiers.printing.public import PrintedDossier, PrintedPaper
from congtam.reports.dossier_forms.lines import (
    RETURN_PLACES,
    labelled_line,
    lookup_address,
    make_signer,
    person_lines,
    plain_paragraph,
)
from congtam.reports.form_catalogue import form_in_force
from congtam.reports.letterheads import desk_issuer, desk_name, moment, place_of_issue
from congtam.typesetting.public import OfficialDocument, Paragraph, Sheet, Text
from congtam.ui.public import number

COPIES: Final = (
    "Liên 1: lưu tại Bộ phận Một cửa, kèm theo hồ sơ.",
    "Liên 2: giao cho người nộp hồ sơ. Xin mang theo giấy này khi nhận kết quả.",
)
HALF_SHEET: Final = 0.72
"""The scale at which a copy of usual length fits on half of an A4 sheet."""
_LETTERS_IN_LINE: Final = 62
_LINES_ON_HALF: Final = 21
_LINES_ON_PAGE: Final = 26
LONG_CHECKLIST: Final = 0.74
"""The scale that keeps a copy with a long checklist on one page."""
PAYMENTS: Final = {"cash": "đã nộp trực tiếp", "online": "đã nộp trực tuyến"}


def receipt(dossier: PrintedDossier) -> OfficialDocument:
    """The slip with its due date, checklist and QR code; two copies share a sheet while they fit."""
    form = form_in_force("receipt", dossier.received_on)
    blocks = tuple(_receipt_blocks(dossier))
    lines = _estimate_lines(blocks)
    is_twin = lines <= _LINES_ON_HALF
    usual = 0.93 if lines <= _LINES_ON_PAGE else LONG_CHECKLIST
    return OfficialDocument(
        issuer=desk_issuer(dossier.received_at_unit, dossier.received_on),
        symbol="",
        place=place_of_issue(dossier.received_at_unit),
        date=dossier.received_on,
        type_name=form.title,
        abstract=f"Mã hồ sơ: {dossier.code}",
        qr=lookup_address(dossier.code, dossier.lookup_secret),
        form_mark=form.mark,
        blocks=blocks,
        cosigners=(make_signer("NGƯỜI NỘP HỒ SƠ", dossier.person.submitter or dossier.person.name),),
        signer=make_signer("NGƯỜI TIẾP NHẬN HỒ SƠ", dossier.received_by),
        draft=False,
        sheet=Sheet(scale=HALF_SHEET if is_twin else usual, copies=COPIES, is_twin=is_twin),
    )


def _receipt_blocks(dossier: PrintedDossier) -> Iterator[Paragraph]:
    yield plain_paragraph(f"{desk_name(dossier.received_at_unit, dossier.received_on)} tiếp nhận:")
    yield from person_lines(dossier)
    if dossier.person.id_number:
        yield labelled_line("Số định danh/CCCD/mã số doanh nghiệp", dossier.person.id_number)
    if dossier.person.submitter:
        yield labelled_line("Người nộp (được ủy quyền)", dossier.person.submitter)
    yield labelled_line("Nội dung yêu cầu giải quyết", dossier.procedure_name, bold=True)
    if dossier.unit.code != dossier.received_at_unit.code:
        yield labelled_line("Cơ quan giải quyết", dossier.unit.name)
    yield from _paper_paragraphs(dossier)
    if dossier.fee_dong is not None:
        yield labelled_line("Phí, lệ phí", _fee_text(dossier))
    yield labelled_line("Thời hạn giải quyết theo quy định", dossier.limit_text)
    yield labelled_line("Thời gian nhận hồ sơ", moment(dossier.received_at))
    yield Paragraph((Text("Thời gian trả kết quả: "), Text(moment(dossier.promised_at), bold=True)))
    yield labelled_line("Nơi nhận kết quả", _return_place(dossier))
    if dossier.lookup_secret:
        yield labelled_line(
            "Mã tra cứu (quét mã QR hoặc nhập tại Cổng tra cứu)", dossier.lookup_secret, bold=True
        )


def _paper_paragraphs(dossier: PrintedDossier) -> Iterator[Paragraph]:
    handed_in = [paper for paper in dossier.papers if paper.is_handed_in]
    yield plain_paragraph(
        "Thành phần hồ sơ đã nộp, số lượng 01 bộ:" if handed_in else "Thành phần hồ sơ đã nộp:"
    )
    for position, paper in enumerate(handed_in, start=1):
        yield plain_paragraph(f"{position}. {paper.name.rstrip(' .;')} ({_copy_counts(paper)})")
    if not handed_in:
        yield plain_paragraph("Theo danh mục kèm theo hồ sơ điện tử.")


def _copy_counts(paper: PrintedPaper) -> str:
    """``01 bản chính, 02 bản sao``; a paper that was sent online is a file."""
    counts = (
        (paper.originals, "bản chính"),
        (paper.certified, "bản sao chứng thực"),
        (paper.copies, "bản sao"),
    )
    parts = [f"{count:02} {kind}" for count, kind in counts if count]
    if paper.is_filled_online:
        parts.append("tờ khai điện tử")
    elif paper.is_electronic:
        parts.append("tệp điện tử")
    return ", ".join(parts)


def _fee_text(dossier: PrintedDossier) -> str:
    if not dossier.fee_dong:
        return "không thu"
    way_text = PAYMENTS.get(dossier.payment, "")
    return f"{number(dossier.fee_dong, 'vi')} đồng" + (f" ({way_text})" if way_text else "")


def _return_place(dossier: PrintedDossier) -> str:
    desk = desk_name(dossier.received_at_unit, dossier.received_on)
    return RETURN_PLACES.get(dossier.return_way, desk)


def _estimate_lines(blocks: tuple[Paragraph, ...]) -> int:
    """How many lines the content takes on a half sheet, roughly."""
    lengths = [sum(len(run.text) for run in block.runs) for block in blocks]
    return sum(max(1, -(-length // _LETTERS_IN_LINE)) for length in lengths)
