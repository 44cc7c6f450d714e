"""A full disk: nothing half stored, 507 with what to do on pages and in the API, and it goes on when there is room."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from congtam.administration.cli import accounts_command
from congtam.config.web.outages import server_error
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.files import FileLimits, declare_file_kind, store_file
from congtam.foundation.public import Actor, console_actor
from congtam.foundation.room import (
    DailyQuotaReached,
    StorageFull,
    StorageLimits,
    is_storage_full,
    set_storage_limits,
)
from congtam.foundation.tokens import issue_token
from congtam.imports.jobs import run_import_job
from congtam.testing.cast import Cast
from congtam.testing.doors.foundation import AuditEntry, StoredFile
from congtam.testing.full_disk import files_no_larger_than

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir")]
SignIn = Callable[[object], Client]
CLERK = Actor(username="clerk", name="Clerk")
MIB = 1 << 20
NO_FREE_SPACE = StorageLimits(free_mib=1 << 40)


@pytest.fixture(autouse=True)
def kinds() -> None:
    declare_file_kind("room.sent", FileLimits(size=8 * MIB, endings=(".pdf",)))
    declare_file_kind("room.made", FileLimits(size=8 * MIB, endings=(".pdf",), is_uploaded=False))


def keep(size: int, *, kind: str = "room.sent", actor: Actor = CLERK) -> StoredFile:
    return store_file(b"x" * size, name="a.pdf", media_type="application/pdf", kind=kind, actor=actor)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, with nothing in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def rows_of(room: str, model: str) -> Any:
    """The rows of a table of another room."""
    return apps.get_model(room, model)._default_manager


def enter_dossiers(count: int) -> None:
    at = datetime(2026, 2, 2, 2, tzinfo=UTC)
    rows = [DossierRow(code=f"H-{number}", unit_code="024", received_at=at) for number in range(count)]
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="one", source="test")


def files_below(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_a_disk_that_fills_while_writing_keeps_nothing(warehouse_dir: Path) -> None:
    with files_no_larger_than(MIB), pytest.raises(StorageFull):
        keep(3 * MIB)
    assert (files_below(warehouse_dir), StoredFile.objects.count()) == ([], 0)
    assert keep(3 * MIB).size == 3 * MIB


def test_a_database_that_is_full_keeps_nothing(warehouse_dir: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION pg_temp.full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON foundation_storedfile
            EXECUTE FUNCTION pg_temp.full_disk()"""
        )
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        keep(10)
    assert is_storage_full(caught.value)
    assert files_below(warehouse_dir) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk ON foundation_storedfile")
    assert keep(10).size == 10


def test_other_faults_are_not_a_full_disk() -> None:
    assert is_storage_full(sqlite3.OperationalError("database or disk is full"))
    assert not is_storage_full(PermissionError(13, "Permission denied"))
    assert not is_storage_full(None)


def test_uploads_stop_while_little_is_free_but_documents_go_on() -> None:
    set_storage_limits(NO_FREE_SPACE, actor=console_actor())
    with pytest.raises(StorageFull, match="Ask the administrator to make room"):
        keep(10)
    assert keep(10, kind="room.made").size == 10
    set_storage_limits(StorageLimits(free_mib=0), actor=console_actor())
    assert keep(10).size == 10


def test_an_account_stores_so_much_a_day(warehouse_dir: Path) -> None:
    set_storage_limits(StorageLimits(mib_a_day=2), actor=console_actor())
    keep(MIB)
    keep(MIB - 1)
    with pytest.raises(DailyQuotaReached, match="more than the 2 MiB allowed a day"):
        keep(2)
    assert len(files_below(warehouse_dir)) == 2
    keep(2, actor=Actor(username="other", name="Other"))
    keep(2, actor=console_actor())
    StoredFile.objects.update(stored_at=StoredFile.objects.earliest("pk").stored_at - timedelta(days=1))
    assert keep(2 * MIB).size == 2 * MIB


