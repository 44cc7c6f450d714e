"""The reminder as an official letter (công văn đôn đốc): Vietnamese, whatever the language of the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.dossiers.printing.public import PrintedUnit, printed_unit
from congtam.indicators.public import Figure
from congtam.kernel.clock import local_day
from congtam.kernel.work_calendar import WorkCalendar
from congtam.reports.inspection.receipts import FigureReceipt
from congtam.reports.inspection.sources import append_sources_annex
from congtam.reports.letterheads import (
    COMMITTEES,
    body_name,
    moment,
    office_issuer,
    place_of_issue,
    short_moment,
    unit_name_in_sentence,
)
from congtam.reports.reminders.counting import LateDossier, Reminder, ReminderLine
from congtam.typesetting.public import (
    Annex,
    Block,
    BoundFigure,
    OfficialDocument,
    Paragraph,
    Run,
    Runs,
    Signer,
    Table,
    TableColumn,
    Text,
    day_in_words,
)
from congtam.ui.public import MISSING, day, number

LATE_TITLE: Final = "DANH SÁCH HỒ SƠ QUÁ HẠN"
MOST_NAMED: Final = 5
DAYS_TO_ANSWER: Final = 4
"""Working days after the letter by which the units report: a letter of Monday is answered by Friday."""
_APOLOGIES: Final = {True: "Đã xin lỗi", False: "Chưa xin lỗi", None: "Không rõ"}
_COLUMNS: Final = (
    TableColumn("TT", 0.8, "center"),
    TableColumn("Đơn vị", 4.2),
    TableColumn("Quá hạn", 1.7, "right"),
    TableColumn("Chưa xin lỗi", 1.8, "right"),
    TableColumn("Đến hạn trong 7 ngày", 2, "right"),
)
_LATE_COLUMNS: Final = (
    TableColumn("TT", 0.7, "center"),
    TableColumn("Mã hồ sơ", 3.6),
    TableColumn("Thủ tục", 7),
    TableColumn("Đơn vị", 3.6),
    TableColumn("Hạn trả", 2.6, "center"),
    TableColumn("Số ngày quá hạn", 1.6, "right"),
    TableColumn("Xin lỗi", 2.2),
)


def reminder_letter(
    reminder: Reminder, late: Sequence[LateDossier], *, on: date, calendar: WorkCalendar
) -> OfficialDocument:
    """The draft letter of the unit to those below it, written on a day; the annex names the late dossiers."""
    unit = printed_unit(reminder.unit, reminder.week.last_day)
    letter = OfficialDocument(
        issuer=office_issuer(unit),
        symbol="UBND" if unit.kind in COMMITTEES else "CV",
        place=place_of_issue(unit),
        date=on,
        type_name="",
        abstract="đôn đốc giải quyết hồ sơ thủ tục hành chính quá hạn, sắp đến hạn",
        addressees=_letter_addressees(reminder),
        blocks=tuple(_letter_blocks(reminder, calendar.add_working_days(on, DAYS_TO_ANSWER))),
        signer=Signer(capacity=_signing_capacity(unit)),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(_late_annex(reminder, late, calendar),) if late else (),
        trace=f"Đơn vị {reminder.unit} · số liệu lúc {short_moment(reminder.as_of)}",
    )
    return append_sources_annex(letter)


def _signing_capacity(unit: PrintedUnit) -> tuple[str, ...]:
    """In which capacity the head of the unit signs."""
    if unit.kind in COMMITTEES:
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)


def _letter_addressees(reminder: Reminder) -> tuple[str, ...]:
    """The units below that have something; the officers of a unit that has none below it."""
    below = [line for line in reminder.lines if not line.is_own]
    if not below:
        return ("Các bộ phận, công chức được giao giải quyết hồ sơ",)
    if len(below) > MOST_NAMED:
        return ("Các cơ quan, đơn vị có tên trong bảng dưới đây",)
    return tuple(body_name(printed_unit(line.unit, reminder.week.last_day)) for line in below)


def _letter_blocks(reminder: Reminder, answer_by: date) -> Iterator[Block]:
    total = reminder.total
    runs: list[Run] = [
        Text(
            f"Theo số liệu trên hệ thống, đến {_as_of(reminder)}, {unit_name_in_sentence(reminder.name)} có "
        ),
        *_count_runs(total, total.overdue, bold=True),
        Text(" hồ sơ thủ tục hành chính quá hạn chưa giải quyết xong"),
        *_apology_runs(total),
        Text("; "),
    ]
    runs += [*_count_runs(total, total.due_soon, bold=True), Text(" hồ sơ đến hạn trong 7 ngày tới")]
    runs.append(Text(", cụ thể như sau:" if reminder.lines else "."))
    yield Paragraph(tuple(runs))
    yield Table(columns=_COLUMNS, rows=tuple(_table_rows(reminder)), size=12.5)
    yield Paragraph((Text(f"{body_name(printed_unit(reminder.unit, reminder.week.last_day))} đề nghị:"),))
    for position, request in enumerate(_request_sentences(reminder, answer_by), start=1):
        yield Paragraph((Text(f"{position}. {request}"),))


def _as_of(reminder: Reminder) -> str:
    """The instant that is counted, in words; of a week that is over its last day."""
    return f"hết {day_in_words(reminder.week.last_day)}" if reminder.is_over else moment(reminder.as_of)


def _apology_runs(total: ReminderLine) -> Iterator[Run]:
    """How many of the late dossiers lack an apology, and of how many that is not known."""
    if not total.overdue_count:
        return
    if total.unrecorded_count < total.overdue_count:
        yield Text(", trong đó ")
        yield from _count_runs(total, total.unapologised, bold=True)
        yield Text(" hồ sơ chưa có văn bản xin lỗi và hẹn lại ngày trả kết quả")
    if total.unrecorded_count:
        count = number(total.unrecorded_count, "vi")
        yield Text(f" ({count} hồ sơ của hệ thống khác không ghi việc xin lỗi)")


def _table_rows(reminder: Reminder) -> Iterator[tuple[Runs, ...]]:
    for position, line in enumerate(reminder.lines, start=1):
        name = f"Trực tiếp tại {unit_name_in_sentence(line.name)}" if line.is_own else line.name
        yield ((Text(str(position)),), (Text(name),), *(_count_runs(line, one) for one in line.figures))
    total = reminder.total
    cells = (_count_runs(total, one, bold=True) for one in total.figures)
    yield ((Text(""),), (Text("Tổng cộng", bold=True),), *cells)


def _request_sentences(reminder: Reminder, answer_by: date) -> Iterator[str]:
    """What is asked for, as far as there is ground for it."""
    if reminder.total.overdue_count:
        yield "Giải quyết dứt điểm các hồ sơ đã quá hạn; báo cáo rõ nguyên nhân, trách nhiệm đối với từng hồ sơ."
    if reminder.total.unapologised_count:
        yield (
            "Thực hiện xin lỗi người dân, doanh nghiệp bằng văn bản đối với hồ sơ quá hạn chưa xin lỗi, hẹn lại ngày "
            "trả kết quả theo quy định."
        )
    if reminder.total.due_soon_count:
        yield "Giải quyết các hồ sơ sắp đến hạn trong thời hạn quy định; không để phát sinh hồ sơ quá hạn mới."
    yield f"Báo cáo kết quả thực hiện trước ngày {day(answer_by)}./."


def _count_runs(line: ReminderLine, figure: Figure, *, bold: bool = False) -> Runs:
    """A count with its receipt; one of dossiers shared out between units is printed as the page shows it."""
    if figure.value is None:
        return (Text(MISSING, bold=bold),)
    if line.has_unknown_apologies and figure is line.unapologised:
        return (Text(_APOLOGIES[None], bold=bold),)
    printed = number(round(figure.numerator), "vi")
    if line.is_own or not figure.numerator:
        # What is recorded at the unit itself is the total less the units below: it has no receipt of its own.
        return (Text(printed, bold=bold),)
    receipt = FigureReceipt(
        code=figure.code,
        name=figure.definition.name.vi,
        unit=figure.unit,
        unit_name=line.name,
        period=figure.period.text,
        measure=figure.definition.measure,
        definition_version=str(figure.definition_version),
        data_version=str(figure.data_version),
        map=figure.map,
        as_of=figure.as_of.isoformat(),
        digest=figure.digest,
        numerator=_json_number(figure.numerator),
        denominator=_json_number(figure.denominator),
        value=_json_number(figure.value),
    )
    return (BoundFigure(code=figure.code, printed=printed, receipt=receipt.dump(), bold=bold),)


def _late_annex(reminder: Reminder, late: Sequence[LateDossier], calendar: WorkCalendar) -> Annex:
    """The late dossiers by code and procedure, without the people they are about."""
    on = local_day(reminder.as_of)
    rows = tuple(
        (
            (Text(str(position)),),
            (Text(one.code),),
            (Text(one.procedure),),
            (Text(one.unit_name),),
            (Text(short_moment(one.due_at)),),
            (Text(_days_late(one, on, calendar)),),
            (Text(_APOLOGIES[one.has_apology]),),
        )
        for position, one in enumerate(late, start=1)
    )
    blocks: list[Block] = [Table(columns=_LATE_COLUMNS, rows=rows, size=11)]
    if reminder.total.overdue_count > len(late):
        text = (
            f"Danh sách ghi {number(len(late), 'vi')} hồ sơ quá hạn lâu nhất trong "
            f"{number(reminder.total.overdue_count, 'vi')} hồ sơ; xem đầy đủ trên hệ thống."
        )
        blocks.append(Paragraph((Text(text),), note=True))
    return Annex(title=LATE_TITLE, blocks=tuple(blocks), landscape=True)


def _days_late(one: LateDossier, on: date, calendar: WorkCalendar) -> str:
    """Working days since the due day; none yet on that day itself."""
    return number(calendar.working_days_between(one.due_on, on), "vi") if one.due_on else MISSING


def _json_number(value: float | Decimal | None) -> int | float | None:
    """A number as JSON has it, whole where it is whole."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)
