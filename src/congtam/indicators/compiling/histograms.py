"""The values of many windows at once, for medians: one pass instead of one per window."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.conditions import (
    RELATION,
    Checked,
    Columns,
    Statement,
    both,
    bound,
    column,
    members,
    statement,
    window,
)

_KEYS: Final = ("window_number", "bucket", "chosen_value")


@lru_cache(maxsize=64)
def compile_histograms(checked: Checked, columns: Columns) -> Statement:
    """How many rows each window and bucket has of each value, with the digest sums of these rows.

    A result row is: window number, bucket, value, rows, the two digest sums. Windows are the list parameters
    ``windows``, ``starts`` and ``ends``; ``start`` and ``end`` span them all. Units go whole to a bucket by the
    list parameters ``units`` and ``buckets``.
    """
    if checked.value is None:
        raise ValueError(f"{checked.definition.code} has no value expression")
    period = column(checked.definition.period)
    first, end = exp.column("first_day", table="spans"), exp.column("end_day", table="spans")
    in_span = both(exp.GTE(this=period.copy(), expression=first), exp.LT(this=period.copy(), expression=end))
    in_bucket = exp.EQ(this=column(columns.unit), expression=exp.column("of_unit", table="whole"))
    rows = (
        exp.select(
            exp.column("window_number", table="spans"),
            exp.column("bucket", table="whole"),
            exp.alias_(bound(checked.value.tree), "chosen_value"),
            exp.alias_(column(columns.high), "high"),
            exp.alias_(column(columns.low), "low"),
        )
        .from_(RELATION)
        .join(
            _listed({"window_number": "windows", "first_day": "starts", "end_day": "ends"}, "spans"),
            on=in_span,
        )
        .join(_listed({"of_unit": "units", "bucket": "buckets"}, "whole"), on=in_bucket)
        .where(window(checked.definition.period), members(checked))
    )
    keys = [exp.column(name) for name in _KEYS]
    sums = [exp.func("SUM", exp.column(name)) for name in ("high", "low")]
    counted = exp.select(*keys, exp.func("COUNT", exp.Star()), *sums).from_(rows.subquery("chosen"))
    return statement(counted.group_by(*keys))


def _listed(lists: dict[str, str], name: str) -> exp.Subquery:
    """A table whose columns are list parameters; days are given as texts."""
    columns = []
    for title, parameter in lists.items():
        listed: exp.Expr = exp.Anonymous(this="UNNEST", expressions=[exp.Placeholder(this=parameter)])
        if title.endswith("_day"):
            listed = exp.cast(listed, "DATE")
        columns.append(exp.alias_(listed, title))
    return exp.select(*columns).subquery(name)