@pytest.mark.usefixtures("small_tree")
def test_pages_and_the_api_say_507_and_recover(cast: Cast, client_for: SignIn, warehouse_dir: Path) -> None:
    token = issue_token("clerk", name="t", days=1, actor=console_actor())
    api = Client(headers={"Authorization": f"Bearer {token}"})

    def send_both() -> tuple[int, int]:
        table = SimpleUploadedFile("a.csv", b"MaHoSo\nH-1\n")
        paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")
        page = client_for(cast.clerk).post(
            reverse("imports:upload"), {"file": table, "mapping": "dvcqg", "unit": "024"}
        )
        answer = api.post("/api/v1/uploads", {"file": paper})
        if page.status_code >= 400:
            assert "hết dung lượng" in page.content.decode().lower()
            assert (answer.json()["code"], answer.json()["status"]) == ("storage.full", answer.status_code)
        return page.status_code, answer.status_code

    set_storage_limits(NO_FREE_SPACE, actor=console_actor())
    assert send_both() == (507, 507)
    assert files_below(warehouse_dir) == []
    set_storage_limits(StorageLimits(free_mib=0), actor=console_actor())
    assert send_both() == (302, 201)


@pytest.mark.usefixtures("small_tree")
def test_exports_on_a_full_disk_say_507_and_leave_nothing(
    cast: Cast, client_for: SignIn, *, temporary: Path
) -> None:
    """A workbook is written to a temporary file, whose folder is the one that is full."""
    enter_dossiers(200)
    client = client_for(cast.officer)
    address = reverse("reports:book_file", kwargs={"extension": "xlsx"}) + "?unit=024&period=2026-02"
    with files_no_larger_than(4096):
        refused = client.get(address)
    assert refused.status_code == 507
    assert "hết dung lượng" in refused.content.decode().lower()
    assert list(temporary.iterdir()) == []
    answer = client.get(address)
    assert (answer.status_code, len(b"".join(answer)) > 4096) == (200, True)


@pytest.mark.usefixtures("small_tree")
def test_a_background_import_on_a_full_disk_says_so_and_is_run_again(
    cast: Cast, client_for: SignIn, *, temporary: Path
) -> None:
    client = client_for(cast.clerk)
    rows = "H-1,01/03/2024\n" + "".join(f"H-{number},{'x' * 90}\n" for number in range(2, 200))
    table = SimpleUploadedFile("a.csv", f"MaHoSo,NgayTiepNhan\n{rows}".encode())
    client.post(reverse("imports:upload"), {"file": table, "mapping": "dvcqg", "unit": "024"})
    started = rows_of("exchange", "Import").get()
    with files_no_larger_than(4096):
        run_import_job.task.func(key=started.key, by="clerk", dry_run=False)
    started.refresh_from_db()
    assert (started.state, [one["code"] for one in started.report["problems"]]) == (
        "failed",
        ["storage_full"],
    )
    assert (
        "hết dung lượng"
        in client.get(reverse("imports:import_detail", args=[started.key])).content.decode().lower()
    )
    assert (rows_of("dossiers", "Dossier").count(), list(temporary.iterdir())) == (
        0,
        [],
    )
    run_import_job.task.func(key=started.key, by="clerk", dry_run=False)
    assert (
        rows_of("dossiers", "Dossier").count(),
        rows_of("exchange", "Import").get().state,
    ) == (1, "done")


def test_a_request_that_finds_no_room_to_be_received(rf: RequestFactory) -> None:
    """Large uploads are written to a temporary file before any view is asked."""
    try:
        with files_no_larger_than(100), TemporaryFile() as file:
            file.write(b" " * 200)
            file.flush()
    except OSError:
        answer = server_error(rf.post("/"))
    assert answer.status_code == 507
    assert "Ask the administrator to make room" in answer.content.decode()


@translation.override("en")
def test_limits_are_set_with_their_day_and_recorded() -> None:
    shown = CliRunner().invoke(accounts_command, ["storage"])
    assert "2048 MiB a day" in shown.output
    changed = CliRunner().invoke(accounts_command, ["storage", "--mib-a-day", "500", "--free-mib", "300"])
    assert "500 MiB a day; uploads leave 300 MiB" in changed.output
    entry = AuditEntry.objects.get(verb="storage.limits_set")
    assert '"since"' in entry.text
