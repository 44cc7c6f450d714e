"""The lake follows the database: what is stored, changed, moved to another month or deleted is seen in both."""

# ruff: noqa: S608 - the statements are made of this module's own texts
from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from congtam.warehouse import registry
from congtam.warehouse.actions.sync import fill_gained_columns, rebuild, sync
from congtam.warehouse.lake.tables import LakeTable
from congtam.warehouse.models import WarehouseTable
from congtam.warehouse.public import (
    NO_VERSION,
    Column,
    Fact,
    RowFilter,
    compare_with_database,
    data_version,
    query,
    refresh_outdated,
    relation_sql,
)
from congtam.warehouse.queries import published_table

LETTERS = Fact(
    name="letters",
    vi="Thư",
    en="Letters",
    columns=(
        Column("code", "text", vi="Mã", en="Code"),
        Column("unit_code", "text", vi="Đơn vị", en="Unit"),
        Column("weight", "integer", vi="Nặng", en="Weight"),
        Column("is_answered", "boolean", vi="Đã trả lời", en="Answered"),
        Column("received_at", "timestamp", vi="Nhận lúc", en="Received"),
        Column("row_hash_high", "bigint", vi="Băm", en="Hash"),
        Column("row_hash_low", "bigint", vi="Băm", en="Hash"),
        Column("received_month", "date", vi="Tháng", en="Month"),
    ),
    rows_sql="""SELECT l.*, ('x' || left(md5(row_text), 16))::bit(64)::bigint AS row_hash_high,
        ('x' || right(md5(row_text), 16))::bit(64)::bigint AS row_hash_low,
        date_trunc('month', received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS received_month
        FROM (SELECT letter.*, letter::text AS row_text FROM letter) AS l {where}""",
    row_url="letters:detail",
    visible_sql=lambda _actor: RowFilter(),
    smallest_group=None,
)


@pytest.fixture
def letters(db: None, warehouse_dir: Path) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("""CREATE TEMP TABLE letter (code text PRIMARY KEY, unit_code text, weight integer,
            is_answered boolean, received_at timestamptz, import_key text) ON COMMIT DROP""")
    yield registry.add(LETTERS)
    registry.remove(LETTERS.name)


