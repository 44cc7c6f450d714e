"""One import does not hold up the others: reading locks nothing, waiting says for whom, stopping stores nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import clock, console_actor
from congtam.imports.actions.imports import carry_out, register_import
from congtam.imports.actions.reading import ImportOrder, ImportOutcome
from congtam.imports.actions.run_import import run_import
from congtam.imports.actions.stop import stop_import
from congtam.imports.jobs import run_import_job
from congtam.imports.models import Import, ImportPhase, ImportState
from congtam.imports.runs_cli import imports_command
from congtam.imports.tests.files import dossiers, mapping, written
from congtam.imports.tests.test_pages import send
from congtam.imports.watching import ImportStopped
from congtam.tabular.readers.limits import ReadLimits
from congtam.testing.cast import Cast, find_cast, make_cast
from congtam.testing.prepared import own_prepared
from congtam.testing.units import enter_small_tree

SignIn = Callable[[object], Client]
HEADER = "id,start,due,end,what\n"
LATE = "B,2024-01-05,2024-01-07,2024-01-01,Khai sinh\n"


def good(count: int) -> str:
    return HEADER + "".join(
        f"A{number},2024-01-05,2024-01-07,2024-01-06,Khai sinh\n" for number in range(count)
    )


def order(path: Path, *, limits: ReadLimits | None = None) -> ImportOrder:
    return ImportOrder(
        path=path,
        name=path.name,
        mapping=mapping(),
        unit_code="024",
        actor=console_actor(),
        import_key="one",
        limits=limits,
    )


def advisory_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [0x0C06D055],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_nothing_is_locked_while_a_file_is_read(tmp_path: Path) -> None:
    seen: list[tuple[ImportPhase, int]] = []
    outcome = run_import(
        order(written(tmp_path, "a.csv", good(1200))),
        refused_to=tmp_path / "r.csv",
        report=lambda phase, _done: seen.append((phase, advisory_locks())),
    )
    assert outcome.new == 1200
    assert {locks for phase, locks in seen if phase is ImportPhase.READING} == {0}
    assert {locks for phase, locks in seen if phase is ImportPhase.STORING} == {1}


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
@pytest.mark.parametrize("limits", [ReadLimits(refused_cases=5), ReadLimits(refused_bytes=400)])
def test_a_file_of_refused_rows_ends_soon_and_says_why(tmp_path: Path, limits: ReadLimits) -> None:
    path = written(tmp_path, "a.csv.gz", good(3) + LATE * 5000)
    outcome = run_import(order(path, limits=limits), refused_to=tmp_path / "r.csv")
    assert outcome.file_refused
    assert [fault.code for fault in outcome.problems][:2] == ["refused_too_many", "finished_before_received"]
    assert len(outcome.problems) < 12
    assert not dossiers().exists()


@contextmanager
def a_store_at_work() -> Iterator[None]:
    """Another store that has its turn and does not give it back before this is left."""
    begun, end = threading.Event(), threading.Event()

    def rows() -> Iterator[DossierRow]:
        begun.set()
        end.wait(30)
        yield DossierRow(code="X", unit_code="024", received_at=clock().now())

    def store() -> None:
        store_dossiers(rows(), unit_code="024", actor=console_actor(), import_key="other", source="other")
        connections.close_all()

    thread = threading.Thread(target=store)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        end.set()
        thread.join()


def run_aside(started: Import, path: Path, results: list[ImportOutcome | BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            results.append(carry_out(started, path=path, mapping=mapping(), actor=console_actor()))
        except ImportStopped as stopped:
            results.append(stopped)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_for_phase(key: str, phase: ImportPhase) -> None:
    deadline = time.monotonic() + 30
    while Import.objects.get(key=key).phase != phase:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def own_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast with a database of its own, where several connections may commit."""
    with django_db_blocker.unblock(), own_prepared(enter_small_tree, make_cast):
        yield find_cast()


@pytest.mark.usefixtures("warehouse_dir")
def test_who_waits_is_shown_and_can_be_stopped(tmp_path: Path, own_cast: Cast, client_for: SignIn) -> None:
    cast = own_cast
    path = written(tmp_path, "a.csv", good(3))
    started = register_import(
        path=path, name="a.csv", mapping=mapping(), mapping_text="", unit_code="024", actor=console_actor()
    )
    results: list[ImportOutcome | BaseException] = []
    with a_store_at_work():
        thread = run_aside(started, path, results)
        wait_for_phase(started.key, ImportPhase.WAITING)
        client = client_for(cast.clerk)
        page = client.get(reverse("imports:import_detail", args=[started.key])).content.decode()
        assert str(ImportPhase.WAITING.label) in page
        assert client.post(reverse("imports:stop", args=[started.key])).status_code == 302
        thread.join(30)
        assert [str(result) for result in results] == ["clerk"]
    started.refresh_from_db()
    assert (started.state, started.stop_requested_by) == (ImportState.STOPPED, "clerk")
    assert list(dossiers().values_list("code", flat=True)) == ["X"]
    page = client.get(reverse("imports:import_detail", args=[started.key])).content.decode()
    assert cast.clerk.name in page


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_an_import_waiting_for_its_background_or_confirmation_can_be_stopped(
    cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.clerk)
    for checked in (False, True):
        send(client)
        started = Import.objects.latest("created_at")
        if checked:
            run_import_job.task.func(key=started.key, by="clerk", dry_run=True)
        assert client_for(cast.outsider).post(reverse("imports:stop", args=[started.key])).status_code == 404
        assert client_for(cast.observer).post(reverse("imports:stop", args=[started.key])).status_code == 403
        assert CliRunner().invoke(imports_command, ["stop", started.key]).exit_code == 0
        run_import_job.task.func(key=started.key, by="clerk", dry_run=True)
        started.refresh_from_db()
        assert started.state == ImportState.STOPPED
        assert client.post(reverse("imports:confirm", args=[started.key])).status_code == 400
        assert client.post(reverse("imports:stop", args=[started.key])).status_code == 400
    assert started.key in CliRunner().invoke(imports_command, ["list"]).stderr


@pytest.mark.django_db
def test_a_stop_of_nothing_is_said_plainly() -> None:
    result = CliRunner().invoke(imports_command, ["stop", "none"])
    assert (result.exit_code, "none" in result.stderr) == (1, True)
    with transaction.atomic(), pytest.raises(Exception, match="import"):
        stop_import("none", actor=console_actor())
