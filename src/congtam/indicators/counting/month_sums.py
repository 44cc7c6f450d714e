"""Sums by unit and month, of which cells are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from congtam.indicators.compiling.compiler import compile_pass
from congtam.indicators.compiling.conditions import Checked, sql_over
from congtam.indicators.counting.passes import result_parts
from congtam.indicators.definitions.shipped import checked, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts
from congtam.warehouse import public as warehouse


def month_sums(definitions: Iterable[Definition], relation: str) -> Mapping[tuple[str, str, date], Parts]:
    """Parts by definition code, unit and month over a relation; no scope, no weights."""
    by_period: dict[str, list[Checked]] = defaultdict(list)
    for one in definitions:
        by_period[one.period].append(checked(one))
    sums: dict[tuple[str, str, date], Parts] = {}
    for group in by_period.values():
        fact = warehouse.fact(group[0].definition.fact)
        compiled = compile_pass(tuple(group), columns_of(fact), by_month=True)
        for row in warehouse.query(sql_over(compiled.sql, relation)):
            for (code, _window), parts in result_parts(compiled, row).items():
                sums[code, row[0], row[1]] = parts
    return sums
