"""A day without a time is not midnight: pages, lists, exports, the API and the facts say only what is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congtam.dossiers.facts.time_precision import has_time_sql
from congtam.dossiers.lists.queries import Filters, list_dossiers
from congtam.dossiers.lists.row_fields import FIELDS
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, StepRow, altered_dossiers, store_dossiers
from congtam.dossiers.tests.rest_client import Api
from congtam.foundation.public import actor_for, console_actor, drain_outbox
from congtam.kernel.precision import has_time
from congtam.testing.cast import Cast
from congtam.warehouse.public import query, relation_sql

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "stored")]
SignIn = Callable[[object], Client]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RECEIVED = datetime(2024, 5, 2, 14, 30, tzinfo=ZONE)
DAY = datetime(2024, 5, 6, tzinfo=ZONE)
DUE = DAY.replace(hour=23, minute=59, second=59)
PLACES = {field.name: place for place, field in enumerate(FIELDS)}


def row(code: str, *, finished_at: datetime | None, due_at: datetime = DUE) -> DossierRow:
    state = "finished" if finished_at else "in_progress"
    step = StepRow(
        sequence=1, name="Thẩm định", started_at=RECEIVED, finished_at=RECEIVED.replace(hour=0, minute=0)
    )
    return DossierRow(
        code=code,
        unit_code="024",
        received_at=RECEIVED,
        due_at=due_at,
        finished_at=finished_at,
        state=state,
        steps=(step,),
    )


@pytest.fixture
def stored(small_tree: None, warehouse_dir: Path) -> None:
    rows = [
        row("D-1", finished_at=datetime(2024, 5, 4, tzinfo=ZONE)),
        row("D-2", finished_at=DAY + timedelta(hours=16)),
        row("D-3", finished_at=DAY + timedelta(days=1, hours=8)),
        row("D-4", finished_at=datetime(2024, 5, 4, 9, 15, tzinfo=ZONE), due_at=DAY + timedelta(hours=17)),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")
    drain_outbox()


def test_what_is_only_a_day_is_shown_as_one(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    page = client.get(reverse("dossiers:detail", args=["D-1"])).content.decode()
    assert "02/05/2024 14:30 – 02/05/2024" in page
    assert "06/05/2024" in page
    assert " 00:00" not in page
    assert "07:00" not in page
    listed = client.get(reverse("dossiers:list")).content.decode()
    assert "04/05/2024 09:15" in listed
    assert " 00:00" not in listed


def test_a_due_day_lasts_to_its_end(cast: Cast, frozen_clock: Any) -> None:
    page = list_dossiers(Filters(), to=actor_for(cast.clerk), now=frozen_clock.now())
    verdicts = {dossier.code: dossier.verdict for dossier in page.rows}  # type: ignore[attr-defined]
    assert verdicts == {"D-1": "early", "D-2": "on_time", "D-3": "late", "D-4": "early"}
    told = {code: Api(cast.clerk).get(f"/dossiers/{code}").json() for code in verdicts}
    assert {code: dossier["clock"]["by_instant"] for code, dossier in told.items()} == verdicts
    assert {code: dossier["verdict"] for code, dossier in told.items()} == verdicts


def test_a_limit_at_midnight_is_midnight(cast: Cast, client_for: SignIn, frozen_clock: Any) -> None:
    rows = [
        row("M-1", finished_at=DAY + timedelta(hours=8), due_at=DAY),
        row("M-2", finished_at=DAY, due_at=DAY),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="two", source="test")
    page = list_dossiers(Filters(text="M-"), to=actor_for(cast.clerk), now=frozen_clock.now())
    assert {each.code: each.verdict for each in page.rows} == {"M-1": "late", "M-2": "on_time"}  # type: ignore[attr-defined]
    assert Api(cast.clerk).get("/dossiers/M-1").json()["clock"]["by_instant"] == "late"
    client = client_for(cast.clerk)
    assert "06/05/2024 00:00" in client.get(reverse("dossiers:detail", args=["M-1"])).content.decode()
    assert exported(client, "csv")["M-2"][1:] == ["2024-05-06 00:00:00", "2024-05-06"]


def test_it_is_overdue_the_day_after(cast: Cast) -> None:
    Dossier.objects.filter(code="D-1").update(state="in_progress", finished_at=None)
    for hours, expected in ((16, []), (23.9, []), (24.1, ["D-1"])):
        at = DAY + timedelta(hours=hours)
        assert [each.code for each in Dossier.objects.overdue(at=at)] == expected, hours
        page = list_dossiers(Filters(text="D-1"), to=actor_for(cast.clerk), now=at)
        assert [each.verdict for each in page.rows] == ["overdue" if expected else "running"]  # type: ignore[attr-defined]


def test_the_api_says_which_are_days(cast: Cast) -> None:
    api = Api(cast.clerk)
    days = {each["code"]: each["day_only"] for each in api.get("/dossiers").json()["items"]}
    assert days == {
        "D-1": ["due_at", "finished_at"],
        "D-2": ["due_at"],
        "D-3": ["due_at"],
        "D-4": [],
    }
    assert api.get("/dossiers/D-1").json()["steps"][0]["day_only"] == ["finished_at"]


def exported(client: Client, form: str) -> dict[str, list[Any]]:
    answer = client.get(reverse("dossiers:export", args=[form]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form == "csv":
        lines: list[list[Any]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines = book.get_sheet_by_index(0).to_python()
    return {
        line[0]: [line[PLACES[name]] for name in ("received_at", "due_at", "finished_at")] for line in lines
    }


def test_exports_hold_days(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    assert exported(client, "csv")["D-1"] == ["2024-05-02 14:30:00", "2024-05-06", "2024-05-04"]
    assert exported(client, "csv")["D-4"][1:] == ["2024-05-06 17:00:00", "2024-05-04 09:15:00"]
    received, due, finished = exported(client, "xlsx")["D-1"]
    assert received == RECEIVED.replace(tzinfo=None)
    assert (due, finished) == (date(2024, 5, 6), date(2024, 5, 4))


def test_the_facts_say_what_is_known() -> None:
    columns = "code, received_has_time, due_has_time, finished_has_time, finished_at <= due_at"
    rows = query(f"SELECT {columns} FROM {relation_sql('dossiers')} ORDER BY code")  # noqa: S608 - names of ours
    assert rows == [
        ("D-1", True, False, False, True),
        ("D-2", True, False, True, True),
        ("D-3", True, False, True, False),
        ("D-4", True, True, True, True),
    ]
    steps = f"SELECT DISTINCT started_has_time, finished_has_time FROM {relation_sql('dossier_steps')}"  # noqa: S608
    assert query(steps) == [(True, False)]
    assert list(altered_dossiers()) == []


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Europe/Amsterdam", "UTC"])
@pytest.mark.parametrize("at", ["00:00:00", "00:00:00.010", "00:00:01", "12:00:00", "23:59:59"])
@pytest.mark.parametrize("day", ["2024-05-06", "2024-03-31", "2024-10-27"])
def test_the_rules_in_sql_are_those_of_the_kernel(*, day: str, at: str, zone: str) -> None:
    instant = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo(zone))
    columns = [has_time_sql("d.at"), has_time_sql("d.at", is_limit=True)]
    with connection.cursor() as cursor:
        row = "(SELECT %s::timestamptz AS at, %s AS time_zone) d"
        cursor.execute(f"SELECT {', '.join(columns)} FROM {row}", [instant, zone])  # noqa: S608 - made of constants
        assert cursor.fetchone() == (
            has_time(instant, zone),
            has_time(instant, zone, is_limit=True),
        )
