"""The indicator engine against hand-written DuckDB SQL, on the same Delta files, in the same process.

A lake of synthetic dossiers is written by numpy (fixed seed) into build/bench-engine. Every comparison checks that both
sides give the same numbers before it is timed. "with receipts" also adds up the digests of the rows, which a figure
needs and a plain query does not have.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from bench.rounds import alternate, median, percentile, table

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "build" / "bench-engine"
QUARTER: Final = {"start": "2024-04-01", "end": "2024-07-01"}
YEAR: Final = {"start": "2024-01-01", "end": "2025-01-01"}
TEN: Final = (
    "dossiers.received",
    "dossiers.finished",
    "dossiers.on_time_rate",
    "dossiers.on_time_rate_by_date",
    "dossiers.early_rate",
    "dossiers.late",
    "dossiers.online_filing_rate",
    "dossiers.online_payment_rate",
    "dossiers.digitised_result_rate",
    "dossiers.supplement_rate",
    "dossiers.working_days_mean",
)
FINISHED: Final = "finished_on >= DATE '{start}' AND finished_on < DATE '{end}' AND finished_at IS NOT NULL"
RECEIVED: Final = "received_on >= DATE '{start}' AND received_on < DATE '{end}'"


@dataclass(frozen=True)
class Case:
    """One question asked both ways."""

    name: str
    by_hand: str
    by_engine: Callable[..., tuple[str, dict[str, str]]]
    checked_columns: Callable[..., list[tuple[Any, ...]]]
    """The engine's rows in the columns of the hand-written ones."""


def set_up(folder: Path) -> None:
    """Make Django ready with the bench's own data folder; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    os.environ["CONGTAM_DATA_DIR"] = str(folder)
    import django

    django.setup()


def hand_written_ten() -> str:
    """Eleven indicators by unit for a year, as a person would write them."""
    done, came = FINISHED.format(**YEAR), RECEIVED.format(**YEAR)
    conditions = [
        came,
        done,
        f"{done} AND (due_at IS NULL OR finished_at <= due_at)",
        f"{done} AND (due_on IS NULL OR finished_on <= due_on)",
        f"{done} AND finished_on < due_on",
        f"{done} AND finished_at > due_at",
        f"{came} AND channel = 'online'",
        f"{came} AND fee_dong > 0 AND payment <> 'unknown'",
        f"{came} AND fee_dong > 0 AND payment = 'online'",
        f"{done} AND result_digitised IS NOT NULL",
        f"{done} AND result_digitised",
        f"{came} AND supplement_count >= 1",
        f"{done} AND working_days IS NOT NULL",
    ]
    counts = ", ".join(f"count(*) FILTER (WHERE {one})" for one in conditions)
    total = f"sum(working_days) FILTER (WHERE {done})"
    return f"SELECT unit_code, {counts}, {total} FROM fact_rows WHERE ({done}) OR ({came}) GROUP BY unit_code"


def first_version(code: str) -> Any:
    """The definition of version 1: the questions stay those of earlier tables, whatever the catalogue says now."""
    from congtam.indicators.definitions.shipped import all_definitions

    return next(one for one in all_definitions() if (one.code, one.version) == (code, 1))


def cases() -> list[Case]:
    """The questions of the table."""
    from bench.fact_rows import YEARS
    from congtam.indicators.compiling.compiler import compile_pass
    from congtam.indicators.definitions.shipped import checked_definition, columns_of
    from congtam.warehouse.public import fact

    columns = columns_of(fact("dossiers"))
    rate, ten = (
        (checked_definition(first_version("dossiers.on_time_rate")),),
        tuple(checked_definition(first_version(one)) for one in TEN),
    )
    on_time = "count(*) FILTER (WHERE due_at IS NULL OR finished_at <= due_at)"

    def one_quarter(*, digests: bool) -> tuple[str, dict[str, str]]:
        return compile_pass(rate, columns, digests=digests).sql, QUARTER

    def one_year(*, digests: bool) -> tuple[str, dict[str, str]]:
        return compile_pass(ten, columns, digests=digests).sql, YEAR

    def by_month(*, digests: bool) -> tuple[str, dict[str, str]]:
        return compile_pass(rate, columns, digests=digests, by_month=True).sql, {}

    def plain(leading: int) -> Callable[..., list[tuple[Any, ...]]]:
        def columns_without_digests(rows: Any, *, digests: bool) -> list[tuple[Any, ...]]:
            step = 3 if digests else 1
            tail = 1 if leading == 1 and rows and len(rows[0]) > 2 * step + 2 else 0
            end = len(rows[0]) - tail
            return [(*row[:leading], *row[leading:end:step], *row[end:]) for row in rows]

        return columns_without_digests

    return [
        Case(
            "on-time rate by unit, one quarter",
            f"SELECT unit_code, count(*), {on_time} FROM fact_rows WHERE {FINISHED.format(**QUARTER)} GROUP BY 1",
            one_quarter,
            plain(1),
        ),
        Case("eleven indicators by unit, one year", hand_written_ten(), one_year, plain(1)),
        Case(
            f"on-time rate by unit and month, {YEARS} years",
            f"SELECT unit_code, date_trunc('month', finished_on)::DATE, count(*), {on_time} FROM fact_rows"
            " WHERE finished_at IS NOT NULL GROUP BY 1, 2",
            by_month,
            plain(2),
        ),
    ]


def compare(relation: str, rounds: int) -> list[list[str]]:
    """Each question by hand, by the engine, and by the engine with receipts."""
    from congtam.indicators.compiling.conditions import sql_over
    from congtam.warehouse.public import query

    rows = []
    for case in cases():
        by_hand = sql_over(case.by_hand, relation)

        def ask_engine(*, digests: bool, case: Case = case) -> list[tuple[Any, ...]]:
            sql, parameters = case.by_engine(digests=digests)
            return query(sql_over(sql, relation), parameters)

        expected = sorted(query(by_hand))
        for digests in (False, True):
            found = sorted(case.checked_columns(ask_engine(digests=digests), digests=digests))
            if normal(found) != normal(expected):
                raise SystemExit(f"{case.name}: the engine and the hand-written SQL differ")
        works = [
            lambda sql=by_hand: query(sql),
            lambda ask=ask_engine: ask(digests=False),
            lambda ask=ask_engine: ask(digests=True),
        ]
        hand, engine, receipts = alternate(works, rounds=rounds)
        rows.append(
            [
                case.name,
                milliseconds(hand),
                milliseconds(engine),
                f"{median(engine) / median(hand):.2f} ×",
                milliseconds(receipts),
                f"{median(receipts) / median(hand):.2f} ×",
            ]
        )
    return rows


def normal(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Nothing counted is 0, whether said as 0 or as NULL."""
    return [tuple(0 if value is None else value for value in row) for row in rows]


