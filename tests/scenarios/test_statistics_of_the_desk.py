"""Form 07a/BTP over dossiers of the desk: levels of service, places, apologies, what waits; and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.test import Client

from congtam.dossiers.applicant.public import file_online
from congtam.dossiers.models import DeskRecord
from congtam.dossiers.public import DossierRow, apologise, receive, refuse, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.clock import FixedClock, local_day
from congtam.kernel.periods import Period
from congtam.reports.statistics.counting import (
    Convention,
    Counted,
    DrillDown,
    StatisticsQuestion,
    count_form,
    list_drill_down,
)
from congtam.reports.statistics.definitions import get_form
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing, decline_filing
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
QUARTER: Final = Period.parse("2026-Q1")
LAST_YEAR: Final = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(*, frozen_clock: FixedClock, small_tree: None, warehouse_dir: Path, cast: Cast) -> None: ...


def counted(convention: Convention = Convention.BY_DATE) -> Counted:
    drain_outbox()
    question = StatisticsQuestion(form=get_form("07a-btp"), unit="02", period=QUARTER, convention=convention)
    return count_form(question, to=console_actor())


def told(found: Counted) -> dict[str, int]:
    """The total by what is counted, without the zeros; each number has that many dossiers behind it."""
    for number, value in found.total.numbers.items():
        page = list_drill_down(found.question, DrillDown(column=number), to=console_actor(), limit=500)
        assert len(page.rows) == value
    columns = {one.number: one.measure for one in found.question.form.counted_columns}
    return {columns[number]: value for number, value in found.total.numbers.items() if value}


def of_level(code: str, level: str) -> None:
    DeskRecord.objects.filter(dossier__code=code).update(online_level=level)


def test_levels_of_the_online_service_and_what_is_not_known_of_it(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    for level in ("full", "full", "partial", ""):
        of_level(
            accept_filing(
                file_online(desk.filed_application()).code, is_duplicate_confirmed=True, actor=clerk
            ).code,
            level,
        )
    found = told(counted())
    assert found["received_online_full"] == 2
    assert found["received_online_partial"] == 1
    assert found["received_online_unknown"] == 1
    assert counted().failures == ()


def test_what_was_handed_in_elsewhere_is_part_of_its_channel(cast: Cast) -> None:
    desk.received(cast)
    elsewhere = replace(desk.application("026", procedure=desk.COPY), papers=(), received_unit_code="024")
    code = receive(elsewhere, actor=desk.part(cast, "clerk")).code
    found = counted()
    assert told(found)["received_desk"] == 2
    assert told(found)["received_elsewhere"] == 1
    number = next(one.number for one in found.question.form.columns if one.measure == "received_elsewhere")
    assert [
        row["code"]
        for row in list_drill_down(found.question, DrillDown(column=number), to=console_actor()).rows
    ] == [code]


def test_late_with_and_without_an_apology(cast: Cast, frozen_clock: FixedClock) -> None:
    told_of, silent = desk.handled(cast).code, desk.handled(cast).code
    officer = desk.part(cast, "officer")
    until = local_day(frozen_clock.now() + timedelta(days=7))
    apologise(told_of, new_due_on=until, reason="Chờ xác minh", actor=officer)
    frozen_clock.advance(timedelta(days=10))
    for code in (told_of, silent):
        refuse(code, ground="Điều 7", reason="Không đủ điều kiện", actor=officer)
    found = told(counted())
    assert (found["settled_late"], found["settled_late_notified"], found["settled_late_unnotified"]) == (
        2,
        1,
        1,
    )
    assert "settled_late_unknown" not in found
    assert counted().failures == ()


def test_what_waits_to_be_received(cast: Cast, frozen_clock: FixedClock) -> None:
    late, taken, turned_down = (file_online(desk.filed_application()).code for _each in range(3))
    accept_filing(taken, is_duplicate_confirmed=True, actor=desk.part(cast, "clerk"))
    decline_filing(turned_down, reason="Sai nơi nhận", actor=desk.part(cast, "clerk"))
    frozen_clock.advance(timedelta(days=4))
    fresh = file_online(desk.filed_application()).code
    found = counted()
    assert told(found)["waiting_within"] == 1
    assert told(found)["waiting_late"] == 1
    assert told(found)["in_hand"] == 1
    assert [row.key for row in found.rows] == ["Hộ tịch"]
    columns = {one.measure: one.number for one in found.question.form.columns}
    for measure, code in (("waiting_within", fresh), ("waiting_late", late)):
        page = list_drill_down(found.question, DrillDown(column=columns[measure]), to=console_actor())
        assert [row["code"] for row in page.rows] == [code]


def test_an_answer_that_is_due_today_is_late_by_instant_only(frozen_clock: FixedClock) -> None:
    filing = file_online(desk.filed_application())
    frozen_clock.instant = filing.answer_due_at + timedelta(minutes=1)
    assert told(counted())["waiting_within"] == 1
    assert told(counted(Convention.BY_INSTANT))["waiting_late"] == 1


def test_what_was_answered_after_the_period_still_waited_at_its_end(
    cast: Cast, frozen_clock: FixedClock
) -> None:
    code = file_online(desk.filed_application()).code
    frozen_clock.instant = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
    decline_filing(code, reason="Sai nơi nhận", actor=desk.part(cast, "clerk"))
    assert told(counted()) == {"waiting_late": 1}


def test_of_dossiers_from_elsewhere_it_is_said_what_is_not_known() -> None:
    rows = [
        DossierRow(
            code=f"H-{number}",
            unit_code="024",
            received_at=LAST_YEAR,
            due_at=LAST_YEAR + timedelta(days=5),
            finished_at=LAST_YEAR + timedelta(days=9),
            state="finished",
            channel=channel,
            field_name="Đất đai",
        )
        for number, channel in enumerate(("online", "desk", "post"))
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="import-1", source="test")
    found = told(counted())
    unknown = ("received_online_unknown", "settled_late_unknown", "received_somewhere", "paid_unknown")
    assert [found[name] for name in unknown] == [1, 3, 3, 3]
    assert counted().failures == ()


def test_the_page_lists_filings_and_says_what_is_not_known(
    cast: Cast, client_for: Callable[[object], Client]
) -> None:
    code = file_online(desk.filed_application()).code
    of_level(
        accept_filing(
            file_online(desk.filed_application()).code,
            is_duplicate_confirmed=True,
            actor=desk.part(cast, "clerk"),
        ).code,
        "",
    )
    drain_outbox()
    client = client_for(cast.clerk)
    client.cookies["django_language"] = "vi"
    asked = "unit=024&year=2026&part=Q1"
    page = client.get(f"/reports/statistics/07a-btp/?{asked}").content.decode()
    assert "chưa rõ dịch vụ toàn trình hay một phần" in page
    waiting = next(one.number for one in get_form("07a-btp").columns if one.measure == "waiting_within")
    rows = client.get(f"/reports/statistics/07a-btp/rows/?{asked}&column={waiting}").content.decode()
    assert f"/dossiers/filings/{code}/" in rows
    assert "Hạn trả lời" in rows
    assert client.get(f"/reports/statistics/07a-btp/rows/?{asked}&column=101").status_code == 200
    assert client.get(f"/reports/statistics/07a-btp/rows/?{asked}&column=199").status_code == 404
