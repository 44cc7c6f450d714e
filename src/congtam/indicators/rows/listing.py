"""The rows behind a figure, page by page and by key; always for an actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

import pyarrow as pa

from congtam.foundation.public import Actor
from congtam.indicators.compiling.listing import (
    compile_identities,
    compile_row_counts,
    compile_rows,
    order_of,
)
from congtam.indicators.counting.evaluation import evaluate, window_of
from congtam.indicators.counting.hiding import smallest_group
from congtam.indicators.counting.reading import ReaderRows, fetch_table
from congtam.indicators.counting.scopes import require_visible, unit_scope
from congtam.indicators.counting.visibility import hidden_counts, require_rows_visible
from congtam.indicators.counting.windows import Window, cut_window
from congtam.indicators.counting.withholding import Withholding
from congtam.indicators.definitions.shipped import checked_definition, columns_of, definition, vocabulary
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.kinds import OUT_OF_ROWS, ROWS_COUNT, Kind
from congtam.indicators.domain.receipts import Number, Parts, canonical_number
from congtam.indicators.domain.scope import Scope, Weights
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

Part = Literal["numerator", "denominator", "rest"]
PARTS: Final = ("numerator", "denominator", "rest")
MOST_ROWS: Final = 500
Row = dict[str, Any]


class PartUnknown(DomainError):
    """A figure has a numerator, a denominator and the rest between them; nothing else."""

    code = "indicators.part_unknown"
    message = "“{part}” is not a part of a figure. Enter numerator, denominator or rest."


class RowsOfParts(DomainError):
    """A composition has no rows of its own: they are behind its parts."""

    code = "indicators.rows_of_parts"
    message = msgid("{code} is made of other indicators. Open the rows of: {parts}.")


class PageMalformed(DomainError):
    """The place to go on from was not given out by us."""

    code = "indicators.page_malformed"
    message = "The list cannot continue from “{after}”. Start again from the first page."


@dataclass(frozen=True, kw_only=True)
class FigureRowPage:
    """Some rows behind a figure (danh sách hồ sơ), where the list goes on, and how many there are in all.

    On a bridged map a row may count in part: its ``weight`` says how much; the weights add up to ``total``. ``hidden``
    rows of these are not listed: the fact shows them only to others. Of a withheld figure ``total`` and ``hidden`` are
    None, and the rows are those that the actor may see anyway.
    """

    rows: tuple[Row, ...]
    next: str | None
    total: Number | None
    hidden: int | None = 0


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
) -> FigureRowPage:
    """One page of the rows behind a part of a figure, in order of time; ``after`` is the `next` of the page before."""
    question = _resolve_request(code, unit, period, part=part, to=to, map_on=map_on)
    return _read_page(question, after=after, limit=limit)


def own_rows(
    code: str,
    *,
    unit: str,
    period: Period,
    to: Actor,
    part: str = "numerator",
    after: str | None = None,
    limit: int = 50,
    map_on: date | None = None,
) -> FigureRowPage:
    """The same for rows recorded at the unit itself, without those below it."""
    question = _resolve_request(code, unit, period, part=part, to=to, map_on=map_on, is_own=True)
    return _read_page(question, after=after, limit=limit)


@dataclass(frozen=True, kw_only=True)
class _Question:
    """Whose rows are listed, once it is certain that the actor may ask for them."""

    one: Definition
    window: Window
    scope: Scope
    unit: str
    part: str
    version: int
    map_on: date | None
    is_own: bool
    to: Actor

    @property
    def fact(self) -> warehouse.Fact:
        return warehouse.fact(self.one.fact)

    @property
    def is_withheld(self) -> bool:
        """Whether the figure itself is not shown to the actor."""
        withholding = Withholding(version=self.version, map_on=self.map_on, to=self.to)
        return withholding.of_unit(self.one, self.window, self.unit, is_own=self.is_own)


def _read_page(question: _Question, *, after: str | None, limit: int) -> FigureRowPage:
    page_size = min(max(limit, 1), MOST_ROWS)
    listed = _list_rows(question, after=_parse_position(after), limit=page_size + 1)
    page = listed[:page_size]
    following = (
        f"{_position_text(page[-1]['position'])}~{page[-1][question.fact.key]}"
        if len(listed) > page_size
        else None
    )
    total, hidden = _count_rows(question)
    return FigureRowPage(
        rows=tuple(shown_row(row) for row in page), next=following, total=total, hidden=hidden
    )


def _count_rows(question: _Question) -> tuple[Number | None, int | None]:
    """How many rows the part has, and how many of them are not listed."""
    if question.is_withheld:
        return None, None
    one, window, scope = question.one, question.window, question.scope
    parts = evaluate([one], {window: scope}, version=question.version)[one.code, window]
    total = _total_rows(one, parts.get(question.unit, Parts()), question.part)
    if total is None:
        total = _counted_rows(question)
    if smallest_group(one, to=question.to) is None:
        return total, 0
    hidden = hidden_counts(one, window, scope, part=question.part, version=question.version, to=question.to)
    return total, hidden.get(question.unit, 0)


def row_keys(
    code: str, *, unit: str, period: Period, to: Actor, part: str = "numerator", map_on: date | None = None
) -> list[str]:
    """The keys of all rows behind a part of a figure that the actor may see."""
    question = _resolve_request(code, unit, period, part=part, to=to, map_on=map_on)
    return row_keys_at_version(
        question.one, question.window, question.scope, part=part, version=question.version, to=to
    )


def _resolve_request(
    code: str,
    unit: str,
    period: Period,
    *,
    part: str,
    to: Actor,
    map_on: date | None,
    is_own: bool = False,
) -> _Question:
    """What is asked for; RowsNotVisible where the figure itself is refused."""
    if part not in PARTS:
        raise PartUnknown(part=part)
    require_visible(unit, to)
    one = definition(code, on=period.last_day)
    if one.is_composed:
        raise RowsOfParts(code=code, parts=", ".join(part.code for part in one.parts))
    window, scope = window_of(period), unit_scope(unit, period, map_on, is_own=is_own)
    version = warehouse.data_version(one.fact)
    require_rows_visible([one], {window: scope}, version=version, to=to)
    return _Question(
        one=one,
        window=window,
        scope=scope,
        unit=unit,
        part=part,
        version=version,
        map_on=map_on,
        is_own=is_own,
        to=to,
    )


def row_keys_at_version(
    one: Definition, window: Window, scope: Scope, *, part: str, version: int, to: Actor
) -> list[str]:
    """The keys of all rows of a part in a data version that the actor may see; the unit was checked before."""
    return sorted(key for key, _ in row_contents(one, window, scope, part=part, version=version, to=to))


def row_contents(
    one: Definition, window: Window, scope: Scope, *, part: str, version: int, to: Actor
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The same keys, each with the two halves of the digest of its row; in no order."""
    fact = warehouse.fact(one.fact)
    compiled = compile_identities(checked_definition(one), columns_of(fact), part=part)
    source = ReaderRows(fact=fact, version=version, to=to, texts=one.expressions)
    names = (fact.key, *warehouse.HASH_COLUMNS)
    for piece in cut_window(one.period, window, scope):
        table = fetch_table(compiled, piece, source)
        for key, high, low in zip(*(table[name].to_pylist() for name in names), strict=True):
            yield key, (high, low)


