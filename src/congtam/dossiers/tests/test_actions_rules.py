"""The rules of single verbs: what the law and the house ask for beyond the table of states."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from congtam.dossiers.deadlines.domain import AlreadyExtended, ExtendedTooLate
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import assign, attach, consult, reopen, send_back, stop
from congtam.dossiers.handling.bulk import perform_bulk
from congtam.dossiers.handling.errors import NotOfTheDesk, NotYourMove, StepNotAllowed
from congtam.dossiers.handling.guards import DecidedAlready, NotApproved
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.handling.reactions import answer_consultation
from congtam.dossiers.handling.verbs.approve import HandledBySame, NotAtApproval
from congtam.dossiers.models import DeskRecord, Dossier, Letter, Step
from congtam.dossiers.public import (
    accept,
    altered_dossiers,
    apologise,
    approve,
    get_visible,
    hand_over,
    issue_result,
    receive_supplement,
    refuse,
    request_supplement,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import SCAN
from congtam.foundation.public import Grant, Role, actor_for, console_actor, create_or_update_account
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.kernel.errors import InputRefused, NotFound
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def steps_of(code: str) -> list[Step]:
    return list(Step.objects.filter(dossier__code=code))


def test_a_hand_over_keeps_what_the_control_slip_needs(cast: Cast, frozen_clock: FixedClock) -> None:
    code = desk.received(cast).code
    frozen_clock.advance(timedelta(hours=1))
    hand_over(code, note="Hồ sơ gốc kèm theo", actor=desk.part(cast, "clerk"))
    first, offered = steps_of(code)
    assert (first.attributes["outcome"], first.attributes["timeliness"]) == ("done", "early")
    assert offered.started_at is None
    assert offered.attributes["handed_over_by"] == "clerk"
    frozen_clock.advance(timedelta(hours=2))
    accept(code, actor=desk.part(cast, "officer"))
    accepted = steps_of(code)[-1]
    assert accepted.attributes["accepted_by"] == accepted.officer == "officer"
    assert accepted.attributes["note"] == "Hồ sơ gốc kèm theo"
    assert accepted.started_at == frozen_clock.now()
    assert accepted.due_at == Dossier.objects.get(code=code).due_at


def test_a_step_has_its_office_hours_and_gets_them_back_after_a_pause(
    cast: Cast, frozen_clock: FixedClock
) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = desk.offered(cast).code
    held = DeskRecord.objects.get(dossier__code=code)
    held.process[1]["hours"] = "7"
    held.save(update_fields=["process"])
    accept(code, actor=officer)  # Monday 09:00; six office hours are left today
    assert at_office(steps_of(code)[-1]) == "03/03 08:00"
    frozen_clock.advance(timedelta(hours=1))
    request_supplement(code, missing=["Ảnh"], reason="", actor=officer)
    frozen_clock.advance(timedelta(days=2))
    receive_supplement(code, actor=clerk)  # Wednesday 10:00; six hours remain, five of them today
    assert at_office(steps_of(code)[-1]) == "05/03 08:00"
    held.refresh_from_db()
    assert held.step_due_at == steps_of(code)[-1].due_at


def at_office(step: Step) -> str:
    assert step.due_at is not None
    return f"{step.due_at.astimezone(LOCAL):%d/%m %H:%M}"


def test_it_lies_with_its_holder(cast: Cast) -> None:
    colleague = create_or_update_account(
        username="officer2",
        name="Officer Two",
        password="x",
        grants=[Grant(role=Role.OFFICER, unit_code="024")],
        actor=console_actor(),
    )
    code = desk.handled(cast).code
    with pytest.raises(NotYourMove, match="Officer"):
        request_supplement(code, missing=["Ảnh"], reason="", actor=actor_for(colleague))
    assign(code, officer="officer2", actor=desk.part(cast, "unit_head"))
    request_supplement(code, missing=["Ảnh"], reason="", actor=actor_for(colleague))
    code = desk.handled(cast).code
    for unsuitable in ("observer", "clerk", "nobody"):
        with pytest.raises(InputRefused):
            assign(code, officer=unsuitable, actor=desk.part(cast, "unit_head"))


def test_handling_and_approving_are_two_people(cast: Cast) -> None:
    head = desk.part(cast, "unit_head")
    code = desk.offered(cast).code
    accept(code, actor=head)
    hand_over(code, actor=head)
    accept(code, actor=head)
    with pytest.raises(HandledBySame):
        approve(code, file=desk.RESULT, actor=head)
    assert verbs.APPROVE not in available_verbs(get_visible(code, to=head), actor=head)


def test_nothing_is_issued_or_passed_on_without_approval(cast: Cast) -> None:
    head, officer = desk.part(cast, "unit_head"), desk.part(cast, "officer")
    code = desk.handled(cast).code
    with pytest.raises(NotAtApproval):
        approve(code, file=desk.RESULT, actor=head)
    with pytest.raises(NotApproved):
        issue_result(code, summary="Giấy", actor=officer)
    code = desk.at_approval(cast).code
    with pytest.raises(NotApproved):
        hand_over(code, actor=head)
    approve(code, file=desk.RESULT, actor=head)
    send_back(code, reason="Sai tên", actor=head)
    assert DeskRecord.objects.get(dossier__code=code).decided_at is None


def test_a_leader_decides_where_the_process_says_so(cast: Cast) -> None:
    officer, leader = desk.part(cast, "officer"), desk.part(cast, "leader")
    code = desk.handled(cast).code
    held = DeskRecord.objects.get(dossier__code=code)
    held.process[2]["role"] = "leader"
    held.save(update_fields=["process"])
    with pytest.raises(NotYourMove):
        hand_over(code, actor=leader)
    hand_over(code, actor=officer)
    accept(code, actor=leader)
    assert verbs.APPROVE in available_verbs(get_visible(code, to=leader), actor=leader)
    approve(code, file=desk.RESULT, actor=leader)
    assert issue_result(code, summary="Quyết định", actor=leader).state == "finished"
    waiting = steps_of(code)[-1]
    assert (waiting.code, waiting.attributes["role"], waiting.due_at) == ("return", "clerk", None)


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a" * 5000])
def test_a_reason_is_a_text_that_can_be_kept(cast: Cast, text: str) -> None:
    code = desk.received(cast).code
    with pytest.raises(InputRefused) as error:
        refuse(code, ground="Điều 7", reason=text, actor=desk.part(cast, "clerk"))
    assert error.value.problems[0].column == "reason"
    assert Dossier.objects.get(code=code).state == "received"


def test_a_decision_stops_stopping(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    code = desk.approved(cast).code
    for act in (stop, withdraw):
        with pytest.raises(DecidedAlready):
            act(code, reason="Người nộp đề nghị", actor=clerk)


def test_a_date_is_put_off_once_in_time_to_a_working_day(cast: Cast, frozen_clock: FixedClock) -> None:
    officer = desk.part(cast, "officer")
    code = desk.handled(cast).code
    for day, problem in (
        (date(2026, 3, 5), "deadlines.new_date_not_later"),
        (date(2026, 3, 14), "deadlines.new_date_is_day_off"),
    ):
        with pytest.raises(InputRefused) as error:
            apologise(code, reason="Đông hồ sơ", new_due_on=day, actor=officer)
        assert [found.code for found in error.value.problems] == [problem]
    dossier = apologise(code, reason="Đông hồ sơ", new_due_on=date(2026, 3, 12), actor=officer)
    letter = Letter.objects.get(dossier=dossier)
    assert (letter.content["old_due_at"][:10], letter.content["new_due_at"][:10]) == (
        "2026-03-05",
        "2026-03-12",
    )
    assert steps_of(code)[-1].due_at == dossier.due_at
    with pytest.raises(AlreadyExtended):
        apologise(code, reason="Nữa", new_due_on=date(2026, 3, 20), actor=officer)
    late = desk.handled(cast).code
    frozen_clock.advance(timedelta(days=10))
    with pytest.raises(ExtendedTooLate):
        apologise(late, reason="Muộn", new_due_on=date(2026, 3, 20), actor=officer)


def test_a_consulted_office_answers_what_it_cannot_see(cast: Cast, frozen_clock: FixedClock) -> None:
    outsider = create_or_update_account(
        username="expert",
        name="Expert",
        password="x",
        grants=[Grant(role=Role.OFFICER, unit_code="026")],
        actor=console_actor(),
    )
    code = desk.handled(cast).code
    asked = consult(
        code,
        to_unit="026",
        question="?",
        answer_within_hours=8,
        stops_clock=True,
        actor=desk.part(cast, "officer"),
    )
    number = Letter.objects.get(dossier=asked).number
    frozen_clock.advance(timedelta(days=1))
    with pytest.raises(NotFound):
        answer_consultation(number, text="Không biết", actor=desk.part(cast, "outsider"))
    with pytest.raises(NotFound):
        get_visible(code, to=actor_for(outsider))
    assert answer_consultation(number, text="Đúng", actor=actor_for(outsider)).answered_by == "expert"
    dossier = Dossier.objects.get(code=code)
    assert dossier.suspended_seconds == 86400
    assert list(altered_dossiers()) == []


def test_an_ended_dossier_is_closed(cast: Cast) -> None:
    clerk, head = desk.part(cast, "clerk"), desk.part(cast, "unit_head")
    code = refuse(desk.received(cast).code, ground="Điều 7", reason="Sai", actor=clerk).code
    with pytest.raises(StepNotAllowed):
        attach(code, file=SCAN, actor=clerk)
    opened = reopen(code, reason="Khiếu nại đúng", actor=head)
    assert opened.finished_at is None
    assert DeskRecord.objects.get(dossier=opened).role == "officer"


def test_what_came_from_elsewhere_is_only_read(cast: Cast) -> None:
    Dossier.objects.filter(pk=(made := desk.received(cast)).pk).update(source="tandan")
    DeskRecord.objects.filter(dossier=made).delete()
    with pytest.raises(NotOfTheDesk):
        hand_over(made.code, actor=desk.part(cast, "clerk"))
    assert available_verbs(made, actor=desk.part(cast, "clerk")) == ()


def test_many_at_once_each_by_itself(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    codes = [desk.received(cast).code for _ in range(3)]
    hand_over(codes[1], actor=clerk)
    outcome = perform_bulk([*codes, codes[0], "unknown"], verbs.HAND_OVER, actor=clerk, note="Cùng chuyến")
    assert [dossier.code for dossier in outcome.done] == [codes[0], codes[2]]
    assert {row.key: row.error.code for row in outcome.refused} == {
        codes[1]: "dossiers.not_your_move",
        "unknown": "not_found",
    }
    assert list(altered_dossiers()) == []
    for verb, chosen in ((verbs.ISSUE_RESULT, codes), (verbs.HAND_OVER, [])):
        with pytest.raises(InputRefused):
            perform_bulk(chosen, verb, actor=clerk)
