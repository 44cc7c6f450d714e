"""Mẫu 02–05: the letters of the office about a dossier (phiếu yêu cầu bổ sung, từ chối, xin lỗi, thông báo dừng)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from congtam.dossiers.printing.public import PrintedDossier, PrintedLetter
from congtam.kernel.clock import local_day
from congtam.reports.dossier_forms.lines import (
    SEAL_HERE,
    form_of_address,
    labelled_line,
    make_signer,
    numbered_list,
    person_lines,
    plain_paragraph,
    reason_line,
    subject_line,
)
from congtam.reports.form_catalogue import PrintedForm, form_in_force
from congtam.reports.letterheads import (
    body_name,
    desk_issuer,
    desk_name,
    moment,
    office_issuer,
    place_of_issue,
)
from congtam.typesetting.public import OfficialDocument, Paragraph, Signer, day_in_words

Body = Callable[[PrintedDossier, PrintedLetter], Iterator[Paragraph]]
NEW_APOLOGY: Final = date(2025, 9, 15)
"""From this day the apology also asks for the extension (TT 03/2025/TT-VPCP)."""


def letter_document(kind: str, dossier: PrintedDossier, letter: PrintedLetter) -> OfficialDocument:
    """The form of a letter as it was in force on the day it was issued."""
    issued_on = local_day(letter.issued_at)
    form = form_in_force(kind, issued_on)
    at_desk = kind in AT_DESK
    unit = dossier.received_at_unit if at_desk else dossier.unit
    return OfficialDocument(
        issuer=desk_issuer(unit, issued_on) if at_desk else office_issuer(unit),
        symbol=form.symbol,
        number=f"{letter.sequence:02}",
        place=place_of_issue(unit),
        date=issued_on,
        type_name=form.title,
        abstract="",
        form_mark=form.mark,
        addressees=(dossier.person.name,) if kind not in AT_DESK and dossier.person.name else (),
        blocks=tuple(BODIES[kind](dossier, letter)),
        cosigners=_letter_cosigners(kind, dossier),
        signer=_letter_signer(kind, letter),
        recipients=() if at_desk else ("Như trên", desk_name(dossier.received_at_unit, issued_on), "Lưu: HS"),
        draft=False,
        trace=_footer_text(form, dossier, letter),
    )


def _footer_text(form: PrintedForm, dossier: PrintedDossier, letter: PrintedLetter) -> str:
    return f"{form.title.capitalize()} số {letter.number or letter.sequence} - mã hồ sơ {dossier.code}"


def _letter_signer(kind: str, letter: PrintedLetter) -> Signer:
    if kind == "supplement":
        return make_signer("NGƯỜI HƯỚNG DẪN", letter.issued_by)
    if kind == "refusal":
        return make_signer("NGƯỜI TIẾP NHẬN HỒ SƠ", letter.issued_by)
    if kind == "withdrawal":
        return make_signer("NGƯỜI TRẢ HỒ SƠ", letter.issued_by)
    if kind == "mistake":
        return make_signer("NGƯỜI TIẾP NHẬN HỒ SƠ", letter.issued_by)
    return make_signer("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", note=SEAL_HERE)


def _letter_cosigners(kind: str, dossier: PrintedDossier) -> tuple[Signer, ...]:
    if kind in {"refusal", "withdrawal"}:
        return (make_signer("NGƯỜI NỘP HỒ SƠ", dossier.person.submitter or dossier.person.name),)
    return ()


def _supplement_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    yield labelled_line("Mã hồ sơ", dossier.code)
    yield from person_lines(dossier)
    yield subject_line(dossier)
    yield plain_paragraph("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:")
    yield from numbered_list(tuple(str(one) for one in letter.content.get("missing", ())))
    yield reason_line("Lý do", letter.content.get("reason"))
    if letter.due_at is not None:
        until = day_in_words(local_day(letter.due_at))
        yield plain_paragraph(
            f"Thời hạn bổ sung: đến hết {until}. Thời gian chờ bổ sung không tính vào thời hạn giải quyết; "
            "quá thời hạn này mà hồ sơ không được bổ sung thì hồ sơ được trả lại."
        )
    yield plain_paragraph(
        f"Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, {form_of_address(dossier)} liên hệ với "
        f"{letter.issued_by}, "
        f"{desk_name(dossier.received_at_unit, dossier.received_on)} để được hướng dẫn./."
    )


def _refusal_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    desk = desk_name(dossier.received_at_unit, dossier.received_on)
    yield labelled_line("Mã hồ sơ", dossier.code)
    yield from person_lines(dossier, label="Tiếp nhận hồ sơ của")
    yield subject_line(dossier)
    yield plain_paragraph(
        f"Qua xem xét, {desk} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"
    )
    ground = str(letter.content.get("ground", ""))
    if ground:
        yield reason_line("Căn cứ", GROUNDS.get(ground, ground))
    yield reason_line("Lý do", letter.content.get("reason"))
    yield plain_paragraph(f"Xin thông báo để {form_of_address(dossier)} được biết và thực hiện./.")


def _apology_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    old, new = _content_day(letter, "old_due_at"), _content_day(letter, "new_due_at")
    body, to = body_name(dossier.unit), form_of_address(dossier)
    yield plain_paragraph(
        f"{day_in_words(dossier.received_on).capitalize()}, {body} tiếp nhận giải quyết hồ sơ "
        f"“{dossier.procedure_name}” của {to}, mã số {dossier.code}; "
        f"thời gian hẹn trả kết quả: {old or moment(dossier.promised_at)}."
    )
    yield plain_paragraph(
        f"Tuy nhiên đến nay, {body} chưa hoàn thành việc giải quyết hồ sơ của {to} theo thời hạn ghi trong "
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
    )
    yield reason_line("Lý do", letter.content.get("reason"))
    if local_day(letter.issued_at) >= NEW_APOLOGY:
        yield plain_paragraph(f"{body} xin lỗi {to} và đề nghị gia hạn thời gian giải quyết hồ sơ đến {new}.")
    else:
        yield plain_paragraph(f"{body} xin lỗi {to} và sẽ trả kết quả vào {new}.")
    yield plain_paragraph(f"Mong nhận được sự thông cảm của {to} vì sự chậm trễ này./.")


def _stop_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    body, to = body_name(dossier.unit), form_of_address(dossier)
    yield plain_paragraph(
        f"{body} đã tiếp nhận hồ sơ “{dossier.procedure_name}” của {to}, mã số {dossier.code}, "
        f"{day_in_words(dossier.received_on)}."
    )
    yield plain_paragraph(
        f"{body} thông báo dừng giải quyết hồ sơ nêu trên kể từ {day_in_words(_issued_on(letter))}."
    )
    yield reason_line("Lý do dừng", letter.content.get("reason"))
    yield plain_paragraph(
        f"Hồ sơ và giấy tờ đã nộp được trả lại {to} tại {desk_name(dossier.received_at_unit, dossier.received_on)}. "
        f"Xin thông báo để {to} được biết./."
    )


def _withdrawal_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    yield labelled_line("Mã hồ sơ", dossier.code)
    yield from person_lines(dossier)
    yield subject_line(dossier)
    yield reason_line("Lý do rút hồ sơ", letter.content.get("reason"))
    yield plain_paragraph(
        f"{desk_name(dossier.received_at_unit, dossier.received_on)} trả lại đầy đủ giấy tờ đã nộp và kết thúc "
        f"việc giải quyết hồ sơ kể từ {day_in_words(_issued_on(letter))}./."
    )


def _mistake_paragraphs(dossier: PrintedDossier, letter: PrintedLetter) -> Iterator[Paragraph]:
    desk, to = desk_name(dossier.received_at_unit, dossier.received_on), form_of_address(dossier)
    yield labelled_line("Mã hồ sơ", dossier.code)
    yield from person_lines(dossier)
    yield subject_line(dossier)
    yield plain_paragraph(
        f"{desk} đã tiếp nhận nhầm hồ sơ nêu trên và hủy việc tiếp nhận kể từ {day_in_words(_issued_on(letter))}. "
        f"Đây là sai sót của {desk}, không phải do {to} rút hồ sơ."
    )
    yield reason_line("Nội dung nhầm lẫn", letter.content.get("reason"))
    if replaced_by := str(letter.content.get("replaced_by", "")):
        yield plain_paragraph(
            f"Đề nghị của {to} được tiếp tục giải quyết theo hồ sơ mã số {replaced_by}; "
            f"{to} không phải nộp lại giấy tờ đã nộp."
        )
    yield plain_paragraph(f"{desk} xin lỗi {to} về sự nhầm lẫn này./.")


def _issued_on(letter: PrintedLetter) -> date:
    return local_day(letter.issued_at)


def _content_day(letter: PrintedLetter, key: str) -> str:
    """A day out of the content of a letter, in words; empty where it is not kept."""
    text = letter.content.get(key)
    if not isinstance(text, str) or not text:
        return ""
    return day_in_words(local_day(datetime.fromisoformat(text)))


BODIES: Final[Mapping[str, Body]] = {
    "supplement": _supplement_paragraphs,
    "refusal": _refusal_paragraphs,
    "apology": _apology_paragraphs,
    "stop": _stop_paragraphs,
    "withdrawal": _withdrawal_paragraphs,
    "mistake": _mistake_paragraphs,
}
AT_DESK: Final = frozenset({"supplement", "refusal", "withdrawal", "mistake"})
"""Letters that the one-stop shop issues itself; the others carry the seal of the agency."""
GROUNDS: Final = {"supplement_not_received": "Quá thời hạn bổ sung hồ sơ"}
