"""The procedures of the demonstration as the catalogue takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Final

from congtam.demonstration.domain.desks import DemoDesk, desk_of, steps_of
from congtam.demonstration.domain.offices import DemoProcedure, read_procedures
from congtam.foundation.public import Actor
from congtam.procedures.public import (
    Amount,
    CaseKind,
    ChannelLimit,
    Content,
    Fee,
    NewProcess,
    Paper,
    ProcessStep,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
    enter_processes,
)

SOURCE: Final = "demonstration"
_CHANNELS: Final = ("desk", "online", "post")
_DECISION: Final = "2468/QĐ-UBND (trình diễn)"


def enter_catalogue(valid_from: date, *, actor: Actor) -> None:
    """Enter procedures and internal processes (nhập thủ tục trình diễn); a second time changes nothing."""
    procedures = read_procedures()
    contents = {procedure.code: _content(procedure) for procedure in procedures}
    enter_procedure_list(contents, valid_from=valid_from, source=SOURCE, actor=actor)
    enter_processes([_process(procedure, valid_from) for procedure in procedures], actor=actor)


def _content(procedure: DemoProcedure) -> Content:
    desk = desk_of(procedure)
    return Content(
        name=procedure.name,
        field_name=procedure.field_name,
        levels=(procedure.level,),
        limits=tuple(_limits(procedure, desk)),
        papers=tuple(_papers(desk)),
        fees=tuple(_fees(desk)),
        case_kinds=tuple(CaseKind(code=code, name=name) for code, name in desk.cases.items()),
        results=desk.results,
        channels=_CHANNELS,
        any_office=desk.any_office,
    )


def _limits(procedure: DemoProcedure, desk: DemoDesk) -> Iterator[ChannelLimit]:
    limit = TimeLimit(procedure.limit_text, Amount.of(procedure.limit, TimeUnit(procedure.unit)))
    for channel in _CHANNELS:
        yield ChannelLimit(channel=channel, limit=limit, latest_receipt=desk.latest_receipt)
    for case, (days, unit) in desk.case_limits.items():
        of_case = TimeLimit(f"{days} ngày làm việc", Amount(Decimal(days), TimeUnit(unit)))
        for channel in _CHANNELS:
            yield ChannelLimit(channel=channel, case_kind=case, limit=of_case)


def _papers(desk: DemoDesk) -> Iterator[Paper]:
    for paper in desk.papers:
        yield Paper(
            name=paper.name,
            originals=paper.originals,
            certified=paper.certified or None,
            copies=paper.copies,
            is_required=paper.is_required,
            case_kind=paper.case,
        )


def _fees(desk: DemoDesk) -> Iterator[Fee]:
    """A reduction for a channel is folded into the fee of that channel: no fee is below nothing."""
    plain = [fee for fee in desk.fees if not fee.channel]
    reduced = {fee.case: fee for fee in desk.fees if fee.channel}
    for fee in plain:
        less = reduced.get(fee.case)
        if less is None:
            yield Fee("", fee.amount, name=fee.name, case_kind=fee.case)
            continue
        for channel in _CHANNELS:
            amount = fee.amount + (less.amount if channel == less.channel else 0)
            text = less.name if channel == less.channel else ""
            yield Fee(text, amount, name=fee.name, case_kind=fee.case, channel=channel)


def _process(procedure: DemoProcedure, valid_from: date) -> NewProcess:
    steps = steps_of(procedure)
    return NewProcess(
        procedure_code=procedure.code,
        valid_from=valid_from,
        code=f"QTTP-{procedure.code}",
        decision=_DECISION,
        decided_on=date(valid_from.year - 1, 12, 15),
        source=SOURCE,
        steps=tuple(ProcessStep(place=place, **asdict(step)) for place, step in enumerate(steps, 1)),
    )
