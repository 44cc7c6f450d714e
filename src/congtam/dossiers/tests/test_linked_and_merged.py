"""Dossiers that hang on another one, and dossiers whose unit was merged into another while they were open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from congtam.dossiers.handling.actions import assign, confirm_payment, consult, open_linked, reopen
from congtam.dossiers.lists.queries.work import WorkKind, WorkQuery, dossiers_in_list
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import accept, ask_payment, hand_over, receive, withdraw
from congtam.dossiers.record.visibility import visible_to
from congtam.dossiers.tests import desk
from congtam.foundation.public import (
    Actor,
    Grant,
    Role,
    actor_for,
    clock,
    console_actor,
    create_or_update_account,
    drain_outbox,
)
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.kernel.errors import InputRefused
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.cast import PASSWORD, Cast
from congtam.testing.doors.org_units import SuccessionRow
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
MERGED_ON = date(2026, 7, 1)
OLD, NEW = "00700", "00701"


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def linked(cast: Cast) -> tuple[Dossier, Dossier]:
    """A dossier that waits for one it opened in unit 026."""
    parent = desk.handled(cast)
    child = open_linked(
        parent.code,
        procedure_code=desk.REGISTER,
        unit_code="026",
        actor=desk.part(cast, "officer"),
        stops_clock=True,
    )
    return parent, child


def test_the_parent_runs_on_from_the_instant_at_which_the_child_ended(
    cast: Cast, frozen_clock: FixedClock
) -> None:
    """However late the worker hears of it: what it takes is not the applicant's time."""
    parent, child = linked(cast)
    assert parent.due_at == datetime(2026, 3, 5, 17, tzinfo=LOCAL)
    frozen_clock.advance(timedelta(days=1))
    withdraw(child.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(cast, "outsider"))
    frozen_clock.advance(timedelta(days=2))
    drain_outbox()
    parent.refresh_from_db()
    assert parent.due_at == datetime(2026, 3, 6, 17, tzinfo=LOCAL)


def test_a_child_opened_again_still_holds_its_parent_up(cast: Cast) -> None:
    parent, child = linked(cast)
    withdraw(child.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(cast, "outsider"))
    reopen(child.code, reason="Nhầm", actor=console_actor())
    drain_outbox()
    assert parent.suspensions.filter(ended_at__isnull=True).count() == 1
    withdraw(child.code, reason="Thôi hẳn", request=desk.REQUEST, actor=desk.part(cast, "outsider"))
    drain_outbox()
    assert not parent.suspensions.filter(ended_at__isnull=True).exists()


def test_a_parent_that_ended_is_left_alone(cast: Cast) -> None:
    parent, child = linked(cast)
    withdraw(parent.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(cast, "clerk"))
    withdraw(child.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(cast, "outsider"))
    drain_outbox()
    parent.refresh_from_db()
    assert parent.state == "withdrawn"


def test_nothing_is_sent_to_a_unit_that_is_no_more(cast: Cast) -> None:
    gone = UnitVersionRow(code=OLD, name="Xã cũ", kind="commune", parent="026", valid_until=date(2026, 1, 1))
    enter_units([gone], actor=console_actor())
    code, officer = desk.handled(cast).code, desk.part(cast, "officer")
    with pytest.raises(InputRefused) as linking:
        open_linked(code, procedure_code=desk.REGISTER, unit_code=OLD, actor=officer)
    with pytest.raises(InputRefused) as asking:
        consult(code, to_unit=OLD, question="?", answer_within_hours=8, actor=officer)
    found = [problem.code for error in (linking, asking) for problem in error.value.problems]
    assert found == ["unit_not_in_force", "unit_unknown"]


def person(role: Role, unit_code: str) -> Actor:
    grants = [Grant(role=role, unit_code=unit_code)]
    account = create_or_update_account(
        username=f"{role.value}-{unit_code}", name="", password=PASSWORD, grants=grants, actor=console_actor()
    )
    return actor_for(account)


@pytest.fixture
def open_when_merged(cast: Cast, frozen_clock: FixedClock) -> str:
    """A dossier with the officer of a ward that is merged into another overnight."""
    enter_units(
        [
            UnitVersionRow(code=OLD, name="Phường cũ", kind="ward", parent="02", valid_until=MERGED_ON),
            UnitVersionRow(code=NEW, name="Phường mới", kind="ward", parent="02", valid_from=MERGED_ON),
        ],
        [SuccessionRow(predecessor=OLD, successor=NEW, on_date=MERGED_ON, weight=1.0)],
        actor=console_actor(),
    )
    frozen_clock.instant = datetime(2026, 6, 30, 9, tzinfo=LOCAL)
    clerk, officer = person(Role.CLERK, OLD), person(Role.OFFICER, OLD)
    code = receive(desk.application(OLD), actor=clerk).code
    accept(hand_over(code, actor=clerk).code, actor=officer)
    frozen_clock.instant = datetime(2026, 7, 1, 9, tzinfo=LOCAL)
    return code


def test_the_new_unit_sees_takes_over_and_handles_what_was_open(open_when_merged: str) -> None:
    head, officer = person(Role.UNIT_HEAD, NEW), person(Role.OFFICER, NEW)
    asked = WorkQuery(to=officer, now=clock().now())
    assert [row.code for row in visible_to(officer)] == [open_when_merged]
    assert [row.code for row in dossiers_in_list(WorkKind.OFFICE, asked)] == [open_when_merged]
    assign(open_when_merged, officer=officer.username, actor=head)
    assert [row.code for row in dossiers_in_list(WorkKind.MINE, asked)] == [open_when_merged]
    ask_payment(open_when_merged, amount_dong=1000, reason="Phí", actor=officer)
    paid = confirm_payment(open_when_merged, way="cash", actor=person(Role.CLERK, NEW))
    assert (paid.unit_code, paid.state) == (OLD, "in_progress")


def test_nothing_more_is_received_for_the_old_unit(open_when_merged: str) -> None:
    clerk = person(Role.CLERK, NEW)
    with pytest.raises(InputRefused) as error:
        receive(desk.application(OLD), actor=clerk)
    assert [problem.code for problem in error.value.problems] == ["unit_not_in_force"]
    assert receive(desk.application(NEW), actor=clerk).code == f"{NEW}-260701-0001"
    elsewhere = replace(desk.application(NEW, procedure=desk.COPY), papers=())
    assert receive(elsewhere, actor=clerk).code == f"{NEW}-260701-0002"
