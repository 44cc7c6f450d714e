"""The whole life of a dossier at the desk, verb by verb."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from congtam.dossiers.handling.actions import (
    answer,
    confirm_payment,
    consult,
    reopen,
    send_back,
    stop,
    take_back,
)
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.models import ClockLine, DeskRecord, Letter
from congtam.dossiers.public import (
    accept,
    altered_dossiers,
    apologise,
    approve,
    ask_payment,
    hand_over,
    issue_result,
    receive_supplement,
    refuse,
    request_supplement,
    return_result,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def test_from_receipt_to_return(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, officer, head = (desk.part(cast, name) for name in ("clerk", "officer", "unit_head"))
    code = desk.handled(cast).code
    request_supplement(code, missing=["Căn cước"], reason="Thiếu", actor=officer)
    receive_supplement(code, actor=clerk)
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=officer)
    confirm_payment(code, way="cash", actor=clerk)
    consult(
        code,
        to_unit="H22.09",
        question="Có đúng không?",
        answer_within_hours=8,
        stops_clock=True,
        actor=officer,
    )
    answer(code, letter=3, text="Đúng", actor=officer)
    hand_over(code, actor=officer)
    accept(code, actor=head)
    approve(code, file=desk.RESULT, actor=head)
    issue_result(code, summary="Giấy chứng nhận", number="12", actor=head)
    done = return_result(code, way="desk", receiver="Vừ Thị Mỷ", actor=clerk)
    assert done.state == "returned"
    assert DeskRecord.objects.get(dossier=done).role == ""
    kinds = list(ClockLine.objects.filter(dossier=done).values_list("kind", flat=True))
    assert kinds == ["given", *["suspended", "resumed"] * 3, "ended"]
    assert list(altered_dossiers()) == []
    assert [verb.code for verb in available_verbs(reopen(code, reason="Sai", actor=head), actor=head)]
    assert list(altered_dossiers()) == []


def test_back_and_off(cast: Cast) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = desk.offered(cast).code
    take_back(code, actor=clerk)
    assert DeskRecord.objects.get(dossier__code=code).holder == "clerk"
    code = desk.handled(cast).code
    put_off = apologise(code, reason="Đông hồ sơ", new_due_on=date(2026, 3, 12), actor=officer)
    assert put_off.due_at is not None
    assert put_off.due_at.date() == date(2026, 3, 12)
    send_back(code, reason="Thiếu chữ ký", actor=officer)
    assert DeskRecord.objects.get(dossier__code=code).holder == "clerk"
    assert list(altered_dossiers()) == []


def test_endings(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    stopped = stop(desk.received(cast).code, reason="Người nộp đề nghị", request=desk.REQUEST, actor=clerk)
    withdrawn = withdraw(desk.received(cast).code, reason="Người nộp rút", request=desk.REQUEST, actor=clerk)
    refused = refuse(desk.received(cast).code, ground="Điều 7", reason="Không đủ điều kiện", actor=clerk)
    assert [row.state for row in (stopped, withdrawn, refused)] == ["stopped", "withdrawn", "refused"]
    assert Letter.objects.count() == 3
    assert list(altered_dossiers()) == []
    assert timedelta(0) == stopped.finished_at - stopped.received_at  # type: ignore[operator]
