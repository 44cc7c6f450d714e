"""The rows behind a figure, and the rows that show a red flag; always for an actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

import pyarrow as pa

from congtam.foundation.public import Actor
from congtam.indicators.compiling.conditions import Statement
from congtam.indicators.compiling.expressions import check
from congtam.indicators.compiling.listing import compile_flag, compile_keys, compile_rows, order_of
from congtam.indicators.counting.evaluation import evaluate, window
from congtam.indicators.counting.lake_pass import Window, sql_over, values_of
from congtam.indicators.counting.scopes import require_visible, unit_scope
from congtam.indicators.counting.visibility import require_in_sight, require_units_in_sight
from congtam.indicators.definitions.flag_file import flag_definitions
from congtam.indicators.definitions.shipped import checked, columns_of, definition, vocabulary
from congtam.indicators.domain.definitions import Definition, Kind
from congtam.indicators.domain.flags import FlagDefinition
from congtam.indicators.domain.receipts import Number, Parts, plain
from congtam.indicators.domain.scope import Scope, Weights
from congtam.kernel.errors import DomainError
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

Part = Literal["numerator", "denominator", "rest"]
PARTS: Final = ("numerator", "denominator", "rest")
MOST_ROWS: Final = 500
Row = dict[str, Any]


class PartUnknown(DomainError):
    """A figure has a numerator, a denominator and the rest between them; nothing else."""

    code = "indicators.part_unknown"
    message = "“{part}” is not a part of a figure; use numerator, denominator or rest."


class PageMalformed(DomainError):
    """The place to go on from was not given out by us."""

    code = "indicators.page_malformed"
    message = "The list cannot go on from “{after}”; start again from its first page."


@dataclass(frozen=True, kw_only=True)
class RowPage:
    """Some rows behind a figure (danh sách hồ sơ), where the list goes on, and how many there are in all.

    On a bridged map a row may count in part: its ``weight`` says how much; the weights add up to ``total``.
    """

    rows: tuple[Row, ...]
    next: str | None
    total: Number


@dataclass(frozen=True, kw_only=True)
class FlagResult:
    """The rows that show a red flag (kết quả dấu hiệu): how many, all their keys, and the first rows in full."""

    definition: FlagDefinition
    count: int
    codes: tuple[str, ...]
    rows: tuple[Row, ...]


def rows(
    code: str,
    *,
    unit: str,
    period: Period,
    to: Actor,
    part: str = "numerator",
    after: str | None = None,
    limit: int = 50,
    map_on: date | None = None,
) -> RowPage:
    """One page of the rows behind a part of a figure, in order of time; ``after`` is the `next` of the page before."""
    one, place, scope, version = _asked(code, unit, period, part=part, to=to, map_on=map_on)
    parts = evaluate([one], {place: scope}, version=version)[one.code, place].get(unit, Parts())
    wanted = min(max(limit, 1), MOST_ROWS)
    listed = _listed(one, place, scope, part=part, after=_position(after), limit=wanted + 1, version=version)
    page = listed[:wanted]
    following = f"{_text(page[-1]['position'])}~{page[-1][_key(one)]}" if len(listed) > wanted else None
    return RowPage(rows=tuple(_shown(row) for row in page), next=following, total=_total(one, parts, part))


def row_keys(
    code: str, *, unit: str, period: Period, to: Actor, part: str = "numerator", map_on: date | None = None
) -> list[str]:
    """The keys of all rows behind a part of a figure."""
    one, place, scope, version = _asked(code, unit, period, part=part, to=to, map_on=map_on)
    return keys_at(one, place, scope, part=part, version=version)


def _asked(
    code: str, unit: str, period: Period, *, part: str, to: Actor, map_on: date | None
) -> tuple[Definition, Window, Scope, int]:
    """What is asked for and in which data version, once it is certain that the actor may see all of it."""
    if part not in PARTS:
        raise PartUnknown(part=part)
    require_visible(unit, to)
    one = definition(code, on=period.last_day)
    place, scope = window(period), unit_scope(unit, period, map_on)
    version = warehouse.data_version(one.fact)
    require_in_sight([one], {place: scope}, version=version, to=to)
    return one, place, scope, version


def keys_at(one: Definition, place: Window, scope: Scope, *, part: str, version: int) -> list[str]:
    """The keys of all rows of a part in a data version; the caller has checked who asks."""
    fact = warehouse.fact(one.fact)
    compiled = compile_keys(checked(one), columns_of(fact), part=part)
    keys: list[str] = []
    for piece in _pieces(one.period, place, scope):
        keys.extend(_table(compiled, piece, fact=fact, version=version)[fact.key].to_pylist())
    return sorted(keys)


def flags(
    *, unit: str, period: Period, to: Actor, map_on: date | None = None, limit: int = 50
) -> list[FlagResult]:
    """Every red flag with the rows that show it, the strongest rows first."""
    require_visible(unit, to)
    place, scope = window(period), unit_scope(unit, period, map_on)
    return [_flagged(one, place, scope, limit=limit, to=to) for one in flag_definitions()]


Piece = tuple[Window, Weights]


def _pieces(period_column: str, place: Window, scope: Scope) -> list[Piece]:
    """The window cut where the units change; a stock is taken on the map of its last day."""
    if not period_column:
        return [(place, scope.weights_on(place.period.last_day))]
    return [(Window(piece, place.as_of), weights) for piece, weights in scope.pieces(place.period)]


def _listed(
    one: Definition,
    place: Window,
    scope: Scope,
    *,
    part: str,
    after: tuple[str, str] | None,
    limit: int,
    version: int,
) -> list[Row]:
    """The first rows after a position, over all pieces, in order."""
    fact = warehouse.fact(one.fact)
    order = order_of(one.order, one.period or fact.month, vocabulary(fact))
    shown = tuple(column.name for column in fact.shown_columns)
    compiled = compile_rows(
        checked(one), columns_of(fact), order, part=part, shown=shown, goes_on=after is not None
    )
    extra: dict[str, Any] = {"limit": limit}
    if after is not None:
        extra |= {"after": after[0], "after_key": after[1]}
    found: list[Row] = []
    for piece in _pieces(one.period, place, scope):
        table = _table(compiled, piece, fact=fact, version=version, extra=extra)
        found.extend(_rows(table, piece[1], fact))
    found.sort(key=lambda row: (row["position"], row[fact.key]))
    return found[:limit]


def _table(
    compiled: Statement,
    piece: Piece,
    *,
    fact: warehouse.Fact,
    version: int,
    extra: Mapping[str, Any] | None = None,
) -> pa.Table:
    place, weights = piece
    parameters = {**values_of(place, weights), **(extra or {})}
    named = {name: value for name, value in parameters.items() if name in compiled.parameters}
    return warehouse.query_arrow(sql_over(compiled.sql, warehouse.relation(fact.name, version)), named)


def _rows(table: pa.Table, weights: Weights, fact: warehouse.Fact) -> Iterator[Row]:
    """Rows as dicts, each with its weight."""
    for row in table.to_pylist():
        row["weight"] = sum((weight for _, weight in weights[row[fact.unit]]), Decimal())
        yield row


def _total(one: Definition, parts: Parts, part: str) -> Number:
    """How many rows a part has; the numerator of a mean is a sum of values over all its rows."""
    selected = parts.denominator if one.kind == Kind.MEAN else parts.numerator
    if part == "numerator":
        return selected
    return parts.denominator if part == "denominator" else plain(parts.denominator - selected)


def _position(after: str | None) -> tuple[str, str] | None:
    """Read back what `next` gave out."""
    if after is None:
        return None
    place, separator, key = after.partition("~")
    try:
        datetime.fromisoformat(place)
    except ValueError:
        raise PageMalformed(after=after) from None
    if not separator or not key:
        raise PageMalformed(after=after)
    return place, key


def _text(position: datetime | date) -> str:
    return (position.astimezone(UTC) if isinstance(position, datetime) else position).isoformat()


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "position"} | {
        "weight": plain(row["weight"])
    }


def _key(one: Definition) -> str:
    return warehouse.fact(one.fact).key


@cache
def _compiled_flag(flag: FlagDefinition) -> Statement:
    fact = warehouse.fact(flag.fact)
    words = vocabulary(fact)
    return compile_flag(
        flag,
        check(flag.when, words),
        [check(one, words, wants=None) for one in flag.by],
        columns=columns_of(fact),
        shown=tuple(column.name for column in fact.shown_columns),
    )


def _flagged(flag: FlagDefinition, place: Window, scope: Scope, *, limit: int, to: Actor) -> FlagResult:
    fact = warehouse.fact(flag.fact)
    version = warehouse.data_version(fact.name)
    codes: list[str] = []
    shown: list[Row] = []
    for piece in _pieces(flag.period, place, scope):
        table = _table(_compiled_flag(flag), piece, fact=fact, version=version)
        require_units_in_sight(table[fact.unit].to_pylist(), to=to)
        codes.extend(table[fact.key].to_pylist())
        shown.extend(_shown(row) for row in _rows(table.slice(0, limit - len(shown)), piece[1], fact))
    return FlagResult(definition=flag, count=len(codes), codes=tuple(codes), rows=tuple(shown))
