"""What changed between two receipts of one question, row by row and why (so sánh hai biên nhận)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congtam.foundation.public import Actor
from congtam.indicators.counting.scopes import require_visible, unit_scope
from congtam.indicators.counting.visibility import require_rows_visible
from congtam.indicators.counting.windows import Window
from congtam.indicators.definitions.shipped import narrowed_definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.receipt_files import ReceiptFile
from congtam.indicators.domain.row_changes import Reason, RowDifferences, SeenRow, row_differences
from congtam.indicators.domain.scope import Scope
from congtam.indicators.figures.building import count_figure
from congtam.indicators.figures.stored_receipts import is_withheld
from congtam.indicators.rows.listing import row_contents
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.warehouse import public as warehouse


@dataclass(frozen=True, kw_only=True)
class _RowSource:
    """How the rows of a receipt are found; the steps replace one thing after another."""

    one: Definition
    window: Window
    unit: str
    map_on: date | None
    version: int
    to: Actor

    @property
    def scope(self) -> Scope:
        """Whose rows are counted."""
        return unit_scope(self.unit, self.window.period, self.map_on)

    def rows(self) -> dict[str, SeenRow]:
        """Every row behind the figure: those that count, and those out of which they do."""
        require_rows_visible([self.one], {self.window: self.scope}, version=self.version, to=self.to)
        return {
            key: SeenRow(part=part, content=content)
            for part in ("denominator", "numerator")
            for key, content in row_contents(
                self.one, self.window, self.scope, part=part, version=self.version, to=self.to
            )
        }

    def figure(self) -> Figure:
        """The figure, counted again; who may not see its rows learns nothing of it."""
        return count_figure(
            self.one,
            self.unit,
            self.window,
            scope=self.scope,
            version=self.version,
            map_on=self.map_on,
            to=self.to,
        )


def receipt_differences(
    first: ReceiptFile, second: ReceiptFile, *, names: tuple[str, str], to: Actor
) -> RowDifferences:
    """The rows that came, went and changed from the first receipt to the second.

    Raises InputRefused with everything that keeps the two from being compared, NotFound for a unit the actor may not
    see or a figure that is withheld from them, RowsNotVisible for rows they may not see, VersionGone where a version of
    the data is no longer stored.
    """
    problems = [*_different_questions(first, second, names), *_unknown_versions((first, second), names)]
    if problems:
        raise InputRefused(problems)
    require_visible(first.unit, to)
    if any(is_withheld(receipt.content, to=to) for receipt in (first, second)):
        raise NotFound(kind="receipt", key=first.code)
    before, after = (_row_source(receipt, to=to) for receipt in (first, second))
    own = before.rows()
    _require_reproduced(((first, before, names[0]), (second, after, names[1])))
    steps = _steps(before, after)
    new = {key for _, rows in steps for key in rows.keys() - own.keys()}
    return row_differences(own, steps, in_first_data=own.keys() | _keys_in_data(before, new))


def _row_source(receipt: ReceiptFile, *, to: Actor) -> _RowSource:
    return _RowSource(
        one=narrowed_definition(receipt.code, version=str(receipt.definition_version)),
        window=Window(receipt.period, receipt.as_of),
        unit=receipt.unit,
        map_on=receipt.map_on,
        version=receipt.data_version,
        to=to,
    )


def _steps(before: _RowSource, after: _RowSource) -> list[tuple[Reason, dict[str, SeenRow]]]:
    """From the one to the other, one difference at a time; what does not differ is no step."""
    replaced: list[tuple[Reason, dict[str, Any]]] = [
        (Reason.MAP, {"map_on": after.map_on}),
        (Reason.DEFINITION, {"one": after.one}),
        (Reason.TIME, {"window": after.window}),
        (Reason.CORRECTION, {"version": after.version}),
    ]
    steps, at = [], before
    for reason, values in replaced:
        following = replace(at, **values)
        if following != at:
            steps.append((reason, following.rows()))
        at = following
    return steps


def _keys_in_data(source: _RowSource, keys: Set[str]) -> frozenset[str]:
    """Which of the keys the data of a receipt hold, whether or not its figure looks at them."""
    if not keys:
        return frozenset()
    fact = warehouse.fact(source.one.fact)
    rows = warehouse.visible_rows(fact.name, source.version, to=source.to)
    sql = f'SELECT "{fact.key}" FROM ({rows.sql}) WHERE list_contains($wanted_keys, "{fact.key}")'  # noqa: S608
    found = warehouse.query(sql, {**rows.values, "wanted_keys": sorted(keys)})
    return frozenset(key for (key,) in found)


def _different_questions(
    first: ReceiptFile, second: ReceiptFile, names: tuple[str, str]
) -> Iterator[Problem]:
    for field, one, other in (
        ("code", first.code, second.code),
        ("unit", first.unit, second.unit),
        ("period", first.period.text, second.period.text),
    ):
        if one != other:
            yield Problem(
                code="receipt.other_question",
                message=msgid("“{field}” differs: {one} and {other}. Compare two receipts of one question."),
                data={"field": field, "one": one, "other": other},
                file=names[1],
            )


def _unknown_versions(receipts: tuple[ReceiptFile, ReceiptFile], names: tuple[str, str]) -> Iterator[Problem]:
    for receipt, name in zip(receipts, names, strict=True):
        one = narrowed_definition(receipt.code, version=str(receipt.definition_version))
        newest = warehouse.data_version(one.fact)
        if str(one.version) != str(receipt.definition_version):
            yield Problem(
                code="receipt.definition_unknown",
                message=msgid("There is no version {version} of indicator {code}."),
                data={"version": receipt.definition_version, "code": receipt.code},
                file=name,
            )
        if receipt.data_version > newest:
            yield Problem(
                code="receipt.data_unknown",
                message=msgid("There is no data version {version} yet; the newest is {newest}."),
                data={"version": receipt.data_version, "newest": newest},
                file=name,
            )


def _require_reproduced(receipts: tuple[tuple[ReceiptFile, _RowSource, str], ...]) -> None:
    """A receipt that does not give its own numbers again cannot be explained: say so instead of guessing."""
    problems = []
    for receipt, source, name in receipts:
        figure = source.figure()
        counted = (float(figure.numerator), float(figure.denominator))
        if counted != (float(receipt.numerator), float(receipt.denominator)):
            problems.append(
                Problem(
                    code="receipt.not_reproduced",
                    message=msgid(
                        "The receipt says {numerator} / {denominator}, its data give {counted} / {out_of}: it was "
                        "altered, or units, days off or parameters were corrected since."
                    ),
                    data={
                        "numerator": f"{receipt.numerator:g}",
                        "denominator": f"{receipt.denominator:g}",
                        "counted": f"{counted[0]:g}",
                        "out_of": f"{counted[1]:g}",
                    },
                    file=name,
                )
            )
    if problems:
        raise InputRefused(problems)
