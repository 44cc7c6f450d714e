"""What the fact `dossiers` holds beyond the row: from the desk, the ledger, and what came before; and filings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from congtam.dossiers.intake.filings import accept_filing, decline_filing, file_online
from congtam.dossiers.models import DeskRecord, Party
from congtam.dossiers.public import (
    DossierRow,
    SuspensionRow,
    apologise,
    receive,
    receive_supplement,
    request_supplement,
    store_dossiers,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.clock import FixedClock, local_day
from congtam.procedures.public import ChannelLimit, Content, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.doors.procedures import parse_time_limit
from congtam.testing.prepared import FROZEN, prepared
from congtam.warehouse.public import compare_with_database, query_arrow, relation_sql

pytestmark = pytest.mark.django_db
ONLINE = "1.009999"
NOON = datetime(2025, 7, 1, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def procedures(*, frozen_clock: FixedClock, small_tree: None, warehouse_dir: Path, cast: Cast) -> None: ...


def told(code: str, *columns: str, fact: str = "dossiers") -> tuple[Any, ...]:
    drain_outbox()
    assert compare_with_database(fact).agrees
    sql = f"SELECT {', '.join(columns)} FROM {relation_sql(fact)} WHERE code = $code"  # noqa: S608 - names of our own
    return tuple(query_arrow(sql, {"code": code}).to_pylist()[0].values())


def store(*rows: DossierRow) -> None:
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="import-1", source="test")


def imported(code: str = "H-1", **changed: Any) -> DossierRow:
    row = DossierRow(
        code=code, unit_code="024", received_at=NOON, due_at=NOON + timedelta(days=9), applicant="Vừ Thị Mỷ"
    )
    return replace(row, **changed)


def test_where_it_was_received_and_the_level_it_was_received_at(cast: Cast) -> None:
    dossier = desk.received(cast)
    assert told(dossier.code, "received_unit_code", "online_level", "apology_count") == ("024", None, 0)
    DeskRecord.objects.filter(dossier=dossier).update(online_level="full")
    request_supplement(dossier.code, missing=["Tờ khai"], reason="Thiếu", actor=desk.part(cast, "clerk"))
    assert told(dossier.code, "online_level") == ("full",)


def test_the_level_is_that_of_the_procedure_at_receipt(cast: Cast) -> None:
    limit = ChannelLimit(channel="desk", limit=parse_time_limit("01 ngày làm việc"))
    content = Content(
        name="Trích lục", field_name="Hộ tịch", levels=("commune",), limits=(limit,), online_level="full"
    )
    enter_procedure_list({ONLINE: content}, valid_from=None, source="test", actor=console_actor())
    dossier = receive(replace(desk.application(procedure=ONLINE), papers=()), actor=desk.part(cast, "clerk"))
    assert told(dossier.code, "online_level") == ("full",)


def test_of_a_dossier_from_elsewhere_nothing_is_guessed() -> None:
    store(imported())
    columns = ("received_unit_code", "online_level", "apology_count", "due_was_moved", "resubmitted_of")
    assert told("H-1", *columns) == (None,) * 5


SUPPLEMENT = ("supplement_asked_at", "supplement_ended_at", "due_before_supplement_at")


def test_the_time_of_a_supplement_is_taken_off_the_due_date(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, dossier = desk.part(cast, "clerk"), desk.received(cast)
    asked = request_supplement(dossier.code, missing=["Tờ khai"], reason="Thiếu", actor=clerk)
    pause = asked.suspensions.get()
    assert told(dossier.code, *SUPPLEMENT) == (pause.started_at, None, dossier.due_at)
    frozen_clock.advance(timedelta(days=7))
    answered = receive_supplement(dossier.code, actor=clerk)
    assert answered.due_at
    assert dossier.due_at
    assert answered.due_at > dossier.due_at
    pause = answered.suspensions.get()
    assert told(dossier.code, *SUPPLEMENT) == (pause.started_at, pause.ended_at, dossier.due_at)


def test_elsewhere_a_due_date_allows_for_the_supplement_already() -> None:
    start, days = NOON + timedelta(days=1), timedelta(days=4)
    pause = SuspensionRow(ground="supplement", started_at=start, ended_at=start + days)
    other = SuspensionRow(ground="payment", started_at=start, ended_at=start + 2 * days)
    row = imported(supplement_count=1, suspensions=(pause, other))
    store(
        row,
        imported("H-2", supplement_count=2, suspensions=(pause, pause)),
        imported("H-3", supplement_count=1),
    )
    assert row.due_at
    assert told("H-1", *SUPPLEMENT) == (start, start + days, row.due_at - days)
    assert told("H-2", *SUPPLEMENT) == (None, None, row.due_at)
    assert told("H-3", *SUPPLEMENT) == (None, None, row.due_at)


def test_a_due_date_that_was_put_off_is_marked(cast: Cast, frozen_clock: FixedClock) -> None:
    code = desk.handled(cast).code
    assert told(code, "due_was_moved", "apology_count") == (False, 0)
    until = local_day(frozen_clock.now() + timedelta(days=10))
    apologise(code, new_due_on=until, reason="Chờ xác minh", actor=desk.part(cast, "officer"))
    assert told(code, "due_was_moved", "apology_count") == (True, 1)


@pytest.mark.parametrize(
    ("first", "moved"),
    [
        ("2025-07-08T05:00:00+00:00", True),
        ("2025-07-10T05:00:00+00:00", False),
        ("2025-02-30T05:00:00Z", True),
        ("08/07/2025", None),
        ("", None),
        ({"no": "text"}, None),
    ],
)
def test_a_first_due_date_that_a_source_tells_is_compared(first: object, moved: bool | None) -> None:
    store(imported(attributes={"first_due_at": first}))
    assert told("H-1", "due_was_moved") == (moved,)


def given_back(code: str = "H-1", **changed: Any) -> DossierRow:
    return imported(code, **{"state": "withdrawn", "finished_at": NOON + timedelta(days=3), **changed})


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, "H-1"),
        ({"received_at": NOON + timedelta(days=14)}, None),
        ({"received_at": NOON + timedelta(days=2)}, None),
        ({"applicant": "Vừ Mí Dính"}, None),
        ({"unit_code": "026"}, None),
        ({"procedure_name": "Khác"}, None),
    ],
)
def test_what_is_handed_in_again_soon_names_what_was_given_back(
    changed: dict[str, Any], found: str | None
) -> None:
    again = {"received_at": NOON + timedelta(days=4), "due_at": NOON + timedelta(days=20), **changed}
    store(given_back(), imported("H-2", **again))
    assert told("H-2", "resubmitted_of") == (found,)


def test_given_back_on_a_day_nobody_wrote_down_counts_from_when_it_was_due() -> None:
    again = NOON + timedelta(days=9, hours=2)
    store(given_back(state="stopped", finished_at=None), imported("H-2", received_at=again, due_at=again))
    assert told("H-2", "resubmitted_of") == ("H-1",)


def test_a_namesake_with_another_identity_number_did_not_hand_it_in_again(cast: Cast) -> None:
    first = desk.received(cast)
    withdraw(first.code, reason="Rút", request=desk.REQUEST, actor=desk.part(cast, "clerk"))
    second = desk.received(cast)
    assert told(second.code, "resubmitted_of") == (first.code,)
    Party.objects.filter(dossier=first).update(id_number="002090000001")
    Party.objects.filter(dossier=second).update(id_number="002090000002")
    request_supplement(second.code, missing=["Tờ khai"], reason="Thiếu", actor=desk.part(cast, "clerk"))
    assert told(second.code, "resubmitted_of") == (None,)


def test_filings_are_a_fact_without_the_person(cast: Cast) -> None:
    waiting, taken = file_online(desk.filed_application()), file_online(desk.filed_application())
    turned_down = file_online(desk.filed_application())
    columns = (
        "unit_code",
        "field_name",
        "state",
        "submitted_at",
        "answer_due_at",
        "answered_at",
        "dossier_code",
    )
    times = (waiting.submitted_at, waiting.answer_due_at)
    dossier = accept_filing(taken.code, actor=desk.part(cast, "clerk"))
    decline_filing(turned_down.code, reason="Sai nơi nhận", actor=desk.part(cast, "clerk"))
    ask = {"fact": "filings"}
    assert told(waiting.code, *columns, **ask) == ("024", "Hộ tịch", "submitted", *times, None, "")
    assert told(taken.code, *columns, **ask) == (
        "024", "Hộ tịch", "accepted", *times, waiting.submitted_at, dossier.code,
    )  # fmt: skip
    assert told(turned_down.code, "state", **ask) == ("declined",)
