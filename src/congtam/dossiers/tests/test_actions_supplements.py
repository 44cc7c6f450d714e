"""Supplements: asked for once, the clock stands still, and what does not come lapses by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from procrastinate.contrib.django import app

from congtam.dossiers.handling.actions import lapse
from congtam.dossiers.handling.supplement_request import record_supplement_sent
from congtam.dossiers.handling.verbs.lapse import NotLapsed, SupplementSent
from congtam.dossiers.handling.verbs.request_supplement import SupplementAlreadyRequested
from congtam.dossiers.jobs import lapse_unanswered
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import HandedInPaper, altered_dossiers, receive_supplement, request_supplement
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import SCAN, WHEN_LAPSED
from congtam.foundation.public import console_actor
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.testing.cast import Cast
from congtam.testing.doors.work_calendar import CalendarCorrection, DayChange, correct_calendar
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def test_a_supplement_stops_the_clock_once_and_lapses(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = desk.handled(cast).code
    due_at = Dossier.objects.get(code=code).due_at
    request_supplement(code, missing=["Ảnh"], reason="", actor=officer)
    with pytest.raises(NotLapsed):
        lapse(code, actor=clerk)
    frozen_clock.advance(timedelta(days=7))
    back = receive_supplement(code, papers=[HandedInPaper(position=1, copies=2)], files=[SCAN], actor=clerk)
    assert back.due_at is not None
    assert due_at is not None
    assert back.due_at - due_at == timedelta(days=7)
    assert DeskRecord.objects.get(dossier=back).step_due_at == back.due_at
    assert DeskRecord.objects.get(dossier=back).papers[1]["copies"] == 2
    with pytest.raises(SupplementAlreadyRequested):
        request_supplement(code, missing=["Nữa"], reason="", actor=officer)


def test_what_is_not_supplemented_lapses_by_itself(cast: Cast, frozen_clock: FixedClock) -> None:
    code = desk.handled(cast).code
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    lapse_unanswered.task.func(0)
    assert Dossier.objects.get(code=code).state == "awaiting_supplement"
    frozen_clock.instant = WHEN_LAPSED
    lapse_unanswered.task.func(0)
    lapse_unanswered.task.func(0)
    assert Dossier.objects.get(code=code).state == "refused"
    assert list(altered_dossiers()) == []


def test_the_worker_knows_what_to_do_by_the_clock() -> None:
    known = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert known["dossiers.lapse_unanswered"] == "7 * * * *"


def test_what_was_sent_in_time_does_not_lapse_unread(cast: Cast, frozen_clock: FixedClock) -> None:
    code = desk.handled(cast).code
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    record_supplement_sent(code, sent_at=frozen_clock.now())
    frozen_clock.instant = WHEN_LAPSED
    lapse_unanswered.task.func(0)
    with pytest.raises(SupplementSent):
        lapse(code, actor=desk.part(cast, "clerk"))
    record_supplement_sent(code, sent_at=None)
    lapse_unanswered.task.func(0)
    assert Dossier.objects.get(code=code).state == "refused"


def test_the_applicant_has_the_whole_last_day(cast: Cast, frozen_clock: FixedClock) -> None:
    """The letter names a day, and a day ends at midnight (Bộ luật Dân sự 2015, Điều 148 khoản 6)."""
    code, clerk = desk.handled(cast).code, desk.part(cast, "clerk")
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    frozen_clock.instant = datetime(2026, 4, 1, 23, 59, tzinfo=LOCAL)
    lapse_unanswered.task.func(0)
    with pytest.raises(NotLapsed):
        lapse(code, actor=clerk)
    assert receive_supplement(code, actor=clerk).state == "in_progress"


def test_a_last_day_that_became_a_day_off_is_moved_on(cast: Cast, frozen_clock: FixedClock) -> None:
    code, officer = desk.handled(cast).code, desk.part(cast, "officer")
    request_supplement(code, missing=["Ảnh"], reason="", actor=officer)
    frozen_clock.instant = datetime(2026, 3, 31, 9, tzinfo=LOCAL)
    storm = DayChange(day=date(2026, 4, 1), kind="day_off", reason="Bão", source="Công điện 1")
    correct_calendar(CalendarCorrection(days=[storm]), actor=console_actor())
    for day, state in ((2, "awaiting_supplement"), (3, "refused")):
        frozen_clock.instant = datetime(2026, 4, day, 9, tzinfo=LOCAL)
        lapse_unanswered.task.func(0)
        assert Dossier.objects.get(code=code).state == state