def milliseconds(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{1000 * median(times):.1f} / {1000 * percentile(times, 0.95):.1f}"


def overheads(relation: str, lake: Any, version: int, *, rounds: int) -> list[list[str]]:
    """Compiling, listing rows, and following a change."""
    from congtam.indicators.compiling.compiler import compile_pass
    from congtam.indicators.compiling.conditions import sql_over
    from congtam.indicators.compiling.listing import compile_rows, order_of
    from congtam.indicators.definitions.shipped import checked_definition, columns_of, vocabulary
    from congtam.warehouse.public import query_arrow

    fact = lake.fact
    columns = columns_of(fact)
    one, ten = (
        checked_definition(first_version("dossiers.on_time_rate")),
        tuple(checked_definition(first_version(each)) for each in TEN),
    )
    order = order_of("", "finished_on", vocabulary(fact))
    shown = tuple(column.name for column in fact.shown_columns)
    page = compile_rows(one, columns, order, part="numerator", shown=shown, goes_on=False)
    asked = {**YEAR, "units": [f"{number:05}" for number in range(20)], "limit": 50}

    def compile_anew(definitions: tuple[Any, ...]) -> object:
        compile_pass.cache_clear()
        return compile_pass(definitions, columns)

    times = alternate(
        [
            lambda: compile_anew((one,)),
            lambda: compile_anew(ten),
            lambda: compile_pass(ten, columns),
            lambda: query_arrow(sql_over(page.sql, relation), asked),
        ],
        rounds=max(rounds, 20),
    )
    names = (
        "compile one definition, not seen before (aim ≤ 3 ms)",
        "compile eleven definitions, not seen before",
        "compile, seen before (aim ≤ 3 ms)",
        "50 rows behind a figure of 20 units, one year (aim ≤ 50 ms)",
    )
    rows = [[name, milliseconds(one_time)] for name, one_time in zip(names, times, strict=True)]
    return [*rows, *following(lake, version, rounds=rounds)]


def following(lake: Any, version: int, *, rounds: int) -> list[list[str]]:
    """Merge changed rows into the lake, and count what that changes in the cells."""
    from congtam.indicators.counting.month_sums import month_sums
    from congtam.indicators.definitions.shipped import all_definitions
    from congtam.warehouse.lake.tables import REMOVED
    from congtam.warehouse.public import query_arrow
    from congtam.warehouse.queries import changed_file_relations, relation_sql_of_files

    counted = [one for one in all_definitions() if one.is_additive and one.fact == "dossiers"]
    relation = relation_sql_of_files(lake.fact, lake.files(version))
    months = "('2024-05-01', '2024-06-01')"
    sample = f"SELECT * FROM {relation} WHERE received_month IN {months} USING SAMPLE 40 ROWS (reservoir, 7)"
    chosen = query_arrow(sample)
    chosen = chosen.select(lake.fact.column_names)
    merging, counting = [], []
    for number in range(rounds):
        flipped = pa.array([hash((number, place)) for place in range(chosen.num_rows)], pa.int64())
        place = chosen.column_names.index("row_hash_low")
        changed = chosen.set_column(place, "row_hash_low", flipped)
        changed = changed.append_column(REMOVED, pa.array([False] * changed.num_rows))
        start = time.perf_counter()
        newer = lake.merge(changed, months=[date(2024, 5, 1), date(2024, 6, 1)])
        merged = time.perf_counter()
        gone, come = changed_file_relations(lake.fact, lake.files(version), lake.files(newer))
        month_sums(counted, gone)
        month_sums(counted, come)
        merging.append(merged - start)
        counting.append(time.perf_counter() - merged)
        version = newer
    return [
        ["merge 40 changed rows of two months into the lake", milliseconds(merging)],
        ["count what they change in the cells", milliseconds(counting)],
    ]


def main() -> None:
    """Build the lake, compare, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="emptied before and after")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    set_up(arguments.folder)
    from bench.many_dossiers import dossiers
    from congtam.warehouse.lake.tables import LakeTable
    from congtam.warehouse.public import fact
    from congtam.warehouse.queries import relation_sql_of_files

    lake = LakeTable(fact("dossiers"))
    version = lake.write_anew([dossiers(arguments.rows)])
    relation = relation_sql_of_files(lake.fact, lake.files(version))
    header = ("question", "by hand, ms", "engine, ms", "ratio", "with receipts, ms", "ratio")
    print(f"{arguments.rows:,} dossiers, {len(lake.files(version))} files; median / 95th percentile.\n")
    print(table(header, compare(relation, arguments.rounds)))
    print()
    print(table(("work", "ms"), overheads(relation, lake, version, rounds=arguments.rounds)))
    shutil.rmtree(arguments.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