def write(*rows: tuple[Any, ...], import_key: str = "first") -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO letter VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO UPDATE SET
            weight = excluded.weight, is_answered = excluded.is_answered, received_at = excluded.received_at""",
            [(*row, import_key) for row in rows],
        )


def in_lake() -> list[tuple[Any, ...]]:
    return query(
        f"SELECT code, weight, is_answered, received_month FROM {relation_sql('letters')} ORDER BY code"
    )


A = ("A", "02", 5, True, "2026-01-15T02:00:00Z")
B = ("B", "024", None, None, "2026-01-31T18:00:00Z")  # 1 February in Hà Giang
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def test_nothing_synchronised_means_no_rows(letters: Fact) -> None:
    assert (data_version("letters"), in_lake()) == (NO_VERSION, [])


def test_rows_arrive_with_their_types_and_local_month(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    assert in_lake() == [("A", 5, True, JANUARY), ("B", None, None, FEBRUARY)]


def test_texts_survive_quotes_commas_line_breaks_and_emptiness(letters: Fact) -> None:
    write(("A", 'đơn "vị",\nhai', 1, True, A[4]), ("B", "", 1, True, A[4]), ("C", None, 1, True, A[4]))
    sync("letters", ["A", "B", "C"])
    units = query(f"SELECT unit_code FROM {relation_sql('letters')} ORDER BY code")
    assert units == [('đơn "vị",\nhai',), ("",), (None,)]


def test_a_changed_row_is_replaced_and_another_stays(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    write(("A", "02", 9, False, A[4]))
    sync("letters", ["A"])
    assert in_lake() == [("A", 9, False, JANUARY), ("B", None, None, FEBRUARY)]


def test_a_row_that_moves_to_another_month_leaves_the_old_one(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    write(("A", "02", 5, True, "2026-02-20T02:00:00Z"))
    sync("letters", ["A"])
    assert in_lake() == [("A", 5, True, FEBRUARY), ("B", None, None, FEBRUARY)]


def test_a_deleted_row_leaves_the_lake(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM letter WHERE code = 'A'")
    sync("letters", ["A", "never-there"])
    assert [row[0] for row in in_lake()] == ["B"]


def test_syncing_again_makes_no_new_version(letters: Fact) -> None:
    write(A, B)
    first = sync("letters", ["A", "B"])
    assert sync("letters", ["A", "B"], import_keys=["first"]) == first


def test_an_import_is_brought_whole(letters: Fact) -> None:
    write(A, B, import_key="second")
    sync("letters", import_keys=["second"])
    assert [row[0] for row in in_lake()] == ["A", "B"]


def test_an_older_version_can_still_be_read(letters: Fact) -> None:
    write(A)
    first = sync("letters", ["A"])
    write(B)
    sync("letters", ["B"])
    assert query(f"SELECT code FROM {relation_sql('letters', first)}") == [("A",)]


def test_a_crash_after_the_lakes_commit_is_repaired_by_the_next_sync(letters: Fact) -> None:
    write(A)
    first = sync("letters", ["A"])
    write(B)
    sync("letters", ["B"])
    WarehouseTable.objects.filter(fact="letters").update(version=first)  # as if our commit had never come
    sync("letters", ["B"])
    assert [row[0] for row in in_lake()] == ["A", "B"]


def test_lost_files_are_written_anew_under_a_new_number(letters: Fact) -> None:
    write(A)
    first = sync("letters", ["A"])
    write(B)
    second = sync("letters", ["B"])
    shutil.rmtree(LakeTable(letters).folder)
    write(("C", "02", 1, True, A[4]))
    third = sync("letters", ["C"])
    assert first < second < third
    assert [row[0] for row in in_lake()] == ["A", "B", "C"]
    assert compare_with_database("letters").agrees


def test_rebuild_equals_what_following_gave(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    followed = in_lake()
    rebuild("letters")
    assert (in_lake(), compare_with_database("letters").agrees) == (followed, True)


def test_rebuild_of_an_empty_table_leaves_no_rows(letters: Fact) -> None:
    write(A)
    sync("letters", ["A"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM letter")
    rebuild("letters")
    assert in_lake() == []


def test_comparison_names_what_differs(letters: Fact) -> None:
    write(A, B)
    sync("letters", ["A", "B"])
    write(("B", "024", 7, None, B[4]), ("C", "02", 1, True, A[4]))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM letter WHERE code = 'A'")
    found = {(one.key, one.kind) for one in compare_with_database("letters").differences}
    expected = {("A", "not in the database"), ("B", "different"), ("C", "missing in the warehouse")}
    assert found == expected


def test_many_small_syncs_are_compacted(letters: Fact) -> None:
    for number in range(20):
        write((f"N{number:02}", "02", number, True, A[4]))
        version = sync("letters", [f"N{number:02}"])
    assert len(in_lake()) == 20
    assert len(LakeTable(letters).files(version)) <= 9


def test_a_fact_with_other_columns_is_rebuilt_by_an_update(letters: Fact) -> None:
    write(("A", "024", 1, True, "2026-03-02T02:00:00Z"))
    assert refresh_outdated() == ["letters"], "it had rows and no files"
    assert refresh_outdated() == []
    registry.remove(letters.name)
    weightless = [column for column in letters.columns if column.name != "weight"]
    registry.add(replace(letters, columns=tuple(weightless)))
    assert refresh_outdated() == ["letters"]
    assert published_table(registry.fact("letters")).column_names() == tuple(
        column.name for column in weightless
    )
    assert compare_with_database("letters").agrees


def test_a_fact_that_gains_a_column_reads_old_files_with_null_and_is_not_rebuilt(letters: Fact) -> None:
    registry.remove(letters.name)
    weightless = [column for column in letters.columns if column.name != "weight"]
    before = registry.add(replace(letters, columns=tuple(weightless)))
    write(A, B, ("C", "02", 7, True, A[4]))
    version = rebuild(before.name)
    registry.remove(letters.name)
    registry.add(letters)
    assert refresh_outdated() == []
    assert (data_version("letters"), published_table(letters).folder_name) == (version, "")
    assert in_lake() == [("A", None, True, JANUARY), ("B", None, None, FEBRUARY), ("C", None, True, JANUARY)]
    assert compare_with_database("letters").agrees
    write(("A", "02", 9, True, A[4]), ("D", "02", 3, True, B[4]))
    sync("letters", ["A", "D"])
    rows = {code: weight for code, weight, *_ in in_lake()}
    assert rows["A"] == 9
    assert rows["D"] == 3
    assert rows["B"] is None, "nobody changed it"
    assert query(f"SELECT count(*) FROM {relation_sql('letters', version)} WHERE weight IS NULL") == [(3,)]
    assert fill_gained_columns() == ["letters"]
    assert [(code, weight) for code, weight, *_ in in_lake()] == [
        ("A", 9),
        ("B", None),
        ("C", 7),
        ("D", 3),
    ]
    assert fill_gained_columns() == []
