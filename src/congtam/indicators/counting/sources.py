"""What a statement reads: the rows of a data version, with columns of joined facts and of the rows next to them.

Definitions that use these, or the work calendar, rest on more than the rows of their fact: their figures are counted on
the lake, and are remembered only for the versions and the calendar they were counted with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from congtam.foundation.public import installation_notes
from congtam.indicators.compiling import calendar_functions
from congtam.indicators.compiling.conditions import Statement
from congtam.indicators.compiling.set_values import code_of
from congtam.indicators.counting.calendar_lists import calendar_lists
from congtam.indicators.counting.set_values import (
    parameter_codes,
    parameter_digest,
    set_value_join,
    set_value_lists,
)
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.language.functions import NEIGHBOURS
from congtam.warehouse import public as warehouse
from congtam.work_calendar.public import working_calendar

_LOOKED_UP: Final = re.compile(r"\bparameter\s*\(\s*'([a-z0-9_]+)'", re.IGNORECASE)


def source_sql(compiled: Statement, fact: warehouse.Fact, version: int) -> str:
    """DuckDB SQL, to be put after FROM, of the rows a statement reads."""
    base = warehouse.relation_sql(fact.name, version)
    if not compiled.derived:
        return base
    joined = {one.name: warehouse.relation_sql(one.fact) for one in fact.joins}
    return derived_relation(base, fact, compiled.derived, joined=joined)


def derived_relation(
    base: str, fact: warehouse.Fact, derived: Iterable[str], *, joined: Mapping[str, str]
) -> str:
    """The rows of ``base`` with derived columns such as ``dossier__channel`` and ``previous__finished_at``."""
    columns, used = [], set()
    calendar = [name for name in sorted(derived) if name.startswith(calendar_functions.PREFIX)]
    looked_up = [name for name in sorted(derived) if code_of(name)]
    columns += [f"of_{code_of(name)}.{name}" for name in looked_up]
    for name in sorted({*derived} - {*calendar, *looked_up}):
        source, _, column = name.partition("__")
        if source in NEIGHBOURS:
            columns.append(
                f"{'lag' if source == 'previous' else 'lead'}(own.{column}) OVER by_group AS {name}"
            )
        else:
            used.add(source)
            columns.append(f"{source}.{column} AS {name}")
    joins = "".join(
        f" LEFT JOIN {joined[one.name]} AS {one.name} ON {one.name}.{warehouse.fact(one.fact).key} = own.{one.column}"
        for one in fact.joins
        if one.name in used
    )
    joins += "".join(set_value_join(code, fact.unit) for code in parameter_codes(looked_up))
    if calendar:
        joins += f" CROSS JOIN {calendar_relation(calendar)} AS calendar"
        columns.append("calendar.*")
    order = ", ".join(f"own.{name}" for name in (*fact.order, fact.key))
    window = f" WINDOW by_group AS (PARTITION BY own.{fact.group} ORDER BY {order})" if fact.order else ""
    return f"(SELECT own.*, {', '.join(columns)} FROM {base} AS own{joins}{window})"  # noqa: S608 - declared names


def calendar_relation(columns: Iterable[str]) -> str:
    """One row that holds lists of the calendar, from parameters of their names."""
    names = [name.removeprefix(calendar_functions.PREFIX) for name in columns]
    values = [
        f"CAST(${name} AS DATE)" if name == calendar_functions.FIRST_DAY else f"${name}" for name in names
    ]
    selected = ", ".join(
        f"{value} AS {calendar_functions.PREFIX}{name}" for value, name in zip(values, names, strict=True)
    )
    return f"(SELECT {selected})"


def derived_parameters(compiled: Statement) -> Mapping[str, Any]:
    """The lists of the work calendar in force, and of parameters, where a statement counts by them."""
    names = [name for name in compiled.derived if name.startswith(calendar_functions.PREFIX)]
    lists = calendar_lists(working_calendar()) if names else {}
    days = {name: lists[name] for name in (one.removeprefix(calendar_functions.PREFIX) for one in names)}
    return {**days, **set_value_lists(parameter_codes(compiled.derived))}


def used_joins(fact: warehouse.Fact, texts: Iterable[str]) -> tuple[warehouse.Join, ...]:
    """The joins whose columns expressions name; said of the texts as written: where in doubt, it is used."""
    whole = " ".join(texts)
    return tuple(join for join in fact.joins if f"{join.name}." in whole)


def further_sources(one: Definition) -> dict[str, str]:
    """What a figure rests on besides the rows of its fact: the calendar's edition, versions of joined facts."""
    if one.rests_on_own_rows:
        return {}
    joins = used_joins(warehouse.fact(one.fact), one.expressions)
    versions = {join.fact: str(warehouse.data_version(join.fact)) for join in joins}
    codes = sorted({code for text in one.expressions for code in _LOOKED_UP.findall(text)})
    set_values = {f"parameter.{code}": parameter_digest(code) for code in codes}
    return {"calendar": str(installation_notes().get("calendar_edition", "")), **versions, **set_values}
