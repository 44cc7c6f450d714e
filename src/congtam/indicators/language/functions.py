"""The functions of the language, those of our own among them."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

CALENDAR: Final = ("working_days", "working_hours")
"""What counts by the work calendar in force."""
NEIGHBOURS: Final = ("previous", "next")
"""What looks at the row before or after in the same group, by the declared order of the fact."""
SET_VALUE: Final = "parameter"
"""What looks up a value that a decision set for the unit of a row, in force on a day."""
FUNCTIONS: Final = (
    "abs",
    "case",
    "cast",
    "coalesce",
    "contains",
    "date_diff",
    "date_trunc",
    "day",
    "extract",
    "folded",
    "greatest",
    "least",
    "length",
    "lower",
    "month",
    "next",
    "parameter",
    "previous",
    "quarter",
    "round",
    "starts_with",
    "working_days",
    "working_hours",
    "year",
)


def name_of(node: exp.Expr) -> str:
    """The name of a function of our own, in lower case; empty for any other node."""
    return node.name.lower() if isinstance(node, exp.Anonymous) else ""


def set_value_code(node: exp.Expr) -> str:
    """The code that a look-up names; empty where it names none."""
    first = node.expressions[0] if node.expressions else None
    return first.name if isinstance(first, exp.Literal) and first.is_string else ""


def uses_calendar(tree: exp.Expr) -> bool:
    """Whether the work calendar decides what the expression gives."""
    return any(name_of(node) in CALENDAR for node in tree.find_all(exp.Anonymous))
