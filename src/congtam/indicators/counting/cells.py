"""Cells: parts per unit and month, kept in the database and moved along with the data versions.

From one data version to the next only the files that went and the files that came are counted; a row that was copied
unchanged is in both and cancels out, because everything in a cell is an exact sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from congtam.indicators.counting.month_sums import cell_key, month_sums
from congtam.indicators.definitions.shipped import all_definitions, definitions_digest
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts, RowDigest, canonical_number
from congtam.indicators.domain.scope import Scope
from congtam.indicators.models import CachedResult, Cell, CellState
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

PartsByMonth = dict[tuple[str, date], Parts]
_COLUMNS: Final = (
    "definition, unit_code, month, numerator, denominator, "
    "numerator_high, numerator_low, denominator_high, denominator_low"
)


def are_current(fact_name: str, version: int) -> bool:
    """Whether the cells stand for this data version and the definitions in use."""
    state = {"fact": fact_name, "data_version": version, "definitions_digest": definitions_digest(fact_name)}
    return CellState.objects.filter(**state).exists()


@transaction.atomic
def update_cells(fact_name: str, version: int) -> None:
    """Bring the cells of a fact to a data version; afresh when the definitions have changed."""
    digest = definitions_digest(fact_name)
    state = CellState.objects.select_for_update().filter(fact=fact_name).first()
    counted = [one for one in all_definitions() if one.fact == fact_name and one.has_cells]
    if state is not None and (state.data_version, state.definitions_digest) == (version, digest):
        return
    is_same_definitions = state is not None and state.definitions_digest == digest
    if state is None or not is_same_definitions or not _apply_version_difference(counted, state, version):
        _count_afresh(counted, fact_name, version)
    CachedResult.objects.filter(fact=fact_name).exclude(data_version=version).delete()
    CellState.objects.update_or_create(
        fact=fact_name, defaults={"data_version": version, "definitions_digest": digest}
    )


def monthly(definitions: Sequence[Definition], months: Period, scope: Scope) -> dict[str, PartsByMonth]:
    """Parts by definition code, then bucket and month, for a stretch of whole months."""
    codes = {cell_key(one): one.code for one in definitions}
    shares = scope.shares
    columns = (
        [one.unit_code for one in shares],
        [one.bucket for one in shares],
        [one.since for one in shares],
        [one.until for one in shares],
        [one.weight for one in shares],
    )
    parts_by_code: dict[str, PartsByMonth] = {one.code: {} for one in definitions}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [*columns, list(codes), months.start, months.end])
        for key, bucket, month, *sums in cursor.fetchall():
            parts_by_code[codes[key]][bucket, month] = _parts_from_sums(sums)
    return parts_by_code


def _parts_from_sums(sums: Sequence[Any]) -> Parts:
    numerator, denominator, *halves = sums
    high, low, all_high, all_low = (int(half) for half in halves)
    empty = RowDigest()
    return Parts(
        canonical_number(numerator),
        canonical_number(denominator),
        RowDigest(high, low) + empty,
        RowDigest(all_high, all_low) + empty,
    )


def _apply_version_difference(counted: Sequence[Definition], state: CellState, version: int) -> bool:
    """Apply the difference between two data versions; False where the older one can no longer be read."""
    try:
        gone, come = warehouse.changed_relations(state.fact, state.data_version, version)
        before, after = month_sums(counted, gone), month_sums(counted, come)
    except (warehouse.VersionGone, warehouse.EngineFailed):
        return False
    _apply_changes(before, after)
    return True


def _count_afresh(counted: Sequence[Definition], fact_name: str, version: int) -> None:
    """Count all rows of a data version."""
    Cell.objects.filter(definition__in=[cell_key(one) for one in counted]).delete()
    _apply_changes({}, month_sums(counted, warehouse.relation_sql(fact_name, version)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE indicators_cell")


def _apply_changes(
    gone: Mapping[tuple[str, str, date], Parts],
    come: Mapping[tuple[str, str, date], Parts],
) -> None:
    empty = Parts()
    rows = []
    for cell in gone.keys() | come.keys():
        before, after = gone.get(cell, empty), come.get(cell, empty)
        if before != after:
            rows.append((*cell, *_parts_difference(before, after)))
    if rows:
        _merge_cells(rows)


def _parts_difference(before: Parts, after: Parts) -> tuple[Any, ...]:
    numerator_rows = after.numerator_rows - before.numerator_rows
    denominator_rows = after.denominator_rows - before.denominator_rows
    return (
        after.numerator - before.numerator,
        after.denominator - before.denominator,
        numerator_rows.high,
        numerator_rows.low,
        denominator_rows.high,
        denominator_rows.low,
    )


def _merge_cells(rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS cell_change (LIKE indicators_cell) ON COMMIT DROP;"
            "ALTER TABLE cell_change ALTER COLUMN id DROP NOT NULL; TRUNCATE cell_change"
        )
        with cursor.copy(f"COPY cell_change ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(_MERGE)
        cursor.execute(_CLEAN)


_MERGE: Final = f"""
INSERT INTO indicators_cell AS kept ({_COLUMNS}) SELECT {_COLUMNS} FROM cell_change
ON CONFLICT (unit_code, month, definition) DO UPDATE SET
  numerator = kept.numerator + excluded.numerator,
  denominator = kept.denominator + excluded.denominator,
  numerator_high = mod(kept.numerator_high + excluded.numerator_high, 18446744073709551616),
  numerator_low = mod(kept.numerator_low + excluded.numerator_low, 18446744073709551616),
  denominator_high = mod(kept.denominator_high + excluded.denominator_high, 18446744073709551616),
  denominator_low = mod(kept.denominator_low + excluded.denominator_low, 18446744073709551616)
"""  # noqa: S608 - made of constants
_CLEAN: Final = """
DELETE FROM indicators_cell AS kept USING cell_change AS change
WHERE kept.definition = change.definition AND kept.unit_code = change.unit_code AND kept.month = change.month
  AND kept.denominator = 0 AND kept.numerator = 0
  AND kept.denominator_high = 0 AND kept.denominator_low = 0
"""
_READ: Final = """
SELECT cell.definition, share.bucket, cell.month,
  sum(cell.numerator * share.weight), sum(cell.denominator * share.weight),
  sum(cell.numerator_high), sum(cell.numerator_low), sum(cell.denominator_high), sum(cell.denominator_low)
FROM unnest(%s::text[], %s::text[], %s::date[], %s::date[], %s::numeric[])
  AS share (unit_code, bucket, since, until, weight)
JOIN indicators_cell AS cell ON cell.unit_code = share.unit_code
  AND cell.month >= share.since AND cell.month < share.until
WHERE cell.definition = ANY(%s) AND cell.month >= %s AND cell.month < %s
GROUP BY cell.definition, share.bucket, cell.month
"""
