"""What the numbers of an expression measure: adding days to minutes is a mistake.

A number that is multiplied or divided is a plain number: it may have been converted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from congtam.indicators.domain.vocabulary import Family, Vocabulary
from congtam.indicators.language.families import Mismatch
from congtam.indicators.language.functions import CALENDAR, NEIGHBOURS, SET_VALUE, name_of, set_value_code
from congtam.kernel.errors import msgid

PLAIN: Final = ""
_COMPARED: Final = (
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.In, exp.Between,
)  # fmt: skip
_CHOSEN: Final = (exp.Add, exp.Sub, exp.Mod, exp.Coalesce, exp.Least, exp.Greatest)
_ALIKE: Final = (*_CHOSEN, *_COMPARED)
"""What brings numbers together that must be of one unit."""
_KEEP: Final = (*_CHOSEN, exp.Paren, exp.Neg, exp.Abs, exp.Round, exp.Cast)
"""What yields a number of the unit of its parts."""


@dataclass
class Measuring:
    """Works out the unit of measure of every part once, and notes where different ones meet."""

    vocabulary: Vocabulary
    families: dict[int, Family]
    mismatches: list[Mismatch] = field(default_factory=list)

    def measure(self, node: exp.Expr) -> str:
        """The unit of measure of a node; plain for what is no number and where it is not known."""
        parts = [one for one in node.iter_expressions() if isinstance(one, exp.Expr)]
        if isinstance(node, exp.Case):
            return self._of_case(node)
        if isinstance(node, exp.Column):
            return self.vocabulary.measures.get(f"{node.table}.{node.name}".removeprefix("."), PLAIN)
        if isinstance(node, exp.Anonymous | exp.DateDiff):
            return self._of_function(node, parts)
        own = self._common(parts) if isinstance(node, _ALIKE) else self._first(parts)
        if isinstance(node, exp.Sub) and self.families.get(id(node.this)) == Family.DATE:
            return "days" if self.families.get(id(node)) == Family.NUMBER else PLAIN
        return own if isinstance(node, _KEEP) and self.families.get(id(node)) == Family.NUMBER else PLAIN

    def _of_case(self, node: exp.Case) -> str:
        for branch in node.args["ifs"]:
            self.measure(branch.this)
        chosen = [branch.args["true"] for branch in node.args["ifs"]]
        return self._common([*chosen, *([node.args["default"]] if node.args.get("default") else [])])

    def _first(self, parts: list[exp.Expr]) -> str:
        """Of parts that may differ: the unit of the first."""
        return next(iter([self.measure(one) for one in parts]), PLAIN)

    def _of_function(self, node: exp.Expr, parts: list[exp.Expr]) -> str:
        name = name_of(node)
        inner = [self.measure(one) for one in parts]
        if name in CALENDAR:
            return name
        if name == SET_VALUE:
            return (self.vocabulary.set_values or {}).get(set_value_code(node), PLAIN)
        if name in NEIGHBOURS:
            return inner[0]
        return f"{node.text('unit').lower().removesuffix('s')}s" if isinstance(node, exp.DateDiff) else PLAIN

    def _common(self, parts: Iterable[exp.Expr]) -> str:
        common = PLAIN
        for part in parts:
            own = self.measure(part)
            if common and own and own != common:
                message = msgid("{left} and {right} are different units of measure; convert one of them.")
                self.mismatches.append(Mismatch(part, message, {"left": common, "right": own}))
                return PLAIN
            common = common or own
        return common
