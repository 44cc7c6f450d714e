"""The rows that show a red flag (dấu hiệu cần kiểm tra), beside how many could be expected; always for an actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa

from congtam.foundation.public import Actor
from congtam.indicators.compiling.conditions import Columns, Statement
from congtam.indicators.compiling.flags import CheckedFlag, check_flag, compile_flag, compile_tally
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.reading import ReaderRows, fetch_table
from congtam.indicators.counting.scopes import require_all_visible, require_visible, unit_scope, units_scope
from congtam.indicators.counting.sources import used_joins
from congtam.indicators.counting.visibility import RowsNotVisible
from congtam.indicators.counting.windows import Window, cut_window
from congtam.indicators.definitions.flag_file import all_flag_definitions, flag_definitions
from congtam.indicators.definitions.shipped import columns_of, vocabulary
from congtam.indicators.domain.excess import Tally, offices_in_excess
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.flags import FlagDefinition
from congtam.indicators.domain.receipts import Parts, RowDigest
from congtam.indicators.domain.scope import Scope
from congtam.indicators.rows.listing import Row
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse


@dataclass(frozen=True, kw_only=True)
class FlagResult:
    """What one red flag found (kết quả dấu hiệu).

    ``figure`` counts every row that shows it, with a receipt. ``codes`` names the rows to look at, the strongest
    first: all of them, or, where there is a number to expect, those of the ``offices`` that exceed it. ``peers`` is
    None where nobody was compared with.
    """

    definition: FlagDefinition
    figure: Figure
    codes: tuple[str, ...]
    rows: tuple[Row, ...]
    tally: Tally
    peers: Tally | None
    offices: frozenset[str]

    @property
    def count(self) -> int:
        """How many rows are named."""
        return len(self.codes)

    @property
    def is_compared(self) -> bool:
        """Whether there is a number to expect."""
        return bool(self.definition.beside)

    @property
    def expected_by_peers(self) -> float | None:
        """How many there would be at the rate of the peers."""
        return None if self.peers is None else self.tally.expected_of(self.peers)


def flag_results(
    *,
    unit: str,
    period: Period,
    to: Actor,
    map_on: date | None = None,
    limit: int = 50,
    peers: Sequence[str] = (),
    edition: int | None = None,
) -> list[FlagResult]:
    """Every red flag with the rows that show it, the strongest first, and the first rows in full.

    ``peers`` are the units to compare with; the actor must see them all. ``edition`` names the versions of the flags
    that an earlier method drew its sample by.
    """
    require_visible(unit, to)
    others = [code for code in peers if code != unit]
    require_all_visible(others, to)
    window = window_of(period)
    scope = unit_scope(unit, period, map_on)
    other_scope = units_scope(others, period, map_on) if others else None
    results = []
    for one in flag_definitions(edition):
        flagged = _Flagged.count(one, window, scope, to=to)
        compared = _Flagged.tally_of(one, window, other_scope, to=to) if other_scope and one.beside else None
        results.append(_flag_result(flagged, compared, unit=unit, map_on=map_on, limit=limit))
    return results


def flag_figure(
    flag: FlagDefinition, *, unit: str, window: Window, scope: Scope, map_on: date | None, to: Actor
) -> Figure:
    """The number of rows that show a flag, counted on the data of now; RowsNotVisible."""
    flagged = _Flagged.count(flag, window, scope, to=to)
    return flagged.figure(unit, map_on)


def flag_keys(flag: FlagDefinition, window: Window, scope: Scope, *, version: int, to: Actor) -> list[str]:
    """The keys of all rows that show a flag in a data version and that the actor may see."""
    source = ReaderRows(fact=warehouse.fact(flag.fact), version=version, to=to, texts=flag.expressions)
    return sorted(
        _fetch_flagged(flag, window, scope, source=source)[warehouse.fact(flag.fact).key].to_pylist()
    )


def find_flag(code: str, version: int) -> FlagDefinition | None:
    """The flag of that code and version, else the newest of that code; None for what is no flag."""
    versions = [one for one in all_flag_definitions() if one.code == code]
    exact = [one for one in versions if one.version == version]
    return max(exact or versions, key=lambda one: one.version, default=None)


@dataclass(frozen=True, kw_only=True)
class _Flagged:
    """The rows of a scope that show a flag, and the tallies of its units."""

    flag: FlagDefinition
    window: Window
    scope: Scope
    version: int
    table: pa.Table
    tallies: Mapping[str, Tally]
    among: RowDigest

    @classmethod
    def count(cls, flag: FlagDefinition, window: Window, scope: Scope, *, to: Actor) -> _Flagged:
        """Count them, or RowsNotVisible when any of the counted rows is hidden from the actor."""
        version = warehouse.data_version(flag.fact)
        _require_none_hidden(flag, window, scope, version=version, to=to)
        source = ReaderRows(fact=warehouse.fact(flag.fact), version=version, to=to, texts=flag.expressions)
        table = _fetch_flagged(flag, window, scope, source=source)
        tallies, among = _tally_by_unit(flag, window, scope, source=source)
        return cls(
            flag=flag, window=window, scope=scope, version=version, table=table, tallies=tallies, among=among
        )

    @staticmethod
    def tally_of(flag: FlagDefinition, window: Window, scope: Scope, *, to: Actor) -> Tally:
        version = warehouse.data_version(flag.fact)
        source = ReaderRows(fact=warehouse.fact(flag.fact), version=version, to=to, texts=flag.expressions)
        tallies, _ = _tally_by_unit(flag, window, scope, source=source)
        return sum(tallies.values(), Tally())

    def figure(self, unit: str, map_on: date | None) -> Figure:
        """How many rows show it, out of those that can, with a receipt."""
        high, low = (sum(self.table[name].to_pylist()) for name in warehouse.HASH_COLUMNS)
        rows = RowDigest(high, low)
        among = sum(tally.among for tally in self.tallies.values())
        parts = Parts(self.table.num_rows, self.table.num_rows, rows, rows)
        if self.flag.among:
            parts = Parts(self.table.num_rows, among, rows, self.among)
        return Figure(
            definition=self.flag.definition,
            unit=unit,
            period=self.window.period,
            map_on=map_on,
            as_of=self.window.as_of,
            data_version=self.version,
            scope_digest=self.scope.digest,
            parts=parts,
        )


def _flag_result(
    flagged: _Flagged, peers: Tally | None, *, unit: str, map_on: date | None, limit: int
) -> FlagResult:
    fact = warehouse.fact(flagged.flag.fact)
    units, keys = (flagged.table[name].to_pylist() for name in (fact.unit, fact.key))
    is_compared = bool(flagged.flag.beside)
    offices = offices_in_excess(flagged.tallies, peers) if is_compared else frozenset(units)
    places = [place for place, office in enumerate(units) if office in offices]
    shown = flagged.table.take(pa.array(places[:limit], pa.int64())).drop_columns(
        list(warehouse.HASH_COLUMNS)
    )
    return FlagResult(
        definition=flagged.flag,
        figure=flagged.figure(unit, map_on),
        codes=tuple(keys[place] for place in places),
        rows=tuple(shown.to_pylist()),
        tally=sum(flagged.tallies.values(), Tally()),
        peers=peers,
        offices=offices,
    )


@cache
def _checked_flag(flag: FlagDefinition) -> CheckedFlag:
    return check_flag(flag, vocabulary(warehouse.fact(flag.fact)))


@cache
def _compile_statements(flag: FlagDefinition) -> tuple[Statement, Statement]:
    """The statement that lists and the one that tallies."""
    fact = warehouse.fact(flag.fact)
    columns: Columns = columns_of(fact)
    shown = tuple(column.name for column in fact.shown_columns)
    return compile_flag(_checked_flag(flag), columns=columns, shown=shown), compile_tally(
        _checked_flag(flag), columns=columns
    )


def _require_none_hidden(
    flag: FlagDefinition, window: Window, scope: Scope, *, version: int, to: Actor
) -> None:
    fact = warehouse.fact(flag.fact)
    row_filter = fact.visible_sql(to)
    joined = [warehouse.fact(join.fact) for join in used_joins(fact, flag.expressions)]
    sees_joined = all(one.visible_sql(to).is_everything for one in joined)
    if sees_joined and row_filter.sees_all_of(frozenset(share.unit_code for share in scope.shares)):
        return
    source = ReaderRows(
        fact=warehouse.fact(flag.fact), version=version, to=to, texts=flag.expressions, to_hidden=True
    )
    tallies, _ = _tally_by_unit(flag, window, scope, source=source)
    if tallies or _fetch_flagged(flag, window, scope, source=source).num_rows:
        raise RowsNotVisible


def _fetch_flagged(flag: FlagDefinition, window: Window, scope: Scope, *, source: ReaderRows) -> pa.Table:
    listing, _ = _compile_statements(flag)
    pieces = cut_window(flag.period, window, scope)
    return pa.concat_tables(fetch_table(listing, piece, source) for piece in pieces)


def _tally_by_unit(
    flag: FlagDefinition, window: Window, scope: Scope, *, source: ReaderRows
) -> tuple[dict[str, Tally], RowDigest]:
    """The tallies by unit and the digest of the rows among which the sign can be; nothing for a flag without them."""
    tallies: dict[str, Tally] = {}
    among = RowDigest()
    if not flag.among:
        return tallies, among
    fact = warehouse.fact(flag.fact)
    _, tallying = _compile_statements(flag)
    for piece in cut_window(flag.period, window, scope):
        for row in fetch_table(tallying, piece, source).to_pylist():
            counts = (int(row[name]) for name in ("among", "seen", "beside", "without_time"))
            tallies[row[fact.unit]] = tallies.get(row[fact.unit], Tally()) + Tally(*counts)
            among += RowDigest(*(int(row[f"among_{name}"]) for name in warehouse.HASH_COLUMNS))
    return tallies, among
