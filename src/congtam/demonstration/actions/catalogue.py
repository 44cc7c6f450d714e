"""The procedures of the demonstration as the catalogue takes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.demonstration.domain.desks import DemoDesk, read_desk, steps_of
from congtam.demonstration.domain.forms import DemoForm, read_form
from congtam.demonstration.domain.offices import DemoProcedure, read_procedures
from congtam.forms.public import fields_from_json
from congtam.foundation.public import Actor, clock
from congtam.kernel.clock import today
from congtam.procedures.public import (
    Amount,
    CaseKind,
    CatalogueFee,
    CataloguePaper,
    ChannelLimit,
    Content,
    Decision,
    DeskParts,
    NewProcess,
    ProcessStep,
    TimeLimit,
    TimeUnit,
    edit_desk_parts,
    enter_procedure_list,
    enter_processes,
    record_announcement,
    record_publication,
)
from congtam.work_calendar.public import working_calendar

SOURCE: Final = "demonstration"
_CHANNELS: Final = ("desk", "online", "post")
_AGENCIES: Final = {
    "commune": "Ủy ban nhân dân cấp xã",
    "district": "Ủy ban nhân dân cấp huyện",
    "province": "Sở, ban, ngành cấp tỉnh",
}
_SUBJECTS: Final = "Công dân Việt Nam, Tổ chức, Doanh nghiệp"
_STEPS: Final = (
    "Bước 1: Người nộp chuẩn bị hồ sơ theo quy định và nộp trực tiếp tại Bộ phận Một cửa, trực tuyến trên Cổng Dịch "
    "vụ công hoặc qua dịch vụ bưu chính công ích.\n"
    "Bước 2: Bộ phận Một cửa kiểm tra tính đầy đủ, hợp lệ của hồ sơ; hồ sơ đủ thì cấp Giấy tiếp nhận hồ sơ và hẹn "
    "trả kết quả, hồ sơ chưa đủ thì hướng dẫn bổ sung bằng Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.\n"
    "Bước 3: Bộ phận chuyên môn thẩm định, trình người có thẩm quyền ký duyệt kết quả.\n"
    "Bước 4: Người nộp nhận kết quả theo cách đã đăng ký."
)
REFORM: Final = date(2025, 7, 1)
_REFORM_GROUND: Final = "Nghị định 118/2025/NĐ-CP"
_ANNOUNCED: Final = "Công bố danh mục thủ tục hành chính được sửa đổi, bổ sung (trình diễn)"
_DECISIONS: Final = (
    ("3579/QĐ-UBND", 2, ("1.001612", "2.000720", "2.000575", "1.001570"), 3),
    ("3468/QĐ-UBND", 12, ("1.004873", "1.004884"), 1),
)
"""Number, working days since it was signed, procedures, and how many of them are public."""
_DECISION: Final = "2468/QĐ-UBND (trình diễn)"


def enter_catalogue(valid_from: date, *, actor: Actor) -> None:
    """Enter procedures and internal processes (nhập thủ tục trình diễn); a second time changes nothing."""
    procedures = read_procedures()
    contents = {procedure.code: _catalogue_content(procedure) for procedure in procedures}
    news = enter_procedure_list(contents, valid_from=valid_from, source=SOURCE, actor=actor)
    enter_processes([_internal_process(procedure, valid_from) for procedure in procedures], actor=actor)
    if news:
        if today(clock()) >= REFORM:
            _allow_any_office_filing(procedures, contents, actor=actor)
        _announce_decisions(actor)


def _allow_any_office_filing(
    procedures: Sequence[DemoProcedure], contents: Mapping[str, Content], *, actor: Actor
) -> None:
    """Since the reform of 2025 some may be filed anywhere in the province: a version of its own, to be compared."""
    for procedure in procedures:
        if read_desk(procedure).any_office:
            parts = replace(DeskParts.from_content(contents[procedure.code]), any_office=True)
            edit_desk_parts(procedure.code, parts, valid_from=REFORM, ground=_REFORM_GROUND, actor=actor)


def _announce_decisions(actor: Actor) -> None:
    """Two decisions: one just signed and mostly public, one of which a procedure was forgotten."""
    now, calendar = today(clock()), working_calendar()
    for number, ago, codes, public in _DECISIONS:
        signed_on = calendar.add_working_days(now, -ago)
        decision = Decision(
            number=number,
            title=_ANNOUNCED,
            signed_on=signed_on,
            effective_on=calendar.add_working_days(signed_on, 7),
            procedures=[(code, "amended") for code in codes],
        )
        made = record_announcement(decision, actor=actor)
        record_publication(made.code, codes[:public], actor=actor)


def _catalogue_content(procedure: DemoProcedure) -> Content:
    desk, form = read_desk(procedure), read_form(procedure.code)
    return Content(
        name=procedure.name,
        field_name=procedure.field_name,
        levels=(procedure.level,),
        executing_agency=_AGENCIES[procedure.level],
        subjects=_SUBJECTS,
        steps=_STEPS,
        limits=tuple(_channel_limits(procedure, desk)),
        papers=tuple(_catalogue_papers(desk, form)),
        fees=tuple(_catalogue_fees(desk)),
        case_kinds=tuple(CaseKind(code=code, name=name) for code, name in desk.cases.items()),
        results=desk.results,
        channels=_CHANNELS,
        form_fields=fields_from_json(form.fields),
        online_level=form.level,
        online_level_reason=form.reason,
    )


def _channel_limits(procedure: DemoProcedure, desk: DemoDesk) -> Iterator[ChannelLimit]:
    limit = TimeLimit(procedure.limit_text, Amount.from_number(procedure.limit, TimeUnit(procedure.unit)))
    for channel in _CHANNELS:
        yield ChannelLimit(channel=channel, limit=limit, latest_receipt=desk.latest_receipt)
    for case, (days, unit) in desk.case_limits.items():
        of_case = TimeLimit(f"{days} ngày làm việc", Amount(Decimal(days), TimeUnit(unit)))
        for channel in _CHANNELS:
            yield ChannelLimit(channel=channel, case_kind=case, limit=of_case)


def _catalogue_papers(desk: DemoDesk, form: DemoForm) -> Iterator[CataloguePaper]:
    for position, paper in enumerate(desk.papers):
        yield CataloguePaper(
            name=paper.name,
            originals=paper.originals,
            certified=paper.certified or None,
            copies=paper.copies,
            is_required=paper.is_required,
            case_kind=paper.case,
            filled_online=position in form.papers,
        )


def _catalogue_fees(desk: DemoDesk) -> Iterator[CatalogueFee]:
    """A reduction for a channel is folded into the fee of that channel: no fee is below nothing."""
    plain = [fee for fee in desk.fees if not fee.channel]
    reduced = {fee.case: fee for fee in desk.fees if fee.channel}
    for fee in plain:
        less = reduced.get(fee.case)
        if less is None:
            yield CatalogueFee("", fee.amount, name=fee.name, case_kind=fee.case)
            continue
        for channel in _CHANNELS:
            amount = fee.amount + (less.amount if channel == less.channel else 0)
            text = less.name if channel == less.channel else ""
            yield CatalogueFee(text, amount, name=fee.name, case_kind=fee.case, channel=channel)


def _internal_process(procedure: DemoProcedure, valid_from: date) -> NewProcess:
    steps = steps_of(procedure)
    return NewProcess(
        procedure_code=procedure.code,
        valid_from=valid_from,
        code=f"QTTP-{procedure.code}",
        decision=_DECISION,
        decided_on=date(valid_from.year - 1, 12, 15),
        source=SOURCE,
        steps=tuple(ProcessStep(position=position, **asdict(step)) for position, step in enumerate(steps, 1)),
    )
