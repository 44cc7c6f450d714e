"""However the lake was damaged, it is said what is wrong, a rebuild mends it, and readers hold a whole table."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction

from congtam.config.verify import verify_command
from congtam.foundation.room import is_storage_full
from congtam.testing.full_disk import files_no_larger_than
from congtam.warehouse.actions.sync import rebuild, sync
from congtam.warehouse.cli import warehouse_command
from congtam.warehouse.domain.facts import Fact, LakeUnwritable
from congtam.warehouse.models import WarehouseTable
from congtam.warehouse.public import compare_with_database, data_version, query, relation_sql
from congtam.warehouse.queries import published_table
from congtam.warehouse.tests.test_sync import A, B, in_lake, letters, write

__all__ = ["letters"]


@pytest.fixture
def folder(letters: Fact) -> Path:
    """The table's folder after three versions."""
    for row in (A, B, ("C", "02", 1, True, A[4])):
        write(row)
        sync("letters", [row[0]])
    return published_table(letters).folder


def entry(folder: Path, number: int) -> Path:
    return folder / "_delta_log" / f"{number:020}.json"


def cut_entry(folder: Path) -> None:
    entry(folder, 1).write_bytes(entry(folder, 1).read_bytes()[:90])


def spoil_parquet(folder: Path) -> None:
    path = min(folder.rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:40])


def make_file_of(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


def make_file_of_log(folder: Path) -> None:
    make_file_of(folder / "_delta_log")


DAMAGES = [
    pytest.param(cut_entry, f"the log entry {1:020}.json is damaged", id="entry cut off"),
    pytest.param(lambda folder: entry(folder, 0).write_bytes(b"\xff\0?"), "is damaged", id="entry garbage"),
    pytest.param(
        lambda folder: entry(folder, 2).write_bytes(b"[]\n"), "is damaged", id="entry of another kind"
    ),
    pytest.param(
        lambda folder: entry(folder, 0).unlink(), f"entry {0:020}.json is missing", id="first entry"
    ),
    pytest.param(lambda folder: entry(folder, 1).unlink(), f"entry {1:020}.json is missing", id="an entry"),
    pytest.param(lambda folder: entry(folder, 2).unlink(), "does not reach this version", id="last entry"),
    pytest.param(lambda folder: shutil.rmtree(folder / "_delta_log"), "_delta_log is missing", id="log gone"),
    pytest.param(make_file_of_log, "_delta_log is a file instead of a folder", id="log is a file"),
    pytest.param(lambda folder: min(folder.rglob("*.parquet")).unlink(), "1 of 3 data files", id="file gone"),
    pytest.param(spoil_parquet, "is damaged", id="file cut off"),
    pytest.param(shutil.rmtree, "the folder letters is missing", id="folder gone"),
    pytest.param(make_file_of, "letters is a file instead of a folder", id="folder is a file"),
]


@pytest.mark.parametrize(("damage", "fault"), DAMAGES)
def test_damage_is_named_and_mended(folder: Path, damage: Callable[[Path], object], fault: str) -> None:
    before = data_version("letters")
    damage(folder)
    verified = CliRunner().invoke(verify_command, ["--json"])
    (found,) = [one for one in json.loads(verified.stdout)["warehouse"] if one["subject"] == "letters"]
    assert fault in found["fault"], found
    assert found["advice"] == "Run: congtam warehouse rebuild --fact letters"
    mended = CliRunner().invoke(warehouse_command, ["rebuild", "--fact", "letters"])
    assert mended.exit_code == 0, mended.output
    assert compare_with_database("letters").agrees
    assert [row[0] for row in in_lake()] == ["A", "B", "C"]
    assert data_version("letters") == before + 1


def test_an_emptied_entry_shows_as_rows_that_are_missing(folder: Path, letters: Fact) -> None:
    entry(folder, 1).write_bytes(b"")
    assert [(one.key, one.kind) for one in compare_with_database("letters").differences] == [
        ("B", "missing in the warehouse")
    ]
    rebuild("letters")
    assert compare_with_database("letters").agrees


@pytest.mark.parametrize(("damage", "_fault"), [one for one in DAMAGES if one.id != "file cut off"])
def test_a_change_that_arrives_meets_a_whole_table(
    folder: Path, damage: Callable[[Path], object], _fault: str, letters: Fact
) -> None:
    damage(folder)
    published_table(letters).forget_cached()  # as in a worker that was started since
    write(("D", "02", 1, True, A[4]))
    sync("letters", ["D"])
    assert compare_with_database("letters").agrees


def test_readers_hold_the_old_table_until_the_commit(folder: Path, letters: Fact) -> None:
    old = relation_sql("letters")
    rebuild("letters")
    assert relation_sql("letters") != old
    assert query(f"SELECT count(*) FROM {old}") == [(3,)]  # noqa: S608 - our own text
    assert query(f"SELECT count(*) FROM {relation_sql('letters', 1)}") == [(2,)]  # noqa: S608


def test_a_rebuild_that_is_rolled_back_leaves_the_old_table(folder: Path, letters: Fact) -> None:
    def broken_off() -> None:
        with transaction.atomic():
            rebuild("letters")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        broken_off()
    assert (published_table(letters).folder, data_version("letters")) == (folder, 2)
    write(("D", "02", 1, True, A[4]))
    sync("letters", ["D"])
    assert compare_with_database("letters").agrees
    rebuild("letters")
    assert sorted(path.name for path in folder.parent.glob("letters*")) == [
        "letters",
        published_table(letters).folder.name,
    ]


def test_what_a_killed_rebuild_left_is_removed_by_the_next(folder: Path, letters: Fact) -> None:
    half = folder.parent / "letters.3.0badcafe"
    shutil.copytree(folder, half, ignore=shutil.ignore_patterns("_delta_log"))
    assert compare_with_database("letters").agrees
    rebuild("letters")
    assert not half.exists()
    assert compare_with_database("letters").agrees


def test_a_first_rebuild_that_was_killed_is_begun_again(folder: Path, letters: Fact) -> None:
    WarehouseTable.objects.all().delete()
    shutil.rmtree(folder / "_delta_log")
    rebuild("letters")
    assert [path.name for path in folder.parent.glob("letters*")] == ["letters"]
    assert compare_with_database("letters").agrees


def test_a_replaced_table_goes_when_it_is_old(folder: Path, letters: Fact) -> None:
    rebuild("letters")
    long_ago = time.time() - 31 * 24 * 3600
    for path in (folder / "_delta_log").iterdir():
        os.utime(path, (long_ago, long_ago))
    rebuild("letters")
    assert not folder.exists()


def test_a_damaged_table_goes_once_the_new_one_is_in_use(
    folder: Path, letters: Fact, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    cut_entry(folder)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        rebuild("letters")
        assert folder.exists()
    assert not folder.exists()


def test_a_warehouse_that_cannot_be_written_says_so(folder: Path, letters: Fact) -> None:
    make_file_of(folder.parent)
    with pytest.raises(LakeUnwritable, match="Make room or allow writing"):
        rebuild("letters")
    folder.parent.unlink()
    rebuild("letters")
    assert compare_with_database("letters").agrees


def test_a_warehouse_without_room_stays_as_it_was(folder: Path, letters: Fact) -> None:
    with files_no_larger_than(64), pytest.raises(LakeUnwritable) as caught:
        rebuild("letters")
    assert is_storage_full(caught.value)
    assert published_table(letters).folder == folder
    assert compare_with_database("letters").agrees
    rebuild("letters")
    assert compare_with_database("letters").agrees
