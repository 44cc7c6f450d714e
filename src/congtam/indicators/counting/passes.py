"""One pass over a data version for flows or stocks: the parts in each row of its result."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from congtam.indicators.compiling.compiler import Pass, compile_pass
from congtam.indicators.compiling.conditions import sql_over
from congtam.indicators.counting.sources import source_sql
from congtam.indicators.counting.statement_values import pass_parameters, select_used_parameters
from congtam.indicators.counting.windows import PartsByBucket, PartsByWindow, Piece
from congtam.indicators.definitions.shipped import checked_definition, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts, RowDigest, canonical_number
from congtam.warehouse import public as warehouse

FEW_UNITS: Final = 64
"""Up to so many units are named in the pass, so that other units' rows are not counted."""


def add_pass(
    parts: PartsByWindow, definitions: Sequence[Definition], pieces: Sequence[Piece], *, version: int
) -> None:
    """Add the parts of all flows, or of all stocks, in pieces that have the same weights."""
    weights = pieces[0].weights
    if not weights:
        return
    fact = warehouse.fact(definitions[0].fact)
    compiled = compile_pass(
        tuple(checked_definition(one) for one in definitions),
        columns_of(fact),
        some_units=len(weights) <= FEW_UNITS,
        windows=len(pieces),
    )
    sql = sql_over(compiled.sql, source_sql(compiled, fact, version))
    for row in warehouse.query(sql, select_used_parameters(pass_parameters(pieces), compiled)):
        buckets = weights.get(row[0])
        if buckets is not None:
            for (code, number), unit_parts in result_parts(compiled, row).items():
                _add_unit_parts(parts[pieces[number].window][code], buckets, unit_parts)


def result_parts(compiled: Pass, row: tuple[Any, ...]) -> dict[tuple[str, int], Parts]:
    """The parts in one result row, by indicator and number of the window."""
    width = 3 if compiled.has_digests else 1
    sums_at = compiled.leading + compiled.condition_count * width
    parts: dict[tuple[str, int], Parts] = {}
    for key, position in compiled.positions.items():
        members = row[compiled.leading + position.denominator * width :][:width]
        selected = row[compiled.leading + position.numerator * width :][:width]
        numerator = selected[0] if position.total is None else row[sums_at + position.total]
        divisor = members[0] if position.divisor is None else row[sums_at + position.divisor]
        parts[key] = Parts(
            _to_number(numerator), _to_number(divisor), _row_digest(selected[1:]), _row_digest(members[1:])
        )
    return parts


def _add_unit_parts(
    by_bucket: PartsByBucket, buckets: Sequence[tuple[str, Decimal]], unit_parts: Parts
) -> None:
    """Add a unit's parts to its buckets; without rows it leaves no trace."""
    for bucket, weight in buckets if unit_parts.has_rows else ():
        share = unit_parts.scale_by(weight)
        by_bucket[bucket] = by_bucket[bucket] + share if bucket in by_bucket else share


def _to_number(value: Any) -> int | Decimal:
    if value is None:
        return 0
    return value if isinstance(value, int) else canonical_number(Decimal(str(value)))


def _row_digest(halves: Sequence[int | None]) -> RowDigest:
    return RowDigest(*((half or 0) for half in halves)) + RowDigest() if halves else RowDigest()
