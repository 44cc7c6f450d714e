"""An expression in words, in both languages, for people who do not read formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from congtam.indicators.language.functions import name_of
from congtam.indicators.language.parsing import DIALECT, parse
from congtam.kernel.localized_text import LocalizedText

Template = tuple[str, str]
"""Vietnamese and English, with a place for each part."""


@dataclass(frozen=True)
class _Reader:
    labels: Mapping[str, LocalizedText]
    language: str

    def pick(self, template: Template) -> str:
        return template[self.language.startswith("en")]

    def say(self, node: exp.Expr) -> str:
        """A node in words; a part that is itself joined by and, or, arithmetic gets parentheses."""
        node = _inner(node)
        special = self._special(node)
        if special is not None:
            return special(node)
        negated = _inner(node.this) if isinstance(node, exp.Not) else None
        if negated is not None and type(negated) in _NEGATED and not _is_truth_test(negated):
            return self._fill(_NEGATED[type(negated)], negated)
        template = self._template(node)
        return self._fill(template, node) if template else node.sql(DIALECT)

    def _special(self, node: exp.Expr) -> Callable[[exp.Expr], str] | None:
        if isinstance(node, exp.Column):
            return self._column
        if isinstance(node, exp.Case):
            return self._case
        return self._interval if isinstance(node, exp.Interval) else None

    def _template(self, node: exp.Expr) -> Template | None:
        if isinstance(node, exp.Is):
            return _IS[node.args["expression"].sql(DIALECT)]
        if isinstance(node, exp.Placeholder):
            return _PARAMETERS[node.name]
        if isinstance(node, exp.Boolean):
            return ("đúng", "true") if node.this else ("sai", "false")
        return _OWN.get(name_of(node)) or _TEMPLATES.get(type(node))

    def _interval(self, node: exp.Expr) -> str:
        plural = "" if node.this.name == "1" else "s"
        return self.pick(("{} {}", f"{{}} {{}}{plural}")).format(node.this.name, self._unit(node))

    def _column(self, node: exp.Expr) -> str:
        name = f"{node.text('table')}.{node.name}".removeprefix(".")
        label = self.labels.get(name)
        text = label.in_language(self.language) if label else name
        return f"“{text}”"

    def _fill(self, template: Template, node: exp.Expr) -> str:
        if isinstance(node, exp.In):
            listed = ", ".join(self._part(one, node) for one in node.expressions)
            return self.pick(template).format(self._part(node.this, node), listed)
        parts = [self._part(one, node) for one in _parts(node)]
        text = self.pick(template)
        if isinstance(node, exp.Coalesce | exp.Least | exp.Greatest):
            return text.format(", ".join(parts))
        return text.format(*parts, unit=self._unit(node), type=self._type(node))

    def _part(self, node: exp.Expr, parent: exp.Expr) -> str:
        inner = _inner(node)
        text = self.say(inner)
        is_loose = isinstance(inner, exp.Connector | exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Mod)
        return f"({text})" if is_loose and not isinstance(inner, type(parent)) else text

    def _case(self, node: exp.Expr) -> str:
        rule = self.pick(("nếu {} thì {}", "if {} then {}"))
        lines = [rule.format(self.say(one.this), self.say(one.args["true"])) for one in node.args["ifs"]]
        if node.args.get("default") is not None:
            lines.append(self.pick(("còn lại {}", "otherwise {}")).format(self.say(node.args["default"])))
        return "; ".join(lines)

    def _unit(self, node: exp.Expr) -> str:
        unit = node.name if isinstance(node, exp.Extract) else node.text("unit")
        name = unit.lower().removesuffix("s")
        return self.pick(_UNITS.get(name, (name, name)))

    def _type(self, node: exp.Expr) -> str:
        target = node.args.get("to")
        return self.pick(_TYPES[target.sql(DIALECT)]) if isinstance(target, exp.DataType) else ""


def sentence(text: str, labels: Mapping[str, LocalizedText], language: str) -> str:
    """An expression that passed the check as a sentence; ``labels`` are what columns are called.

    >>> labels = {"due_at": LocalizedText(vi="Hẹn trả", en="Due"), "fee": LocalizedText(vi="Phí", en="Fee")}
    >>> sentence("due_at is not null and fee > 5", labels, "en")
    '“Due” is recorded and “Fee” is greater than 5'
    >>> sentence("due_at is not null and fee > 5", labels, "vi")
    '“Hẹn trả” đã có và “Phí” lớn hơn 5'
    """
    tree = parse(text)
    reader = _Reader(labels, language)
    if isinstance(tree, exp.Boolean):
        return reader.pick(("mọi dòng", "every row") if tree.this else ("không dòng nào", "no row"))
    return reader.say(tree)


def _is_truth_test(node: exp.Expr) -> bool:
    return isinstance(node, exp.Is) and isinstance(node.args["expression"], exp.Boolean)


def _inner(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _parts(node: exp.Expr) -> list[exp.Expr]:
    """The parts to be said, in the order of the text."""
    if isinstance(node, exp.DateDiff):
        return [node.args["expression"], node.this]
    if isinstance(node, exp.Is):
        return [node.this]
    skipped = ("unit", "to")
    parts = [one for one in node.iter_expressions() if one.arg_key not in skipped]
    return [one for one in parts if not isinstance(one, exp.Var)]


_TEMPLATES: Final[Mapping[type[exp.Expr], Template]] = {
    exp.And: ("{} và {}", "{} and {}"),
    exp.Or: ("{} hoặc {}", "{} or {}"),
    exp.Not: ("không phải: {}", "it is not so that {}"),
    exp.EQ: ("{} là {}", "{} is {}"),
    exp.NEQ: ("{} khác {}", "{} is not {}"),
    exp.LT: ("{} nhỏ hơn {}", "{} is less than {}"),
    exp.LTE: ("{} không vượt quá {}", "{} is at most {}"),
    exp.GT: ("{} lớn hơn {}", "{} is greater than {}"),
    exp.GTE: ("{} từ {} trở lên", "{} is at least {}"),
    exp.NullSafeEQ: ("{} giống {}, kể cả khi cùng trống", "{} is the same as {}, also when both are missing"),
    exp.NullSafeNEQ: (
        "{} không giống {}, kể cả khi một bên trống",
        "{} differs from {}, also when one is missing",
    ),
    exp.In: ("{} là một trong: {}", "{} is one of: {}"),
    exp.Between: ("{} từ {} đến {}", "{} is between {} and {}"),
    exp.Add: ("{} cộng {}", "{} plus {}"),
    exp.Sub: ("{} trừ {}", "{} minus {}"),
    exp.Mul: ("{} nhân {}", "{} times {}"),
    exp.Div: ("{} chia {}", "{} divided by {}"),
    exp.Mod: ("số dư của {} chia {}", "the remainder of {} divided by {}"),
    exp.Neg: ("số đối của {}", "minus {}"),
    exp.Abs: ("độ lớn của {}", "the size of {}"),
    exp.Round: ("{} làm tròn", "{} rounded"),
    exp.Coalesce: ("giá trị đầu tiên có được trong: {}", "the first that is recorded of: {}"),
    exp.Least: ("nhỏ nhất trong: {}", "the least of: {}"),
    exp.Greatest: ("lớn nhất trong: {}", "the greatest of: {}"),
    exp.Lower: ("{} viết thường", "{} in small letters"),
    exp.Length: ("độ dài của {}", "the length of {}"),
    exp.StartsWith: ("{} bắt đầu bằng {}", "{} begins with {}"),
    exp.Contains: ("{} có chứa {}", "{} contains {}"),
    exp.Year: ("năm của {}", "the year of {}"),
    exp.Quarter: ("quý của {}", "the quarter of {}"),
    exp.Month: ("tháng của {}", "the month of {}"),
    exp.Day: ("ngày trong tháng của {}", "the day of the month of {}"),
    exp.Extract: ("{unit} của {}", "the {unit} of {}"),
    exp.DateDiff: ("số {unit} từ {} đến {}", "the number of {unit}s from {} to {}"),
    exp.TimestampTrunc: ("đầu {unit} của {}", "the beginning of the {unit} of {}"),
    exp.DateTrunc: ("đầu {unit} của {}", "the beginning of the {unit} of {}"),
    exp.Cast: ("{} ({type})", "{} as {type}"),
    exp.Null: ("trống", "missing"),
}
_PARAMETERS: Final[Mapping[str, Template]] = {
    "as_of": ("thời điểm tính", "the instant of the count"),
    "period_start": ("ngày đầu kỳ", "the first day of the period"),
    "period_end": ("ngày sau cuối kỳ", "the day after the period"),
}
_IS: Final[Mapping[str, Template]] = {
    "NULL": ("{} chưa có", "{} is missing"),
    "TRUE": ("{} đúng", "{} is true"),
    "FALSE": ("{} sai", "{} is false"),
}
_NEGATED: Final[Mapping[type[exp.Expr], Template]] = {
    exp.Is: ("{} đã có", "{} is recorded"),
    exp.In: ("{} không thuộc: {}", "{} is none of: {}"),
    exp.Between: ("{} không nằm từ {} đến {}", "{} is not between {} and {}"),
}
_OWN: Final[Mapping[str, Template]] = {
    "working_days": ("số ngày làm việc từ {} đến {}", "the working days from {} to {}"),
    "working_hours": ("số giờ làm việc từ {} đến {}", "the working hours from {} to {}"),
    "parameter": ("giá trị của tham số {} vào ngày {}", "the value of the parameter {} on {}"),
    "previous": ("{} của dòng liền trước", "{} of the row before"),
    "next": ("{} của dòng liền sau", "{} of the row after"),
    "folded": ("{} không dấu", "{} without diacritics"),
}
_UNITS: Final[Mapping[str, Template]] = {
    "second": ("giây", "second"),
    "minute": ("phút", "minute"),
    "hour": ("giờ", "hour"),
    "day": ("ngày", "day"),
    "week": ("tuần", "week"),
    "month": ("tháng", "month"),
    "quarter": ("quý", "quarter"),
    "year": ("năm", "year"),
    "isodow": ("thứ (1 là thứ Hai)", "day of the week (1 is Monday)"),
    "dow": ("thứ (0 là Chủ nhật)", "day of the week (0 is Sunday)"),
    "doy": ("ngày trong năm", "day of the year"),
}
_TYPES: Final[Mapping[str, Template]] = {
    "VARCHAR": ("văn bản", "a text"),
    "TEXT": ("văn bản", "a text"),
    "INT": ("số nguyên", "a whole number"),
    "BIGINT": ("số nguyên", "a whole number"),
    "DOUBLE": ("số thập phân", "a decimal"),
    "BOOLEAN": ("đúng hoặc sai", "true or false"),
    "DATE": ("ngày", "a day"),
    "TIMESTAMPTZ": ("thời điểm", "an instant"),
}
