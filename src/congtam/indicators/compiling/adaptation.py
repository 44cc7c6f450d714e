"""An expression that passed the check, written for the engine so that it means what the language says.

Where the engine's own meaning differs from the language (``language.interpreter``), the tree is written otherwise here:
numbers are whole (64 bits) or decimals with six places, an operation beyond what they hold is missing, texts are read
in one form only, days and instants reach from the year 1 to 9999, and a day plus a length of time is a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

from congtam.indicators.compiling.calendar_functions import working_days, working_hours
from congtam.indicators.compiling.set_values import set_value
from congtam.indicators.domain.vocabulary import Family
from congtam.indicators.language.expressions import Expression
from congtam.indicators.language.families import is_decimal
from congtam.indicators.language.functions import NEIGHBOURS, SET_VALUE, name_of, set_value_code
from congtam.indicators.language.grammar import DECIMALS
from congtam.indicators.language.parsing import DIALECT

DECIMAL: Final = exp.DataType.build(f"DECIMAL(38, {DECIMALS})", dialect=DIALECT)
_BIGINT: Final = exp.DataType.build("BIGINT", dialect=DIALECT)
_PARAMETERS: Final = {"as_of": "TIMESTAMPTZ", "period_start": "DATE", "period_end": "DATE"}
_DAY: Final = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}"
_TIME: Final = (
    "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)?"
)
TEXT_FORMS: Final = {
    "number": "^-?[0-9]{1,32}([.][0-9]{1,6})?$",
    "boolean": "^(true|false)$",
    "date": f"^{_DAY}$",
    "instant": f"^{_DAY}([ T]{_TIME})?$",
}
"""How a text must look to be read as a value; any other text is none."""
_FORM_OF_TYPE: Final = {"BOOLEAN": "boolean", "DATE": "date", "TIMESTAMPTZ": "instant"}
_ENDS: Final = {
    "TIMESTAMP": ("10000-01-01 00:00:00", "0000-12-31 23:59:59.999999"),
    "TIMESTAMPTZ": ("10000-01-01 00:00:00+07", "0000-12-31 23:59:59.999999+07:06:30"),
}
"""The first instant after, and the last before, the years that count; Việt Nam kept local mean time in the year 1."""
_D_SIGNS: Final = "Đđ\u00d0\u00f0\u0189\u0256"
SPACES: Final = (
    r"\t-\r\x{1C}-\x{20}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
)
"""What separates words for Python, as a class of the engine's regular expressions."""
_CONDITIONS: Final = (exp.Predicate, exp.Not, exp.Connector)
_OPERATIONS: Final = (exp.Predicate, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg)
_ARITHMETIC: Final = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Abs)


def adapt_to_engine(expression: Expression) -> exp.Expr:
    """The expression as a new tree for the engine."""
    return _Adapter(expression).adapt(expression.tree)


