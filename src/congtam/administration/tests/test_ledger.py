"""Who saw and changed this: filters, pages, files, and the reading itself on record."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from python_calamine import CalamineWorkbook

from congtam.foundation.ledger_search import LedgerQuery, find_lines
from congtam.foundation.public import console_actor, record
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
LEDGER = "/administration/ledger/"


@pytest.fixture
def lines(frozen_clock: FixedClock, cast: Cast) -> None:
    """Three lines on three days."""
    for day, (verb, key, data) in enumerate(
        [
            ("dossier.receive", "H-1", {"step": 1}),
            ("dossier.approve", "H-1", None),
            ("fee.paid", "F-9", None),
        ],
        1,
    ):
        frozen_clock.instant = frozen_clock.instant.replace(month=4, day=day)
        kind = verb.partition(".")[0]
        record(console_actor(), verb, kind=kind, key=key, unit_code="024", data=data)


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        (LedgerQuery(kind="dossier", key="H-1"), ["dossier.approve", "dossier.receive"]),
        (LedgerQuery(key="F-9"), ["fee.paid"]),
        (LedgerQuery(verb="dossier."), ["dossier.approve", "dossier.receive"]),
        (LedgerQuery(verb="dossier.receive"), ["dossier.receive"]),
        (LedgerQuery(kind="dossier", text="STEP"), ["dossier.receive"]),
        (LedgerQuery(kind="fee", actor="nobody"), []),
    ],
)
def test_lines_are_found(lines: None, query: LedgerQuery, verbs: list[str]) -> None:
    assert [line.verb for line in find_lines(query, limit=10)] == verbs


def test_days_are_those_of_vietnam_and_included(lines: None) -> None:
    query = LedgerQuery(since=date(2026, 4, 2), until=date(2026, 4, 2))
    assert [line.verb for line in find_lines(query, limit=10)] == ["dossier.approve"]


def test_pages_follow_each_other_without_gaps(lines: None) -> None:
    whole = [line.id for line in find_lines(LedgerQuery(), limit=100)]
    first = [line.id for line in find_lines(LedgerQuery(), limit=4)]
    rest = [line.id for line in find_lines(LedgerQuery(), before=first[-1], limit=100)]
    assert first + rest == whole


def test_the_page_shows_lines_and_records_the_search(lines: None, administrator: Client) -> None:
    page = administrator.get(LEDGER, {"key": "H-1", "text": "step"}).content.decode()
    assert re.findall(r'<th scope="row">([^<]+)<', page) == ["dossier.receive"]
    searched = AuditEntry.objects.get(verb="ledger.searched")
    assert searched.actor == "administrator"
    assert '"key":"H-1"' in searched.text
    assert '"by_text":true' in searched.text
    assert '"step"' not in searched.text


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_file_holds_the_same_lines_and_is_recorded(
    *, lines: None, administrator: Client, tmp_path: Path, extension: str
) -> None:
    answer = administrator.get(f"{LEDGER}{extension}/", {"verb": "dossier."})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if extension == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        path = tmp_path / "ledger.xlsx"
        path.write_bytes(content)
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()  # type: ignore[assignment]
    assert [row[2] for row in rows] == ["Verb", "dossier.approve", "dossier.receive"]
    assert [row[5] for row in rows[1:]] == ["H-1", "H-1"]
    assert AuditEntry.objects.filter(verb="ledger.exported", actor="administrator").count() == 1


def test_an_unknown_form_of_file_is_not_found(administrator: Client) -> None:
    assert administrator.get(f"{LEDGER}pdf/").status_code == 404


def test_only_administrators_read_it(*, lines: None, small_tree: None, cast: Cast, client_for: Any) -> None:
    for part in ("clerk", "unit_head", "leader", "inspector", "observer"):
        for address in (LEDGER, f"{LEDGER}csv/"):
            assert client_for(getattr(cast, part)).get(address).status_code == 403
    assert not AuditEntry.objects.filter(kind="ledger").exists()