def _list_rows(question: _Question, *, after: tuple[str, str] | None, limit: int) -> list[Row]:
    """The first rows after a position, over all pieces, in order."""
    one, fact = question.one, question.fact
    order = order_of(one.order, one.period or fact.month, vocabulary(fact))
    shown = tuple(column.name for column in fact.shown_columns)
    compiled = compile_rows(
        checked_definition(one),
        columns_of(fact),
        order,
        part=question.part,
        shown=shown,
        goes_on=after is not None,
    )
    extra: dict[str, Any] = {"limit": limit}
    if after is not None:
        extra |= {"after": after[0], "after_key": after[1]}
    source = ReaderRows(fact=fact, version=question.version, to=question.to, texts=one.expressions)
    listed: list[Row] = []
    for piece in cut_window(one.period, question.window, question.scope):
        table = fetch_table(compiled, piece, source, extra=extra)
        listed.extend(_weighted_rows(table, piece.weights, fact))
    listed.sort(key=lambda row: (row["position"], row[fact.key]))
    return listed[:limit]


def _weighted_rows(table: pa.Table, weights: Weights, fact: warehouse.Fact) -> Iterator[Row]:
    """Rows as dicts, each with its weight."""
    for row in table.to_pylist():
        row["weight"] = sum((weight for _, weight in weights[row[fact.unit]]), Decimal())
        yield row


def _total_rows(one: Definition, parts: Parts, part: str) -> Number | None:
    """How many rows a part has, as far as the parts say; the numerator of a mean is a sum of values over all rows."""
    if one.kind not in OUT_OF_ROWS or (one.kind == Kind.SUM and part != "denominator"):
        return None
    selected = parts.numerator if one.kind in ROWS_COUNT else parts.denominator
    if part == "numerator":
        return selected
    return parts.denominator if part == "denominator" else canonical_number(parts.denominator - selected)


def _counted_rows(question: _Question) -> Number:
    """How many rows a part has, each with its weight; also those that are not listed."""
    one, fact = question.one, question.fact
    compiled = compile_row_counts(checked_definition(one), columns_of(fact), part=question.part)
    source = ReaderRows(fact=fact, version=question.version, to=None)
    total = Decimal()
    for piece in cut_window(one.period, question.window, question.scope):
        for row in fetch_table(compiled, piece, source).to_pylist():
            total += row["rows"] * sum((weight for _, weight in piece.weights[row[fact.unit]]), Decimal())
    return canonical_number(total)


def _parse_position(after: str | None) -> tuple[str, str] | None:
    """Read back what `next` gave out."""
    if after is None:
        return None
    position, separator, key = after.partition("~")
    try:
        datetime.fromisoformat(position)
    except ValueError:
        raise PageMalformed(after=after) from None
    if not separator or not key:
        raise PageMalformed(after=after)
    return position, key


def _position_text(position: datetime | date) -> str:
    return (position.astimezone(UTC) if isinstance(position, datetime) else position).isoformat()


def shown_row(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "position"} | {
        "weight": canonical_number(row["weight"])
    }