class _Adapter:
    def __init__(self, expression: Expression) -> None:
        self._families = expression.families
        self._vocabulary = expression.vocabulary

    def adapt(self, node: exp.Expr) -> exp.Expr:
        """A new tree for a node; a condition inside a comparison gets parentheses, so that it is read as checked."""
        adapted = self._adapt_node(node)
        if isinstance(node, _CONDITIONS) and isinstance(node.parent, _OPERATIONS):
            return exp.paren(adapted, copy=False)
        return adapted

    def _adapt_node(self, node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Add | exp.Sub) and self._families[id(node)] in _TIMES:
            return self._adapt_moved_time(node)
        if isinstance(node, _ARITHMETIC) and self._families[id(node.this)] not in _NO_NUMBERS:
            return self._adapt_arithmetic(node)
        special = _SPECIAL.get(type(node))
        return special(self, node) if special else self._rebuild(node)

    def adapt_literal(self, node: exp.Expr) -> exp.Expr:
        return _cast(node.copy(), DECIMAL) if self._is_decimal(node) else node.copy()

    def adapt_parameter(self, node: exp.Expr) -> exp.Expr:
        return exp.cast(exp.Placeholder(this=node.name), _PARAMETERS[node.name])

    def adapt_extract(self, node: exp.Expr) -> exp.Expr:
        part = exp.Literal.string(node.name.lower().removesuffix("s"))
        return exp.Anonymous(this="DATE_PART", expressions=[part, self.adapt(node.args["expression"])])

    def adapt_division(self, node: exp.Expr) -> exp.Expr:
        left, right = (_cast(self.adapt(one), "DOUBLE") for one in (node.this, node.args["expression"]))
        return _try_cast(exp.Div(this=left, expression=right), DECIMAL)

    def adapt_round(self, node: exp.Expr) -> exp.Expr:
        places = node.args.get("decimals")
        rounded = _try(exp.Round(this=self.adapt(node.this), decimals=places and places.copy()))
        return _cast(rounded, DECIMAL) if self._is_decimal(node) else rounded

    def adapt_truncation(self, node: exp.Expr) -> exp.Expr:
        """The engine makes a timestamp of a day."""
        rebuilt = self._rebuild(node)
        return _cast(rebuilt, "DATE") if self._families[id(node)] == Family.DATE else rebuilt

    def adapt_difference(self, node: exp.Expr) -> exp.Expr:
        """By the clock on the wall; borders of weeks are counted from Monday to Monday, which the engine does not."""
        kind = "DATE" if self._families[id(node.this)] == Family.DATE else "TIMESTAMP"
        start, end = (_cast(self.adapt(one), kind) for one in (node.args["expression"], node.this))
        unit = node.text("unit").lower().removesuffix("s")
        if unit != "week":
            return exp.Anonymous(this="DATE_DIFF", expressions=[exp.Literal.string(unit), start, end])
        week, day = exp.Literal.string("week"), exp.Literal.string("day")
        mondays = [exp.Anonymous(this="DATE_TRUNC", expressions=[week.copy(), one]) for one in (start, end)]
        days = exp.Anonymous(this="DATE_DIFF", expressions=[day, *mondays])
        return exp.paren(exp.IntDiv(this=days, expression=exp.Literal.number(7)), copy=False)

    def adapt_text_test(self, node: exp.Expr) -> exp.Expr:
        """The engine cannot choose between texts and lists where it is given NULL."""
        return type(node)(
            this=_cast(self.adapt(node.this), "VARCHAR"),
            expression=_cast(self.adapt(node.args["expression"]), "VARCHAR"),
        )

    def adapt_case(self, node: exp.Expr) -> exp.Expr:
        """The engine fails where it compares a constant text with a choice that it finds to be always missing."""
        rebuilt = self._rebuild(node)
        return _try(rebuilt) if self._families[id(node)] == Family.TEXT else rebuilt

    def _rebuild(self, node: exp.Expr) -> exp.Expr:
        """The same node over adapted parts."""
        parts = {
            name: [self.adapt(one) for one in value]
            if isinstance(value, list)
            else (self.adapt(value) if isinstance(value, exp.Expr) else value)
            for name, value in node.args.items()
        }
        return type(node)(**parts)

    def _is_decimal(self, node: exp.Expr) -> bool:
        return is_decimal(node, self._vocabulary)

    def adapt_column(self, node: exp.Expr) -> exp.Expr:
        column = exp.column(f"{node.text('table')}__{node.name}".removeprefix("__"))
        return _try_cast(column, DECIMAL) if self._is_decimal(node) else column

    def _adapt_arithmetic(self, node: exp.Expr) -> exp.Expr:
        """Whole numbers in 64 bits, decimals with six places; missing where they do not suffice (``TRY``)."""
        if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
            return exp.Neg(this=self.adapt(node.this))
        kind = DECIMAL if self._is_decimal(node) else _BIGINT
        sides = {
            name: self._adapt_operand(part, kind)
            for name, part in node.args.items()
            if isinstance(part, exp.Expr)
        }
        result = type(node)(**sides)
        if isinstance(node, exp.Mul) and kind is DECIMAL:
            result = _cast(result, DECIMAL)
        return _try(result)

    def _adapt_operand(self, node: exp.Expr, kind: exp.DataType) -> exp.Expr:
        adapted = self.adapt(node)
        is_of_kind = isinstance(node, _ARITHMETIC) and self._is_decimal(node) == (kind is DECIMAL)
        return adapted if is_of_kind else _cast(adapted, kind)

    def _adapt_moved_time(self, node: exp.Expr) -> exp.Expr:
        """By the clock on the wall: months, then days, then the rest, whatever their signs."""
        wall = _cast(self.adapt(node.this), "TIMESTAMP")
        moved = _try(type(node)(this=wall, expression=self.adapt(node.args["expression"])))
        kind = "DATE" if self._families[id(node)] == Family.DATE else "TIMESTAMPTZ"
        return _cast(_within_years(moved, "TIMESTAMP"), kind)

    def adapt_cast(self, node: exp.Expr) -> exp.Expr:
        inner, target = self.adapt(node.this), node.args["to"].sql(DIALECT)
        source = self._families[id(node.this)]
        kind: exp.DataType | str = DECIMAL if target == "DOUBLE" else target
        if isinstance(node.this, exp.Literal) and target in ("DATE", "TIMESTAMPTZ"):
            return exp.cast(inner, target, copy=False)
        if source in _TIMES and target in ("DATE", "TIMESTAMPTZ"):
            return _cast(inner, target)
        if source != Family.TEXT or target in ("VARCHAR", "TEXT"):
            return _try_cast(inner, kind)
        form = TEXT_FORMS[_FORM_OF_TYPE.get(target, "number")]
        read: exp.Expr = exp.Anonymous(this="REGEXP_EXTRACT", expressions=[inner, exp.Literal.string(form)])
        if target in ("INT", "BIGINT"):
            read = _try_cast(read, DECIMAL)
        read = _try_cast(read, kind)
        return _within_years(read, target) if target == "TIMESTAMPTZ" else read

    def adapt_own_function(self, node: exp.Expr) -> exp.Expr:
        name = name_of(node)
        if name in NEIGHBOURS:
            inner = node.expressions[0]
            column = exp.column(f"{name}__{inner.name}")
            return _try_cast(column, DECIMAL) if self._is_decimal(inner) else column
        if name == SET_VALUE:
            looked_up = set_value(set_value_code(node), self.adapt(node.expressions[1]))
            return _try_cast(looked_up, DECIMAL)
        parts = [self.adapt(one) for one in node.expressions]
        if name == "folded":
            return _fold(parts[0])
        are_days = [self._families[id(one)] == Family.DATE for one in node.expressions]
        if name == "working_days":
            return working_days(*parts)
        return _try_cast(working_hours(parts, are_days=are_days), DECIMAL)


