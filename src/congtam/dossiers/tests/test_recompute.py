"""The calendar is corrected: which due dates move, what is written about it, and what stays."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.apps import apps

from congtam.dossiers.deadlines.ledgers import drifted_dossiers, explain_clock
from congtam.dossiers.deadlines.recompute import Cause, preview_effects, recompute_due_dates, recompute_job
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier
from congtam.dossiers.public import apologise, refuse
from congtam.dossiers.record.integrity import altered_dossiers
from congtam.dossiers.tests.desk import enter_procedures, received
from congtam.foundation.public import actor_for, clock, console_actor, drain_outbox, system_actor
from congtam.kernel.clock import LOCAL
from congtam.testing.cast import Cast
from congtam.testing.doors.work_calendar import (
    CalendarCorrection,
    DayChange,
    HoursChange,
    correct_calendar,
    preview_correction,
)
from congtam.testing.ledger import audit_lines, outbox_payloads
from congtam.work_calendar.public import working_calendar

pytestmark = pytest.mark.django_db
CalendarEffect = apps.get_model("work_calendar", "CalendarEffect")
TUESDAY = date(2026, 3, 3)
LAW = "Thông báo 15/TB-UBND"


@pytest.fixture
def desk(frozen_clock: None, cast: Cast, small_tree: None, *, seeded_calendar: None) -> Cast:
    enter_procedures()
    return cast


def give_off(*days: date) -> str:
    changes = [DayChange(day=day, kind="day_off", reason="Nghỉ bù", source=LAW) for day in days]
    return correct_calendar(CalendarCorrection(days=changes), actor=console_actor()).key


def run(key: str, *days: date) -> int:
    told = " ".join(day.isoformat() for day in days)
    cause = Cause(key=key, days=told, legal=LAW, changed_by="quantri")
    return recompute_due_dates(cause, actor=system_actor("calendar"))


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=LOCAL)


def test_an_open_dossier_moves_and_says_why(desk: Cast) -> None:
    dossier = received(desk)
    assert dossier.due_at == at(5)
    key = give_off(TUESDAY)
    assert list(drifted_dossiers()) == [dossier.code]
    assert run(key, TUESDAY) == 1
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.desk.due_at) == (at(6), at(6))
    line = ClockLine.objects.get(dossier=dossier, kind="calendar")
    assert (line.due_at, line.legal, line.actor, line.sequence) == (at(6), LAW, "quantri", 2)
    assert [(one.verb, one.key) for one in audit_lines(kind="dossier")][-1] == (
        "dossier.recomputed",
        dossier.code,
    )
    assert outbox_payloads("dossiers.changed")[-1]["verb"] == "recomputed"
    assert (list(altered_dossiers()), list(drifted_dossiers())) == ([], [])
    effect = CalendarEffect.objects.get(change__key=key)
    assert (effect.subject, effect.old, effect.new) == (dossier.code, at(5), at(6))
    assert effect.change.is_applied


def test_the_step_at_hand_keeps_its_hours(desk: Cast) -> None:
    dossier = received(desk)
    step = dossier.steps.get()
    step.due_at = at(4, 10)
    step.save(update_fields=["due_at"])
    run(give_off(TUESDAY), TUESDAY)
    step.refresh_from_db()
    assert (step.due_at, DeskRecord.objects.get().step_due_at) == (at(5, 10), at(5, 10))
    run(give_off(date(2026, 3, 6)), date(2026, 3, 6))
    step.refresh_from_db()
    assert step.due_at == at(5, 10)
    assert list(altered_dossiers()) == []


def test_doing_it_again_changes_nothing(desk: Cast) -> None:
    dossier = received(desk)
    key = give_off(TUESDAY)
    assert [run(key, TUESDAY), run(key, TUESDAY)] == [1, 0]
    assert ClockLine.objects.filter(dossier=dossier).count() == 2
    assert CalendarEffect.objects.count() == 1


def test_closed_dossiers_and_imported_ones_stay(desk: Cast) -> None:
    closed, imported = received(desk), received(desk)
    refuse(closed.code, ground="NĐ 118/2025", reason="Trùng", actor=actor_for(desk.clerk))
    DeskRecord.objects.filter(dossier=imported).delete()
    assert run(give_off(TUESDAY), TUESDAY) == 0
    assert set(Dossier.objects.values_list("due_at", flat=True)) == {at(5)}
    assert list(drifted_dossiers()) == []


def test_a_new_date_that_became_a_day_off_moves_on(desk: Cast) -> None:
    dossier = received(desk)
    head = actor_for(desk.unit_head)
    apologise(dossier.code, reason="Chờ xác minh", new_due_on=date(2026, 3, 12), actor=head)
    assert run(give_off(date(2026, 3, 12)), date(2026, 3, 12)) == 1
    dossier.refresh_from_db()
    assert dossier.due_at == at(13)


def test_what_would_move_is_told_without_moving_it(desk: Cast) -> None:
    dossier = received(desk)
    change = DayChange(day=TUESDAY, kind="day_off", reason="Nghỉ bù", source=LAW)
    found = preview_correction(CalendarCorrection(days=[change]), actor=actor_for(desk.administrator))
    assert [(one.subject, one.old, one.new) for one in found] == [(dossier.code, at(5), at(6))]
    assert list(preview_effects(working_calendar())) == []
    assert Dossier.objects.get().due_at == at(5)


def test_other_office_hours_move_the_hour(desk: Cast) -> None:
    received(desk)
    spans = ((time(7), time(11)), (time(13), time(16)))
    rule = HoursChange(since=TUESDAY, spans=spans, source=LAW)
    key = correct_calendar(CalendarCorrection(hours=[rule]), actor=console_actor()).key
    assert run(key) == 1
    assert Dossier.objects.get().due_at == at(5, 16)


def test_the_story_tells_the_correction(desk: Cast) -> None:
    dossier = received(desk)
    run(give_off(TUESDAY), TUESDAY)
    dossier.refresh_from_db()
    told = explain_clock(dossier, now=clock().now())
    messages = [part.message for part in told.sentences]
    assert "The result was therefore due on {due}." in messages
    moved = next(part for part in told.sentences if "the calendar of days off was corrected" in part.message)
    assert (moved.data["old"], moved.data["new"], moved.data["legal"]) == (at(5), at(6), LAW)
    assert not any(message.startswith("Not counted") for message in messages)


def test_the_outbox_hands_a_correction_to_the_worker(desk: Cast) -> None:
    dossier = received(desk)
    key = give_off(TUESDAY)
    drain_outbox()
    jobs = apps.get_model("procrastinate", "ProcrastinateJob").objects.filter(task_name="dossiers.recompute")
    (arguments,) = jobs.values_list("args", flat=True)
    assert (arguments["key"], arguments["days"]) == (key, TUESDAY.isoformat())
    recompute_job.task(**arguments)
    dossier.refresh_from_db()
    assert dossier.due_at == at(6)
