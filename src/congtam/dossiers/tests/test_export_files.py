"""Exports: the same rows as the list, as people read them, harmless in a spreadsheet program, and on record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congtam.dossiers.lists.export import exporting, xlsx_file
from congtam.dossiers.lists.row_fields import FIELDS
from congtam.dossiers.models import Party
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
SignIn = Callable[[object], Client]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
PLACES = {field.name: place for place, field in enumerate(FIELDS)}


def store(*rows: DossierRow) -> None:
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


def row(code: str, *, unit: str = "024", **values: Any) -> DossierRow:
    facts: dict[str, Any] = {"procedure_name": "Đăng ký khai sinh", "received_at": NOW - 20 * DAY} | values
    return DossierRow(code=code, unit_code=unit, **facts)


def exported(client: Client, form: str, **asked: str) -> list[list[Any]]:
    answer = client.get(reverse("dossiers:export", args=[form]), asked)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [line for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python()]


def cell(line: list[Any], name: str) -> Any:
    return line[PLACES[name]]


def test_a_workbook_holds_dates_numbers_and_texts(cast: Cast, client_for: SignIn) -> None:
    store(row("H-1", due_at=NOW, fee_dong=8000, applicant="Giàng Thị Mỷ", result_digitised=True))
    headings, line = exported(client_for(cast.clerk), "xlsx")
    assert headings[0] == "Mã hồ sơ"
    assert len(headings) == len(line) == 45
    assert cell(line, "unit_code") == "024"
    assert cell(line, "due_at").isoformat() == "2026-03-02T09:00:00"
    assert cell(line, "fee_dong") == 8000
    assert cell(line, "result_digitised") == "Có"
    assert cell(line, "applicant") == "Giàng Thị Mỷ"
    assert cell(line, "state") == "Đang xử lý"


def test_the_headings_speak_the_language_of_the_reader(cast: Cast, client_for: SignIn) -> None:
    store(row("H-1"))
    client = client_for(cast.clerk)
    client.post(reverse("set_language"), {"language": "en"})
    headings, line = exported(client, "csv")
    assert headings[:2] == ["Dossier code", "Unit code"]
    assert cell(line, "state") == "In progress"
    assert cell(line, "received_at") == "2026-02-10 09:00:00"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1+1", "'\t=1+1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("+84912345678", "+84912345678"),
        ('A & "B" <c>', 'A & "B" <c>'),
        ("hai\ndòng\\n", "hai\ndòng\\n"),
    ],
)
def test_no_text_is_run_and_none_is_lost(
    *, cast: Cast, client_for: SignIn, form: str, name: str, written: str
) -> None:
    store(row("H-1", applicant=name), row("H-2", applicant="thường"))
    lines = exported(client_for(cast.clerk), form, sort="code")[1:]
    assert [cell(line, "applicant") for line in lines] == [written, "thường"]
    assert [cell(line, "code") for line in lines] == ["H-1", "H-2"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_the_list_and_no_more(cast: Cast, client_for: SignIn, form: str) -> None:
    store(
        row("H-1", applicant="Giàng Thị Mỷ", due_at=NOW - DAY),
        row("H-2", received_at=NOW - DAY),
        row("K-1", unit="026", due_at=NOW - DAY),
    )
    Party.objects.update(phone="0912345678")
    observer = client_for(cast.observer)
    lines = exported(observer, form)[1:]
    assert [cell(line, "code") for line in lines] == ["H-2", "H-1"]
    assert not any(cell(line, name) for line in lines for name in ("applicant", "phone"))
    assert [cell(line, "code") for line in exported(observer, form, list="overdue")[1:]] == ["H-1"]
    assert exported(client_for(cast.citizen), form)[1:] == []


def test_who_exported_what_is_on_record_before_it_leaves(
    cast: Cast, client_for: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SHORT", 0)
    store(row("H-1"), row("H-2"))
    client = client_for(cast.clerk)
    answer = client.get(reverse("dossiers:export", args=["csv"]), {"q": "H-1"})
    pieces = iter(answer.streaming_content)  # type: ignore[attr-defined]
    next(pieces)
    (began,) = AuditEntry.objects.filter(kind="export")
    assert (began.actor, began.verb) == ("clerk", "dossiers.export_began")
    assert '"q":"H-1"' in began.text
    list(pieces)
    ended = AuditEntry.objects.filter(kind="export").latest("position")
    assert '"rows":1' in ended.text
    assert '"is_complete":true' in ended.text


def test_more_rows_than_a_sheet_holds_go_on_the_next(
    cast: Cast, client_for: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 2)
    store(*(row(f"H-{number}") for number in range(5)))
    answer = client_for(cast.clerk).get(reverse("dossiers:export", args=["xlsx"]), {"sort": "code"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [[line[0] for line in sheet[1:]] for sheet in sheets] == [["H-0", "H-1"], ["H-2", "H-3"], ["H-4"]]


def test_wrong_questions_get_no_file(cast: Cast, client_for: SignIn) -> None:
    client, address = client_for(cast.clerk), reverse("dossiers:export", args=["csv"])
    assert client.get(address, {"due_from": "yesterday"}).status_code == 400
    assert client.get(address, {"unit": "026"}).status_code == 404
    assert client.get(reverse("dossiers:export", args=["exe"])).status_code == 404
    assert not AuditEntry.objects.filter(kind="export").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_colleagues_are_told_by_name(cast: Cast, client_for: SignIn, form: str) -> None:
    store(row("H-1", officer="officer"), row("H-2", officer="Sùng A Dính"), row("H-3", officer="outsider"))
    apps.get_model("foundation", "Account").objects.filter(username="outsider").update(name="Clerk")
    client = client_for(cast.clerk)
    told = {cell(line, "code"): cell(line, "officer") for line in exported(client, form)[1:]}
    assert told == {"H-1": "Officer", "H-2": "Sùng A Dính", "H-3": "Clerk (outsider)"}
    for words in ("officer", "Officer", "offi"):
        assert [cell(line, "code") for line in exported(client, form, officer=words)[1:]] == ["H-1"]