def _fold(tree: exp.Expr) -> exp.Expr:
    """As ``kernel.vietnamese.fold``: lower case, no diacritics, single spaces."""
    plain: exp.Expr = tree
    for function, arguments in (
        ("TRANSLATE", (_D_SIGNS, "d" * len(_D_SIGNS))),
        ("STRIP_ACCENTS", ()),
        ("LOWER", ()),
        ("REGEXP_REPLACE", (f"[{SPACES}]+", " ", "g")),
        ("TRIM", ()),
    ):
        literals = [exp.Literal.string(one) for one in arguments]
        plain = exp.Anonymous(this=function, expressions=[plain, *literals])
    return plain


def _within_years(tree: exp.Expr, kind: str) -> exp.Expr:
    """Missing outside the years 1 to 9999; the tree occurs once, so that nesting does not multiply it."""
    for function, end in zip(("LEAST", "GREATEST"), _ENDS[kind], strict=True):
        limit = exp.cast(exp.Literal.string(end), kind)
        bounded = exp.Anonymous(this=function, expressions=[tree, limit])
        tree = exp.Anonymous(this="NULLIF", expressions=[bounded, limit.copy()])
    return tree


def _try(tree: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="TRY", expressions=[tree])


def _cast(tree: exp.Expr, kind: exp.DataType | str) -> exp.Expr:
    return exp.cast(tree, kind.copy() if isinstance(kind, exp.DataType) else kind, copy=False)


def _try_cast(tree: exp.Expr, kind: exp.DataType | str) -> exp.Expr:
    built = kind.copy() if isinstance(kind, exp.DataType) else exp.DataType.build(kind, dialect=DIALECT)
    return exp.TryCast(this=tree, to=built)


_TIMES: Final = (Family.DATE, Family.INSTANT)
_NO_NUMBERS: Final = (*_TIMES, Family.SPAN)
_SPECIAL: Final[Mapping[type[exp.Expr], Callable[[_Adapter, exp.Expr], exp.Expr]]] = {
    exp.Literal: _Adapter.adapt_literal,
    exp.Column: _Adapter.adapt_column,
    exp.Placeholder: _Adapter.adapt_parameter,
    exp.Cast: _Adapter.adapt_cast,
    exp.Anonymous: _Adapter.adapt_own_function,
    exp.Case: _Adapter.adapt_case,
    exp.Div: _Adapter.adapt_division,
    exp.Round: _Adapter.adapt_round,
    exp.Extract: _Adapter.adapt_extract,
    exp.DateDiff: _Adapter.adapt_difference,
    exp.TimestampTrunc: _Adapter.adapt_truncation,
    exp.DateTrunc: _Adapter.adapt_truncation,
    exp.StartsWith: _Adapter.adapt_text_test,
    exp.Contains: _Adapter.adapt_text_test,
}
