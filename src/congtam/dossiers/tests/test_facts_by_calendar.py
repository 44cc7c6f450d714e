"""What the fact `dossiers` holds by the work calendar, and who handed something in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from congtam.dossiers.models import Party
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox
from congtam.warehouse.public import query_arrow, relation_sql
from congtam.work_calendar.public import seed_calendar

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 4, 24, 5, 0, tzinfo=UTC)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def province(small_tree: None, warehouse_dir: Path) -> None:
    seed_calendar(console_actor())


def row(code: str = "H-1", **changed: Any) -> DossierRow:
    return replace(
        DossierRow(
            code=code,
            unit_code="024",
            received_at=NOON,
            due_at=NOON + timedelta(days=20),
            applicant="Lò Thử Hai",
        ),
        **changed,
    )


def values(code: str, *columns: str) -> tuple[Any, ...]:
    drain_outbox()
    sql = f"SELECT {', '.join(columns)} FROM {relation_sql('dossiers')} WHERE code = $code"  # noqa: S608
    return tuple(query_arrow(sql, {"code": code}).to_pylist()[0].values())


def store(*rows: DossierRow) -> None:
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="import-1", source="test")


@pytest.mark.parametrize(
    ("finished", "worked"),
    [
        pytest.param(datetime(2024, 5, 4, 5, tzinfo=UTC), True, id="Saturday, a make-up day"),
        pytest.param(datetime(2024, 4, 30, 5, tzinfo=UTC), False, id="Tuesday, a public holiday"),
        pytest.param(datetime(2024, 4, 29, 5, tzinfo=UTC), False, id="Monday, off in exchange"),
        pytest.param(datetime(2024, 5, 11, 5, tzinfo=UTC), False, id="an ordinary Saturday"),
        pytest.param(datetime(2024, 5, 3, 5, tzinfo=UTC), True, id="an ordinary Friday"),
        pytest.param(
            datetime(2024, 5, 3, 17, 30, tzinfo=UTC), True, id="after midnight here: the make-up day"
        ),
        pytest.param(None, None, id="not finished"),
    ],
)
def test_whether_it_was_finished_on_a_working_day(finished: datetime | None, *, worked: bool | None) -> None:
    store(row(finished_at=finished, state="returned" if finished else "in_progress"))
    assert values("H-1", "finished_on_working_day") == (worked,)


def test_days_given_and_left_leave_out_the_holidays() -> None:
    """From Wednesday 24/04 to Thursday 02/05 there are four: Thursday, Friday, then after five days off Thursday."""
    due = datetime(2024, 5, 3, 5, tzinfo=UTC)
    store(row(due_at=due, finished_at=datetime(2024, 4, 26, 5, tzinfo=UTC), state="returned"))
    assert values("H-1", "limit_working_days", "working_days_left", "working_days") == (4, 2, 2)


@pytest.mark.parametrize(
    ("text", "in_hours"),
    [
        ("08 giờ làm việc", True),
        ("4 (bốn) giờ", True),
        ("05 ngày làm việc", False),
        ("Trong ngày làm việc", False),
        ("Trong ngày; nhận sau 15 giờ thì trả ngày làm việc sau", False),
        ("", None),
    ],
)
def test_whether_the_limit_is_in_hours(text: str, *, in_hours: bool | None) -> None:
    store(row(limit_text=text))
    assert values("H-1", "limit_in_hours") == (in_hours,)


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Lò Thử Hai", "LÒ THỬ HAI", True),
        ("Đào Văn Ba", "\u00d0ào Văn  Ba", True),
        (" Lò  Thử Hai", "Lò Thử\u00a0Hai ", True),
        ("Lò Thử Hai", "Lò Thử Ba", False),
        ("Lò Thử Hai", "", False),
    ],
)
def test_a_person_is_one_however_the_name_is_written(first: str, second: str, *, is_same: bool) -> None:
    ended = NOON + timedelta(days=3)
    store(
        row("H-1", applicant=first, state="withdrawn", finished_at=ended),
        row("H-2", applicant=second, received_at=ended + timedelta(days=1)),
    )
    assert values("H-2", "resubmitted_of") == ("H-1" if is_same else None,)


@pytest.mark.parametrize(
    ("numbers", "is_same"),
    [
        pytest.param(("002090000001", "002090000001"), True, id="one number, two names"),
        pytest.param(("002090000001", "002090000002"), False, id="two numbers"),
        pytest.param(("002090000001", ""), False, id="one number only: by name, and the names differ"),
    ],
)
def test_a_person_with_a_number_is_known_by_it(numbers: tuple[str, str], *, is_same: bool) -> None:
    ended = NOON + timedelta(days=3)
    store(
        row("H-1", state="withdrawn", finished_at=ended),
        row("H-2", applicant="Lò Văn Hai", received_at=ended + timedelta(days=1)),
    )
    for code, number in zip(("H-1", "H-2"), numbers, strict=True):
        Party.objects.filter(dossier__code=code).update(id_number=number)
    assert values("H-2", "resubmitted_of") == ("H-1" if is_same else None,)
