"""Sums by unit and month, of which cells are made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from congtam.indicators.compiling.compiler import compile_pass
from congtam.indicators.compiling.conditions import Checked, sql_over
from congtam.indicators.counting.passes import result_parts
from congtam.indicators.definitions.shipped import checked_definition, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts
from congtam.warehouse import public as warehouse


def cell_key(one: Definition) -> str:
    """How a definition is named in its cells."""
    return f"{one.code}@{one.version}"


def month_sums(definitions: Iterable[Definition], relation: str) -> Mapping[tuple[str, str, date], Parts]:
    """Parts by cell key, unit and month over a relation; no scope, no weights.

    A pass tells its definitions apart by their codes: each version of one indicator is counted in a pass of its own.
    """
    passes: dict[tuple[str, int], list[Checked]] = defaultdict(list)
    earlier: Counter[str] = Counter()
    for one in definitions:
        passes[one.period, earlier[one.code]].append(checked_definition(one))
        earlier[one.code] += 1
    sums: dict[tuple[str, str, date], Parts] = {}
    for group in passes.values():
        keys = {each.definition.code: cell_key(each.definition) for each in group}
        fact = warehouse.fact(group[0].definition.fact)
        compiled = compile_pass(tuple(group), columns_of(fact), by_month=True)
        for row in warehouse.query(sql_over(compiled.sql, relation)):
            for (code, _window), parts in result_parts(compiled, row).items():
                sums[keys[code], row[0], row[1]] = parts
    return sums
