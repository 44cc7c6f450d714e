"""How a dossier stands to its due date, by time and by date, and how its clock is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congtam.dossiers.deadlines.domain.clock import DossierClock, Pause, explain
from congtam.dossiers.domain.states import NATIONAL_PORTAL, OPEN, WITH_RESULT, State, Verdict

DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # 16:00 in Vietnam
EVENING = timedelta(hours=2)  # still the same day in Vietnam
NIGHT = timedelta(hours=9)  # the next day in Vietnam


def clock(finished: datetime | None, *, due: datetime | None = DUE, is_open: bool = False) -> DossierClock:
    return DossierClock(
        received_at=DUE - timedelta(days=3),
        due_at=due,
        finished_at=finished,
        is_open=is_open,
        time_zone="Asia/Ho_Chi_Minh",
    )


@pytest.mark.parametrize(
    ("finished", "by_instant", "by_date"),
    [
        pytest.param(DUE - timedelta(days=1), Verdict.EARLY, Verdict.EARLY, id="the day before"),
        pytest.param(DUE - EVENING, Verdict.ON_TIME, Verdict.ON_TIME, id="two hours before"),
        pytest.param(DUE, Verdict.ON_TIME, Verdict.ON_TIME, id="to the second"),
        pytest.param(DUE + timedelta(seconds=1), Verdict.LATE, Verdict.ON_TIME, id="one second after"),
        pytest.param(DUE + EVENING, Verdict.LATE, Verdict.ON_TIME, id="the same evening"),
        pytest.param(
            DUE + NIGHT, Verdict.LATE, Verdict.LATE, id="after midnight in Vietnam, the same day in UTC"
        ),
    ],
)
def test_finished(finished: datetime, by_instant: Verdict, by_date: Verdict) -> None:
    told = explain(clock(finished), now=DUE + timedelta(days=9))
    assert (told.by_instant, told.by_date) == (by_instant, by_date)
    messages = " ".join(sentence.message for sentence in told.sentences)
    assert ("It was finished on the due date but after the due time" in messages) == (by_instant != by_date)


@pytest.mark.parametrize(
    ("now", "by_instant", "by_date"),
    [
        (DUE, Verdict.RUNNING, Verdict.RUNNING),
        (DUE + EVENING, Verdict.OVERDUE, Verdict.RUNNING),
        (DUE + NIGHT, Verdict.OVERDUE, Verdict.OVERDUE),
    ],
)
def test_still_open(now: datetime, by_instant: Verdict, by_date: Verdict) -> None:
    told = explain(clock(None, is_open=True), now=now)
    assert (told.by_instant, told.by_date) == (by_instant, by_date)


@pytest.mark.parametrize(
    ("stopped", "verdict", "told"),
    [
        pytest.param(DUE - EVENING, Verdict.RUNNING, "{length} left", id="stopped in time"),
        pytest.param(DUE, Verdict.RUNNING, "{length} left", id="stopped to the second"),
        pytest.param(DUE + EVENING, Verdict.OVERDUE, "overdue", id="stopped too late"),
    ],
)
def test_standing_still_it_is_judged_by_when_it_stopped(
    stopped: datetime, verdict: Verdict, told: str
) -> None:
    """As the work lists do: what waits for the applicant does not become overdue by waiting."""
    waiting = replace(clock(None, is_open=True), pauses=[Pause(ground="supplement", started_at=stopped)])
    found = explain(waiting, now=DUE + timedelta(days=30))
    assert found.by_instant is verdict
    assert told in found.sentences[-1].message or told in found.sentences[-2].message
    over = replace(
        waiting, pauses=[Pause(ground="supplement", started_at=stopped, ended_at=stopped + EVENING)]
    )
    assert explain(over, now=DUE + timedelta(days=30)).by_instant is Verdict.OVERDUE


def told_at_the_end(case: DossierClock, *, now: datetime) -> str:
    return explain(case, now=now).sentences[-1].message


@pytest.mark.parametrize(
    ("case", "now", "beginning"),
    [
        pytest.param(clock(DUE + EVENING), DUE + NIGHT, "It was finished on the due date", id="finished"),
        pytest.param(
            replace(clock(DUE + EVENING), ended_as="withdrawn"),
            DUE + NIGHT,
            "It ended on the due date",
            id="withdrawn: nothing was finished",
        ),
        pytest.param(
            clock(None, is_open=True),
            DUE + EVENING,
            "Only the due time has passed",
            id="in hand that evening",
        ),
        pytest.param(
            replace(clock(None, is_open=True), pauses=[Pause(ground="payment", started_at=DUE + EVENING)]),
            DUE + timedelta(days=9),
            "The clock stopped on the due date",
            id="stopped that evening, days ago",
        ),
        pytest.param(clock(None, is_open=True), DUE + NIGHT, "It is not finished", id="the next day"),
    ],
)
def test_why_the_conventions_differ_is_true_of_each_dossier(
    case: DossierClock, *, now: datetime, beginning: str
) -> None:
    assert told_at_the_end(case, now=now).startswith(beginning)


@pytest.mark.parametrize("finished", [DUE, None], ids=["finished", "ended without a result"])
def test_the_clock_of_an_ended_dossier_does_not_stand_still_for_ever(finished: datetime | None) -> None:
    pause = Pause(ground="supplement", started_at=DUE - timedelta(days=1))
    told = explain(replace(clock(finished), pauses=[pause]), now=DUE + timedelta(days=400))
    assert not any("length" in sentence.data for sentence in told.sentences if "ground" in sentence.data)
    assert any("no end of this is recorded" in sentence.message for sentence in told.sentences)


def test_without_a_due_date_nothing_is_claimed() -> None:
    told = explain(clock(DUE, due=None), now=DUE)
    assert (told.by_instant, told.by_date) == (Verdict.NO_LIMIT, Verdict.NO_LIMIT)


def test_pauses_are_told_in_order_with_their_length() -> None:
    pauses = (
        Pause(ground="payment", started_at=DUE - timedelta(days=1)),
        Pause(ground="supplement", started_at=DUE - timedelta(days=2), ended_at=DUE - timedelta(days=1)),
    )
    stopped = DossierClock(
        received_at=DUE - timedelta(days=3),
        due_at=DUE,
        finished_at=None,
        is_open=True,
        time_zone="UTC",
        pauses=pauses,
    )
    told = [sentence.data for sentence in explain(stopped, now=DUE).sentences if "ground" in sentence.data]
    assert [data["ground"] for data in told] == ["supplement", "payment"]
    assert [data["length"] for data in told] == [timedelta(days=1), timedelta(days=1)]


def test_the_portal_knows_eleven_states_and_each_is_open_or_closed() -> None:
    assert set(NATIONAL_PORTAL) == {str(number) for number in range(1, 12)}
    assert not OPEN & WITH_RESULT
    assert set(NATIONAL_PORTAL.values()) == set(State)
