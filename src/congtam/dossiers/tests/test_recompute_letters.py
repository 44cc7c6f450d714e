"""The calendar is corrected while another office or the applicant has yet to answer: their time moves with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from congtam.dossiers.deadlines.ledgers import drifted_dossiers
from congtam.dossiers.deadlines.recompute import Cause, recompute_due_dates
from congtam.dossiers.handling.actions import answer, consult
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter
from congtam.dossiers.public import receive_supplement, request_supplement
from congtam.dossiers.record.integrity import altered_desks, altered_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, lines_about, system_actor
from congtam.kernel.clock import LOCAL
from congtam.testing.cast import Cast
from congtam.testing.doors.work_calendar import (
    CalendarCorrection,
    DayChange,
    correct_calendar,
    preview_correction,
)
from congtam.testing.ledger import outbox_payloads
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir")]
CalendarEffect = apps.get_model("work_calendar", "CalendarEffect")
FRIDAY, LAST_DAY = date(2026, 3, 6), date(2026, 4, 1)
ORDINARY = ""
LAW = "Thông báo 15/TB-UBND"


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: None, small_tree: None, cast: Cast, *, seeded_calendar: None) -> None: ...


def off(day: date, kind: str = "day_off") -> CalendarCorrection:
    return CalendarCorrection(days=[DayChange(day=day, kind=kind, reason="Nghỉ bù", source=LAW)])


def correct(day: date, kind: str = "day_off") -> int:
    key = correct_calendar(off(day, kind), actor=console_actor()).key
    cause = Cause(key=key, days=day.isoformat(), legal=LAW, changed_by="quantri")
    return recompute_due_dates(cause, actor=system_actor("calendar"))


def asked(cast: Cast, *, hours: int = 40) -> Dossier:
    """Asked on Monday 2 March at nine: 40 office hours end on the next Monday, the dossier is due on Thursday."""
    dossier = desk.handled(cast)
    return consult(
        dossier.code,
        to_unit="H22.09",
        question="?",
        answer_within_hours=hours,
        actor=desk.part(cast, "officer"),
    )


def supplement_asked(cast: Cast) -> Dossier:
    """Thirty days from 2 March: to the end of 1 April, a Wednesday."""
    code, officer = desk.handled(cast).code, desk.part(cast, "officer")
    return request_supplement(code, missing=["Ảnh"], reason="", actor=officer)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LOCAL)


def clean() -> bool:
    return (list(altered_desks()), list(altered_dossiers()), list(drifted_dossiers())) == ([], [], [])


def test_a_question_moves_where_its_dossier_does_not(cast: Cast) -> None:
    dossier = asked(cast)
    old, due_at = Letter.objects.get().due_at, dossier.due_at
    assert old == datetime(2026, 3, 9, 9, tzinfo=LOCAL)
    assert correct(FRIDAY) == 1
    letter = Letter.objects.get()
    assert letter.due_at == datetime(2026, 3, 10, 9, tzinfo=LOCAL)
    dossier.refresh_from_db()
    assert (dossier.due_at, ClockLine.objects.filter(kind="calendar").count()) == (due_at, 0)
    line = lines_about("dossier", dossier.code)[0]
    assert (line.verb, line.data["legal"]) == ("dossier.letters_recomputed", LAW)
    assert [told["number"] for told in line.data["letters"]] == [letter.number]
    effect = CalendarEffect.objects.get()
    assert (effect.subject, effect.old, effect.new) == (letter.number, old, letter.due_at)
    assert outbox_payloads("dossiers.changed")[-1]["verb"] == "letters_recomputed"
    assert clean()


def test_both_move_in_one_turn_and_only_once(cast: Cast) -> None:
    dossier = asked(cast)
    version = DeskRecord.objects.get().version
    assert correct(date(2026, 3, 4)) == 1
    assert lines_about("dossier", dossier.code)[0].verb == "dossier.recomputed"
    assert CalendarEffect.objects.count() == 2
    assert DeskRecord.objects.get().version == version + 1
    assert recompute_due_dates(Cause(), actor=system_actor("calendar")) == 0
    assert clean()


def test_the_applicant_has_longer_only_when_the_last_day_is_off(cast: Cast) -> None:
    supplement_asked(cast)
    assert correct(date(2026, 3, 31)) == 0
    assert correct(LAST_DAY) == 1
    until = end_of(date(2026, 4, 2))
    assert (Letter.objects.get().due_at, DeskRecord.objects.get().supplement_due_at) == (until, until)
    assert outbox_payloads("dossiers.changed")[-1]["verb"] == "supplement_recomputed"
    assert clean()


def test_what_was_written_to_the_applicant_is_never_shortened(cast: Cast) -> None:
    supplement_asked(cast)
    correct(LAST_DAY)
    correct(LAST_DAY, ORDINARY)
    assert Letter.objects.get().due_at == end_of(date(2026, 4, 2))
    assert clean()


def test_what_was_answered_stays(cast: Cast) -> None:
    question = asked(cast)
    answer(question.code, letter=1, text="Đúng", actor=desk.part(cast, "officer"))
    wanted = supplement_asked(cast)
    receive_supplement(wanted.code, actor=desk.part(cast, "clerk"))
    before = list(Letter.objects.order_by("pk").values_list("due_at", flat=True))
    correct(FRIDAY)
    correct(LAST_DAY)
    assert list(Letter.objects.order_by("pk").values_list("due_at", flat=True)) == before


def test_the_preview_tells_both_and_moves_nothing(cast: Cast) -> None:
    dossier, waiting = asked(cast), supplement_asked(cast)
    letters = {letter.dossier_id: letter for letter in Letter.objects.all()}
    found = preview_correction(off(FRIDAY), actor=console_actor())
    assert [(one.subject, one.code, one.is_letter) for one in found] == [
        (letters[dossier.pk].number, dossier.code, True)
    ]
    found = preview_correction(off(LAST_DAY), actor=console_actor())
    assert [(one.code, one.new) for one in found] == [(waiting.code, end_of(date(2026, 4, 2)))]
    assert set(Letter.objects.values_list("due_at", flat=True)) == {
        letter.due_at for letter in letters.values()
    }


def test_the_page_of_the_correction_lists_the_letter(
    cast: Cast, client_for: Callable[[object], Client]
) -> None:
    dossier = asked(cast)
    correct(FRIDAY)
    key = CalendarEffect.objects.get().change.key
    client = client_for(cast.administrator)
    page = client.get(reverse("work_calendar:correction", args=[key])).content.decode()
    assert reverse("dossiers:detail", args=[dossier.code]) in page
    assert f">{Letter.objects.get().number}</a>" in page
