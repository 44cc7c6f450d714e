"""Pages and files of books and statistics: who sees them, in both languages, and what the files hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdf
import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor, drain_outbox, lines_about
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, copy_folder, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
RECEIVED = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
QUARTER = "unit=024&year=2025&part=Q3&days=calendar"
JULY = "unit=024&year=2025&part=07"
PAGES = (
    f"/reports/statistics/06a/?{QUARTER}",
    f"/reports/statistics/07a-btp/?{QUARTER}",
    f"/reports/statistics/board/?{QUARTER}&by=instant",
    f"/reports/statistics/06a/rows/?{QUARTER}&column=3",
    f"/reports/statistics/06a/rows/?{QUARTER}&check=0",
    f"/reports/statistics/06a/form.xlsx?{QUARTER}",
    f"/reports/statistics/06a/form.docx?{QUARTER}",
    f"/reports/statistics/06a/form.pdf?{QUARTER}",
    f"/reports/books/?{JULY}&below=1",
    f"/reports/books/book.xlsx?{JULY}",
    f"/reports/books/book.docx?{JULY}",
    f"/reports/books/book.pdf?{JULY}",
)


def enter_dossiers() -> None:
    """Sixty dossiers of a month, every second one late."""
    rows = [
        DossierRow(
            code=f"H-{number:03}",
            unit_code="024",
            received_at=RECEIVED + timedelta(hours=number),
            due_at=RECEIVED + timedelta(days=9),
            finished_at=RECEIVED + timedelta(days=10) if number % 2 else None,
            state="finished" if number % 2 else "in_progress",
            channel="online",
            field_name="=cmd|' /C calc'!A0",
            procedure_name="+1+1 Đăng ký kết hôn",
            applicant="Vừ Thị Mỷ",
        )
        for number in range(60)
    ]
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="import-1", source="test")
    drain_outbox()


@pytest.fixture(autouse=True)
@prepared(enter_dossiers, at=FROZEN)
def dossiers(small_tree: None, frozen_clock: None, *, django_db_setup: Path, warehouse_dir: Path) -> None:
    copy_folder(django_db_setup, warehouse_dir)


@pytest.mark.parametrize("address", PAGES)
def test_an_outsider_does_not_learn_of_the_unit(cast: Cast, client_for: SignIn, address: str) -> None:
    assert client_for(cast.outsider).get(address).status_code == 404
    assert client_for(cast.citizen).get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_who_works_there_gets_it(cast: Cast, client_for: SignIn, address: str) -> None:
    client = client_for(cast.clerk)
    assert client.post(address).status_code == 405
    answer = client.get(address)
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Số lượng hồ sơ tiếp nhận"), ("en", "Dossiers received")]
)
def test_the_screen_speaks_both_languages(
    *, cast: Cast, client_for: SignIn, language: str, word: str
) -> None:
    client = client_for(cast.clerk)
    client.cookies["django_language"] = language
    page = client.get(PAGES[0]).content.decode()
    assert word in page
    assert "rows/?unit=024&amp;year=2025&amp;part=Q3&amp;days=calendar&amp;row=%2A&amp;column=3" in page
    assert ">60</a>" in page


def test_an_empty_question_is_answered_for_the_own_unit(cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get("/reports/", follow=True).status_code == 200
    assert client_for(cast.administrator).get("/reports/books/").status_code == 200
    page = client_for(cast.clerk).get("/reports/statistics/06a/?year=none&part=zz&by=x")
    assert page.status_code == 200
    assert client_for(cast.clerk).get("/reports/statistics/99z/").status_code == 404


def test_the_book_pages_through_every_dossier(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    first = client.get(PAGES[8]).content.decode()
    assert "H-000" in first
    assert "H-059" not in first
    second = client.get(f"{PAGES[8]}&after=H-049&n=50").content.decode()
    assert "<td>51</td>" in second
    assert "H-059" in second


def test_an_observer_reads_the_book_without_persons(cast: Cast, client_for: SignIn) -> None:
    assert "Vừ Thị Mỷ" in client_for(cast.clerk).get(PAGES[8]).content.decode()
    assert "Vừ Thị Mỷ" not in client_for(cast.observer).get(PAGES[8]).content.decode()
    text = pdf_text(client_for(cast.observer).get(PAGES[11]).content)
    assert "H-001" in text
    assert "Vừ Thị Mỷ" not in text


@pytest.mark.parametrize("address", [PAGES[5], PAGES[9]])
def test_spreadsheets_hold_texts_as_texts(cast: Cast, client_for: SignIn, address: str) -> None:
    answer = client_for(cast.clerk).get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    answer.close()
    with ZipFile(BytesIO(content)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert any("Đăng ký kết hôn" in part or "calc" in part for part in parts.values())


def test_the_files_carry_the_numbers_and_the_layout(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    text = pdf_text(client.get(PAGES[7]).content)
    for words in ("Biểu số II.06a/VPCP/KSTT", "Đơn vị báo cáo: UBND thành phố Hà Giang", "Tổng cộng"):
        assert words in text
    assert "từ ngày 01/07/2025 đến hết ngày 30/09/2025" in text
    word = docx.Document(BytesIO(client.get(PAGES[6]).content))
    table = word.tables[-2]
    assert [cell.text for cell in table.rows[-1].cells][1:5] == ["Tổng cộng", "60", "60", "0"]
    assert table.rows[0].cells[2].text == table.rows[0].cells[5].text == "Số lượng hồ sơ tiếp nhận"


def test_taking_a_file_away_is_recorded(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    client.get(PAGES[7])
    client.get(PAGES[11])
    verbs = {line.verb for line in lines_about("report", "024")}
    assert verbs == {"report.statistics", "report.book"}


def pdf_text(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())
