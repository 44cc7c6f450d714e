"""The weekly reminder: counts that agree with their lists, a letter with receipts, a message, a notification."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client

from congtam.dossiers.public import Applicant, DossierRow, Receipt, receive, store_dossiers
from congtam.foundation.notify import render_notification, unread_summary
from congtam.foundation.public import actor_for, console_actor, drain_outbox, lines_about
from congtam.kernel.clock import FixedClock
from congtam.procedures.public import (
    Amount,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.reports.actions.check import RecountOutcome, check_file
from congtam.reports.jobs import remind_on_first_working_day
from congtam.testing.cast import Cast
from congtam.ui.public import MISSING

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday, 9 o'clock, where the frozen clock stands."""
PAGE = "/reports/reminders/"


def imported(code: str, unit: str, *, due_in: timedelta) -> DossierRow:
    return DossierRow(
        code=code,
        unit_code=unit,
        received_at=NOW - timedelta(days=20),
        due_at=NOW + due_in,
        state="in_progress",
        procedure_name="Đăng ký kết hôn",
    )


@pytest.fixture
def dossiers(small_tree: None, warehouse_dir: Path, *, cast: Cast, frozen_clock: FixedClock) -> None:
    """One late dossier of the city's own desk, without an apology; late and due ones of other systems below it."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký khai tử", levels=("commune",), limits=(ChannelLimit(channel="desk", limit=limit),)
    )
    enter_procedure_list({"1.000656": content}, valid_from=None, source="test", actor=console_actor())
    frozen_clock.advance(-timedelta(days=14))
    applicant = Applicant(name="Vừ Thị Mỷ", phone="0912 345 678")
    receive(
        Receipt(procedure_code="1.000656", unit_code="024", applicant=applicant), actor=actor_for(cast.clerk)
    )
    frozen_clock.advance(timedelta(days=14))
    rows = [
        imported("late-1", "00688", due_in=-timedelta(days=3)),
        imported("late-2", "00688", due_in=-timedelta(days=2)),
        imported("soon", "00691", due_in=timedelta(days=3)),
        imported("later", "00691", due_in=timedelta(days=9)),
        imported("elsewhere", "00712", due_in=-timedelta(days=3)),
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="reminders", source="test")
    drain_outbox()


def test_each_count_is_that_of_the_list_it_opens(dossiers: None, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.unit_head)
    page = client.get(PAGE)

    rows = {row["name"]: [cell["value"] for cell in row["cells"]] for row in page.context["rows"]}
    assert rows == {
        "Phường Quang Trung": [2, 0, 0],
        "Trực tiếp tại đơn vị": [1, 1, 0],
        "Phường Trần Phú": [0, 0, 1],
    }
    assert [tile["value"] for tile in page.context["tiles"]] == ["3", "1", "1"]
    assert page.context["reminder"].total.unrecorded_count == 2
    cells = [cell for row in page.context["rows"] for cell in row["cells"] if cell["value"]]
    for cell in cells:
        opened = client.get(cell["url"].partition("#")[0])
        assert opened.context["rows"]["total"] == str(cell["value"])


def test_the_message_names_units_and_the_page(dossiers: None, cast: Cast, client_for: SignIn) -> None:
    message = client_for(cast.unit_head).get(PAGE).context["message"]

    assert "3 hồ sơ quá hạn (1 chưa xin lỗi); 1 hồ sơ đến hạn trong 7 ngày" in message
    assert "1. Phường Quang Trung: 2 hồ sơ quá hạn" in message
    assert message.endswith("/reports/reminders/?unit=024&week=2026-03-02")
    assert "Vừ" not in message


@pytest.fixture
def of_other_systems(small_tree: None, warehouse_dir: Path, frozen_clock: FixedClock) -> None:
    """A late dossier below the city, of a system that does not record apologies."""
    late = imported("late-1", "00688", due_in=-timedelta(days=3))
    store_dossiers([late], unit_code="02", actor=console_actor(), import_key="reminders", source="test")
    drain_outbox()


def test_unknown_apologies_are_not_shown_as_none(
    of_other_systems: None, cast: Cast, client_for: SignIn
) -> None:
    page = client_for(cast.unit_head).get(PAGE)

    assert [tile["value"] for tile in page.context["tiles"]] == ["1", MISSING, "0"]
    (row,) = page.context["rows"]
    assert [cell["is_unknown"] for cell in row["cells"]] == [False, True, False]


def test_a_notice_says_nothing_of_unknown_apologies(of_other_systems: None, cast: Cast) -> None:
    remind_on_first_working_day()

    (notice,) = unread_summary(actor_for(cast.unit_head)).waiting
    body = render_notification(notice).body
    assert body.startswith("Quá hạn: 1 hồ sơ.\n")
    assert "xin lỗi" not in body


@pytest.mark.parametrize(
    ("part", "unit", "status"),
    [
        ("unit_head", "00688", 200),
        ("unit_head", "026", 404),
        ("outsider", "024", 404),
        ("leader", "026", 200),
        ("observer", "024", 200),
        ("citizen", "024", 404),
    ],
)
def test_who_sees_it_of_which_unit(
    dossiers: None, cast: Cast, client_for: SignIn, *, part: str, unit: str, status: int
) -> None:
    client = client_for(getattr(cast, part))

    assert client.get(PAGE, {"unit": unit}).status_code == status
    letter = client.post(f"{PAGE}letter.pdf", {"unit": unit, "week": "2026-03-02"})
    assert letter.status_code == status


@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_the_letter_has_receipts_and_names_no_person(
    dossiers: None, cast: Cast, client_for: SignIn, *, extension: str
) -> None:
    head = actor_for(cast.unit_head)
    answer = client_for(cast.unit_head).post(f"{PAGE}letter.{extension}", {"unit": "024"})

    content = answer.content
    text = _text(content, extension)
    for words in ("V/v đôn đốc", "UBND phường Quang Trung", "late-1", "Đăng ký khai tử", "Không rõ"):
        assert words in text
    assert "Vừ" not in text
    assert "elsewhere" not in text
    checked = check_file(content, actor=head)
    assert [one.figure.printed for one in checked if one.receipt.unit == "024"][:3] == ["3", "1", "1"]
    assert {one.recounted for one in checked} == {RecountOutcome.SAME}
    assert all(one.is_as_receipt for one in checked)
    assert lines_about("report", "024")[-1].verb == "report.reminder"


def _text(content: bytes, extension: str) -> str:
    if extension == "pdf":
        pages = pypdf.PdfReader(BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    word = docx.Document(BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_without_anything_late_there_is_no_letter(
    small_tree: None, warehouse_dir: Path, *, cast: Cast, client_for: SignIn, frozen_clock: None
) -> None:
    client = client_for(cast.unit_head)

    assert client.get(PAGE).context["reminder"].is_quiet
    assert client.post(f"{PAGE}letter.pdf", {"unit": "024"}).status_code == 400
    assert client.get(f"{PAGE}letter.pdf").status_code == 405


def test_heads_and_reform_officers_are_notified_once(dossiers: None, cast: Cast) -> None:
    assert remind_on_first_working_day() == 2
    assert remind_on_first_working_day() == 2

    texts = {part: _unread(account) for part, account in cast.everyone().items()}
    assert {part for part, unread in texts.items() if unread} == {"unit_head", "reform_officer"}
    assert texts["unit_head"] == [{"week": "2026-03-02", "overdue": 3, "unapologised": 1, "due_soon": 1}]
    assert texts["reform_officer"][0]["overdue"] == 4


def _unread(account: object) -> list[dict[str, Any]]:
    actor = actor_for(account)  # type: ignore[arg-type]
    return [row.data for row in unread_summary(actor).waiting]


@pytest.mark.parametrize(
    ("days", "notified"), [pytest.param(1, 0, id="Tuesday"), pytest.param(7, 2, id="the next Monday")]
)
def test_it_reminds_on_the_first_working_day(
    dossiers: None, cast: Cast, frozen_clock: FixedClock, *, days: int, notified: int
) -> None:
    remind_on_first_working_day()
    frozen_clock.advance(timedelta(days=days))

    assert remind_on_first_working_day() == notified
    assert len(_unread(cast.unit_head)) == 1
