"""Boundaries that are met on a real day: to the second, and at the end of what the calendar knows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from congtam.dossiers.deadlines.domain import ExtendedTooLate
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import lapse
from congtam.dossiers.handling.guards import DecidedAlready, NotAcceptedYet
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.verbs.lapse import NotLapsed
from congtam.dossiers.lists.queries.work import WorkKind, work_list
from congtam.dossiers.public import (
    DossierRow,
    apologise,
    receive,
    receive_supplement,
    request_supplement,
    store_dossiers,
)
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import CASES
from congtam.dossiers.tests.on_time_rule import Handling, on_time_outcome
from congtam.dossiers.tests.rest_client import Api
from congtam.foundation.public import clock, console_actor
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DUE = datetime(2026, 3, 9, 17, tzinfo=LOCAL)


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast, *, seeded_calendar: None) -> None: ...


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-03-02 16:59:59", "2026-03-05", id="a second before closing"),
        pytest.param("2026-03-02 17:00:00", "2026-03-06", id="at closing"),
        pytest.param("2026-03-02 11:45:00", "2026-03-05", id="at lunch"),
        pytest.param("2026-03-08 23:59:59", "2026-03-12", id="on Sunday night"),
        pytest.param("2026-04-30 08:00:00", "2026-05-07", id="on the day of victory"),
        pytest.param("2026-12-31 16:59:59", "2027-01-06", id="on the last day of the year"),
        pytest.param("2027-02-03 16:59:59", "2027-02-15", id="before Tết"),
        pytest.param("2027-02-06 08:00:00", "2027-02-16", id="at Tết"),
    ],
)
def test_three_working_days_from(*, cast: Cast, frozen_clock: FixedClock, received: str, due: str) -> None:
    frozen_clock.instant = datetime.fromisoformat(received).replace(tzinfo=LOCAL).astimezone(UTC)
    dossier = receive(desk.application(), actor=desk.part(cast, "clerk"))
    assert dossier.due_at == datetime.fromisoformat(f"{due} 17:00").replace(tzinfo=LOCAL)
    assert dossier.code[4:10] == f"{datetime.fromisoformat(received):%y%m%d}"


def test_numbers_begin_anew_at_midnight_in_vietnam(cast: Cast, frozen_clock: FixedClock) -> None:
    frozen_clock.instant = datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)
    codes = [desk.received(cast).code]
    frozen_clock.advance(SECOND)
    codes += [desk.received(cast).code, desk.received(cast).code]
    assert codes == ["024-260302-0001", "024-260303-0001", "024-260303-0002"]


def test_an_apology_is_in_time_until_the_second_at_which_it_is_due(
    cast: Cast, frozen_clock: FixedClock
) -> None:
    officer = desk.part(cast, "officer")
    in_time, late = desk.handled(cast), desk.handled(cast)
    assert in_time.due_at == late.due_at == datetime(2026, 3, 5, 17, tzinfo=LOCAL)
    frozen_clock.instant = datetime(2026, 3, 5, 17, tzinfo=LOCAL)
    moved = apologise(in_time.code, reason="Đông", new_due_on=date(2026, 3, 6), actor=officer)
    assert moved.due_at == datetime(2026, 3, 6, 17, tzinfo=LOCAL)
    frozen_clock.advance(SECOND)
    with pytest.raises(ExtendedTooLate):
        apologise(late.code, reason="Đông", new_due_on=date(2026, 3, 6), actor=officer)


def test_a_dossier_lapses_with_the_second_after_the_last_day(cast: Cast, frozen_clock: FixedClock) -> None:
    code, clerk = desk.handled(cast).code, desk.part(cast, "clerk")
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    frozen_clock.instant = datetime(2026, 4, 1, 23, 59, 59, tzinfo=LOCAL)
    with pytest.raises(NotLapsed):
        lapse(code, actor=clerk)
    frozen_clock.advance(SECOND)
    assert lapse(code, actor=clerk).state == "refused"


@pytest.mark.parametrize(
    "verb", [verbs.REFUSE, verbs.STOP, verbs.WITHDRAW, verbs.REQUEST_SUPPLEMENT, verbs.APPROVE]
)
def test_what_is_decided_cannot_be_turned_back(verb: DeskVerb, cast: Cast) -> None:
    """Neither by the one it lies with, nor by the head (NĐ 118/2025 Điều 21); it is sent back first."""
    code = desk.approved(cast).code
    case = CASES[verb]
    with pytest.raises(DecidedAlready):
        case.act(code, actor=console_actor(), **case.fields)


@pytest.mark.parametrize(
    "verb", [verbs.HAND_OVER, verbs.CONSULT, verbs.REQUEST_SUPPLEMENT, verbs.ASK_PAYMENT, verbs.OPEN_LINKED]
)
def test_who_was_offered_a_dossier_accepts_it_before_working_on_it(verb: DeskVerb, cast: Cast) -> None:
    code = desk.offered(cast).code
    case = CASES[verb]
    with pytest.raises(NotAcceptedYet):
        case.act(code, actor=console_actor(), **case.fields)


@pytest.mark.parametrize(("finished", "expected"), [(DUE, "on_time"), (DUE + SECOND, "late")])
def test_metric_2_1_counts_to_the_second(finished: datetime, expected: str) -> None:
    handling = Handling(received_at=DUE - timedelta(days=7), due_at=DUE, finished_at=finished)
    assert on_time_outcome(handling, period_end=DUE + timedelta(days=30)) == expected
    longest = Handling(received_at=DUE, longest=timedelta(days=1), finished_at=finished + timedelta(days=1))
    assert on_time_outcome(longest, period_end=DUE + timedelta(days=30)) == expected


@pytest.mark.parametrize("days", [-30, 30])
def test_a_pause_ends_between_its_beginning_and_now(days: int, cast: Cast, frozen_clock: FixedClock) -> None:
    """Whatever instant the caller gives: nobody gains time from before the pause or from what is to come."""
    code = desk.handled(cast).code
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    asked_at, now = frozen_clock.instant, frozen_clock.instant + timedelta(days=1)
    frozen_clock.instant = now
    sent_at = now + timedelta(days=days)
    dossier = receive_supplement(code, handed_in_at=sent_at, actor=desk.part(cast, "clerk"))
    assert dossier.suspensions.get().ended_at == min(max(sent_at, asked_at), now)


def test_a_due_date_is_asked_for_in_years_whose_days_off_are_known(cast: Cast) -> None:
    asking = Api(cast.clerk)
    for at in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00"):
        answer = asking.get(f"/procedures/{desk.MARRIAGE}/due?at={at}")
        assert answer.status_code == 422
        assert [problem["code"] for problem in answer.json()["problems"]] == ["outside_calendar"]


def test_due_today_is_the_whole_day_in_vietnam_and_no_second_more(cast: Cast) -> None:
    midnight = datetime(2026, 3, 2, tzinfo=LOCAL)
    instants = {
        "YESTERDAY": midnight - SECOND,
        "FIRST": midnight,
        "LAST": midnight + timedelta(days=1) - SECOND,
        "TOMORROW": midnight + timedelta(days=1),
    }
    rows = [
        DossierRow(code=code, unit_code="024", received_at=midnight - timedelta(days=9), due_at=due_at)
        for code, due_at in instants.items()
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")
    page = work_list(WorkKind.DUE_TODAY, to=desk.part(cast, "clerk"), now=clock().now())
    assert sorted(row.code for row in page.rows) == ["FIRST", "LAST"]
