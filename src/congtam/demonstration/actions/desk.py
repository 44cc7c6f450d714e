"""A one-stop shop at work (Bộ phận Một cửa): some weeks of made-up dossiers, handled by the same actions as real ones.

A visitor can go on where the demonstration stopped. Everything is done by the actions themselves under a replayed
clock: dossiers have the instants of the scenario, lines of the ledger those and the real one.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

import numpy as np
from django.db import transaction

from congtam.demonstration.actions.desk_papers import DemonstrationPapers
from congtam.demonstration.domain.people import person_names
from congtam.demonstration.domain.scenarios import Desk, Scenario
from congtam.dossiers import public as dossiers
from congtam.foundation.public import (
    Account,
    Actor,
    actor_for,
    clock,
    installation_notes,
    override_domain_clock,
    set_installation_notes,
)
from congtam.kernel.clock import LOCAL, FixedClock, local_day
from congtam.payments import public as payments
from congtam.procedures.public import DeskProcedure, desk_procedure
from congtam.work_calendar.public import working_calendar

NOTE: Final = "demonstration_desk"
WORKING_DAYS: Final = 14
A_DAY: Final = 5
Life = Generator[float, None, None]
"""What happens to one dossier; yields the office hours until the next event."""

_ENDINGS: Final = (
    ("fetched",) * 9 + ("to_fetch",) * 2 + ("slow",) * 3 + ("supplement",) * 3 + ("supplement_back",) * 2
)
_RARE: Final = ("withdrawn", "refused", "apology", "payment", "to_accept")


@dataclass(frozen=True)
class DeskStaff:
    """Who works at the desk, and with which papers."""

    clerk: Actor
    officer: Actor
    head: Actor
    papers: DemonstrationPapers
    """What they attach to the dossiers."""


def staff(scenario: Scenario) -> DeskStaff:
    """The accounts of the demonstration that work at the desk."""
    clerk, officer, head = (
        actor_for(Account.objects.get(username=name)) for name in ("motcua", "chuyenvien", "thutruong")
    )
    papers = DemonstrationPapers(on=local_day(clock().now()), place=scenario.place, actor=officer)
    return DeskStaff(clerk, officer, head, papers)


@transaction.atomic
def simulate_past_weeks(scenario: Scenario, *, seed: int) -> int:
    """Let the desks have worked for the last weeks (mở quầy trình diễn); how many came, 0 if they have."""
    if NOTE in installation_notes():
        return 0
    replayed = FixedClock(clock().now())
    with override_domain_clock(replayed):
        count = _simulate_desk(Random(seed), scenario, replayed)  # noqa: S311 - made-up dossiers, not secrets
    set_installation_notes(**{NOTE: count})
    return count


def _simulate_desk(draw: Random, scenario: Scenario, replayed: FixedClock) -> int:
    """Do what happens at its instant, in the order of time, until now."""
    now, calendar, people = replayed.instant, working_calendar(), staff(scenario)
    desks = [desk for desk in scenario.desks if desk.procedures]
    waiting: list[tuple[datetime, int, Life]] = []
    for number, at in enumerate(_arrival_times(draw, now=now)):
        waiting.append((at, number, _play_dossier(draw, people, desks[number % len(desks)])))
    heapq.heapify(waiting)
    count = len(waiting)
    while waiting:
        at, number, life = heapq.heappop(waiting)
        if at > now:
            break
        replayed.instant = at
        hours = next(life, None)
        if hours is not None:
            heapq.heappush(waiting, (calendar.add_working_hours(at, hours), number, life))
    return count


def _arrival_times(draw: Random, *, now: datetime) -> Iterator[datetime]:
    """Instants within office hours of the last working days, before now."""
    calendar = working_calendar()
    today = local_day(now)
    for back in range(WORKING_DAYS, -1, -1):
        day = calendar.add_working_days(today, -back) if back else today
        if not calendar.is_working_day(day):
            continue
        opening = datetime.combine(day, time(7, 10), LOCAL)
        for _ in range(A_DAY):
            at = calendar.add_working_hours(opening, draw.uniform(0.1, 7.0))
            if at < now - timedelta(minutes=5):
                yield at


def _draw_applicant(draw: Random, desk: Desk) -> dossiers.Applicant:
    (name,) = person_names(1, np.random.default_rng(draw.randrange(1 << 30)))
    return dossiers.Applicant(
        name=name,
        phone=f"09{draw.randrange(10**8):08}",
        id_number=f"0020{draw.randrange(10**8):08}",
        address=f"Tổ {draw.randrange(1, 20)}, {desk.address}",
    )


def _draw_receipt(draw: Random, procedure: DeskProcedure, desk: Desk) -> dossiers.Receipt:
    case = procedure.case_kinds[0].code if procedure.case_kinds else ""
    papers = tuple(
        dossiers.HandedInPaper(
            position=paper.position,
            originals=paper.originals,
            certified=paper.certified,
            copies=max(paper.copies, int(not paper.originals and not paper.certified)),
        )
        for paper in procedure.papers_for(case)
    )
    channels = [channel for channel in ("desk", "desk", "desk", "post") if channel in procedure.channels]
    return dossiers.Receipt(
        procedure_code=procedure.code,
        unit_code=desk.unit_code,
        applicant=_draw_applicant(draw, desk),
        channel=draw.choice(channels or [procedure.channels[0]]),
        case_kind=case,
        papers=papers,
        # Among a million dossiers some made-up people share name and procedure.
        is_duplicate_confirmed=True,
    )


def _play_dossier(draw: Random, people: DeskStaff, desk: Desk) -> Life:
    """One dossier from receipt to wherever its ending leads."""
    on = local_day(clock().now())
    procedure = desk_procedure(draw.choice(desk.procedures), on)
    if procedure is None:
        return
    ending = draw.choice(_RARE) if draw.random() < 0.25 else draw.choice(_ENDINGS)
    code = dossiers.receive(_draw_receipt(draw, procedure, desk), actor=people.clerk).code
    _take_fee(code, people)
    yield draw.uniform(0.2, 1.5)
    yield from _LIVES.get(ending, _play_return)(code, draw, people)


def _take_fee(code: str, people: DeskStaff) -> None:
    for request in payments.fee_requests([code], to=people.clerk):
        payments.pay_cash(request.code, amount_dong=request.amount_dong, actor=people.clerk)


def _play_handling(code: str, draw: Random, people: DeskStaff) -> Life:
    dossiers.hand_over(code, actor=people.clerk)
    yield draw.uniform(0.3, 1.5)
    dossiers.accept(code, actor=people.officer)
    yield draw.uniform(2, 10)


def _play_decision(code: str, draw: Random, people: DeskStaff) -> Life:
    dossiers.hand_over(code, actor=people.officer)
    yield draw.uniform(0.3, 2)
    dossiers.accept(code, actor=people.head)
    yield draw.uniform(0.3, 3)
    dossiers.approve(code, file=people.papers.result, actor=people.head)
    summary = f"Kết quả giải quyết hồ sơ {code}"
    dossiers.issue_result(code, summary=summary, number=f"{draw.randrange(20, 900)}/KQ", actor=people.head)
    yield draw.uniform(0.5, 6)


def _play_return(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    yield from _play_decision(code, draw, people)
    dossiers.return_result(code, way="desk", actor=people.clerk)


def _play_uncollected(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    yield from _play_decision(code, draw, people)


def _play_late_return(code: str, draw: Random, people: DeskStaff) -> Life:
    """Lies with the officer until it is late."""
    yield from _play_handling(code, draw, people)
    yield draw.uniform(40, 90)
    yield from _play_decision(code, draw, people)
    dossiers.return_result(code, way="desk", actor=people.clerk)


def _play_hand_over(code: str, _draw: Random, people: DeskStaff) -> Life:
    dossiers.hand_over(code, actor=people.clerk)
    yield 0.1


def _play_supplement_request(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    missing = ["Bản sao Giấy xác nhận thông tin về cư trú"]
    dossiers.request_supplement(
        code, missing=missing, reason="Thành phần hồ sơ chưa đầy đủ", actor=people.officer
    )
    yield 200


def _play_supplement(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    missing = ["Tờ khai có chữ ký của người yêu cầu"]
    dossiers.request_supplement(code, missing=missing, reason="Tờ khai chưa ký", actor=people.officer)
    yield draw.uniform(6, 30)
    dossiers.receive_supplement(code, actor=people.clerk)
    yield draw.uniform(1, 6)
    yield from _play_decision(code, draw, people)
    dossiers.return_result(code, way="post", actor=people.clerk)


def _play_withdrawal(code: str, draw: Random, people: DeskStaff) -> Life:
    yield draw.uniform(1, 5)
    reason, request = "Công dân không còn nhu cầu", people.papers.request
    dossiers.withdraw(code, reason=reason, request=request, actor=people.clerk)


def _play_refusal(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    reason = "Không đủ điều kiện theo quy định của thủ tục"
    dossiers.refuse(code, ground="Hồ sơ không đủ điều kiện giải quyết", reason=reason, actor=people.officer)


def _play_apology(code: str, draw: Random, people: DeskStaff) -> Life:
    """Put off in time, because another office has not answered."""
    yield from _play_handling(code, draw, people)
    dossier = dossiers.get_visible(code, to=people.officer)
    if dossier.due_at and dossier.due_at > clock().now():
        later = working_calendar().add_working_days(local_day(dossier.due_at), 3)
        reason = "Chờ kết quả xác minh của cơ quan phối hợp"
        dossiers.apologise(code, reason=reason, new_due_on=later, actor=people.officer)
    yield draw.uniform(10, 60)


def _play_payment_request(code: str, draw: Random, people: DeskStaff) -> Life:
    yield from _play_handling(code, draw, people)
    dossiers.ask_payment(code, amount_dong=50_000, reason="Lệ phí cấp lại bản chính", actor=people.officer)
    yield draw.uniform(100, 200)


_LIVES: Final[dict[str, Callable[[str, Random, DeskStaff], Life]]] = {
    "to_fetch": _play_uncollected,
    "slow": _play_late_return,
    "to_accept": _play_hand_over,
    "supplement": _play_supplement_request,
    "supplement_back": _play_supplement,
    "withdrawn": _play_withdrawal,
    "refused": _play_refusal,
    "apology": _play_apology,
    "payment": _play_payment_request,
}
