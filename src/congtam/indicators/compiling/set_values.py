"""Parameters in expressions, by lists that stand beside every row: from which day, and what then holds for its unit."""

from __future__ import annotations

from typing import Final

import sqlglot
from sqlglot import exp

from congtam.indicators.language.parsing import DIALECT

PREFIX: Final = "setvalue__"
STARTS: Final = "starts"
VALUES: Final = "values"


def column_name(code: str, part: str) -> str:
    """The derived column of a parameter: its days or its values, in order.

    >>> column_name("most_days", STARTS)
    'setvalue__most_days__starts'
    """
    return f"{PREFIX}{code}__{part}"


def code_of(column: str) -> str:
    """The parameter of a derived column; empty for any other column.

    >>> code_of("setvalue__most_days__starts"), code_of("dossier__channel")
    ('most_days', '')
    """
    return column.removeprefix(PREFIX).rpartition("__")[0] if column.startswith(PREFIX) else ""


def set_value(code: str, day: exp.Expr) -> exp.Expr:
    """The entry of the last day that is not after this one; missing before the first."""
    starts = column_name(code, STARTS)
    passed = sqlglot.parse_one(f"len(list_filter({starts}, one -> one <= placeholder))", dialect=DIALECT)
    for node in list(passed.find_all(exp.Column)):
        if node.name == "placeholder":
            node.replace(exp.cast(day, "DATE", copy=False))
    values = exp.column(column_name(code, VALUES))
    return exp.Anonymous(this="LIST_EXTRACT", expressions=[values, passed])
