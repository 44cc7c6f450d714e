"""Reading definitions from YAML: the shape is checked here, all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from congtam.indicators.definitions.places import Places
from congtam.indicators.domain.compositions import Against, Band, Part
from congtam.indicators.domain.definitions import Better, Definition, Target
from congtam.indicators.domain.kinds import COMPOSED, NEEDS_VALUE, Kind
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.shape_faults import shape_fault_text
from congtam.kernel.localized_text import LocalizedText


class Shape(BaseModel):
    """What an entry of a catalogue file may hold; anything else is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextShape(Shape):
    """A text in both languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> LocalizedText:
        """The value."""
        return LocalizedText(vi=self.vi.strip(), en=self.en.strip())


class _WordingShape(Shape):
    counts: TextShape
    out_of: TextShape
    rest: TextShape | None = None


class ValidShape(Shape):
    """From when, and before when, an entry is in force."""

    start: date = Field(alias="from")
    until: date | None = None


class _TargetShape(Shape):
    value: float
    source: str
    start: date = Field(alias="from")
    until: date | None = None
    verified: bool = True

    def target(self) -> Target:
        return Target(
            value=self.value,
            source=self.source,
            valid_from=self.start,
            valid_until=self.until,
            verified=self.verified,
        )


class _PartShape(Shape):
    code: str
    weight: Decimal | None = Field(default=None, gt=0)
    weight_by: str = ""
    points: Decimal | None = Field(default=None, gt=0)
    full_at: Decimal | None = Field(default=None, gt=0)
    against: Against = ""

    def part(self) -> Part:
        return Part(**self.model_dump())


class _BandShape(Shape):
    start: Decimal = Field(alias="from")
    name: TextShape

    def band(self) -> Band:
        return Band(start=self.start, vi=self.name.vi.strip(), en=self.name.en.strip())


class _DefinitionShape(Shape):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    version: int = Field(ge=1)
    name: TextShape
    description: TextShape
    wording: _WordingShape | None = None
    fact: str = ""
    kind: Kind
    period: str = ""
    out_of: str | bool = "true"
    counts: str | bool = "true"
    value: str = ""
    per: str = ""
    quantile: Decimal | None = Field(default=None, gt=0, le=1)
    order: str = ""
    without_due_date: str = ""
    parts: tuple[_PartShape, ...] = ()
    bands: tuple[_BandShape, ...] = ()
    better: Better
    measure: str
    targets: tuple[_TargetShape, ...] = ()
    source: str
    valid: ValidShape

    def definition(self) -> Definition:
        wording, name = self.wording, self.name.text()
        unsaid = name if self.kind in COMPOSED else LocalizedText(vi="", en="")
        return Definition(
            code=self.code,
            version=self.version,
            name=name,
            description=self.description.text(),
            out_of_label=wording.out_of.text() if wording else unsaid,
            counts_label=wording.counts.text() if wording else unsaid,
            fact=self.fact,
            kind=self.kind,
            period=self.period,
            out_of=_expression_text(self.out_of),
            counts=_expression_text(self.counts),
            value=" ".join(self.value.split()),
            per=" ".join(self.per.split()),
            quantile="" if self.quantile is None else str(self.quantile),
            order=self.order,
            rest_label=wording.rest.text() if wording and wording.rest else None,
            without_due_date=self.without_due_date,
            better=self.better,
            measure=self.measure,
            source=self.source,
            valid_from=self.valid.start,
            valid_until=self.valid.until,
            targets=tuple(one.target() for one in self.targets),
            parts=tuple(one.part() for one in self.parts),
            bands=tuple(sorted((one.band() for one in self.bands), key=lambda band: band.start)),
        )


_SHAPES: TypeAdapter[tuple[_DefinitionShape, ...]] = TypeAdapter(tuple[_DefinitionShape, ...])


def read_definitions(path: Path) -> tuple[Definition, ...]:
    """The definitions of a file, or InputRefused with everything that is wrong with its shape."""
    rows = read_yaml(path)
    try:
        shapes = _SHAPES.validate_python(rows)
    except ValidationError as error:
        raise InputRefused(shape_problems(path, rows, error)) from None
    definitions = tuple(one.definition() for one in shapes)
    problems = list(_rule_problems(path, definitions))
    if problems:
        raise InputRefused(problems)
    return definitions


def read_yaml(path: Path) -> list[Any]:
    """The entries of a YAML list, or InputRefused with the line of the mistake."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        message = msgid("The file is not valid YAML: {fault}")
        problem = Problem(
            code="definition.unreadable",
            message=message,
            data={"fault": str(error)},
            file=path.name,
            row=line,
        )
        raise InputRefused([problem]) from None
    if isinstance(rows, list):
        return rows
    message = msgid("The file must contain a list of definitions.")
    raise InputRefused([Problem(code="definition.list_needed", message=message, file=path.name)])


def shape_problems(path: Path, rows: list[Any], error: ValidationError) -> Iterable[Problem]:
    """The faults pydantic found, told with the code of the definition and the field."""
    places = Places.of_file(path)
    for fault in error.errors(include_url=False):
        number, *field_path = fault["loc"] or (0,)
        row = rows[int(number)] if rows else None
        code = row.get("code", "?") if isinstance(row, dict) else "?"
        text = shape_fault_text(fault, gettext)
        data = {"code": code, "field": ".".join(str(one) for one in field_path), "fault": text}
        line, column = places.of_field(fault["loc"])
        message = msgid("{code}, {field}: {fault}")
        yield Problem(
            code="definition.malformed",
            message=message,
            data=data,
            file=path.name,
            row=line,
            column=str(column),
        )


def _rule_problems(path: Path, definitions: tuple[Definition, ...]) -> Iterator[Problem]:
    versions: set[tuple[str, int]] = set()
    places = Places.of_file(path)
    for number, one in enumerate(definitions):
        twice = (one.code, one.version) in versions, msgid("{code} version {version} is defined twice.")
        versions.add((one.code, one.version))
        for is_broken, message in (twice, *_shape_rules(one)):
            if is_broken:
                data = {"code": one.code, "version": one.version}
                line, column = places.of_field([number, "code"])
                yield Problem(
                    code="definition.contradictory", message=message, data=data, file=path.name, row=line,
                    column=str(column),
                )  # fmt: skip


def _shape_rules(one: Definition) -> Iterator[tuple[bool, str]]:
    """What goes with what in a definition: whether the rule is broken, and what to say then."""
    yield from (
        (
            not one.is_at_an_instant and not one.period and not one.is_composed,
            msgid("{code} needs a period column."),
        ),
        (not one.fact and not one.is_composed, msgid("{code} needs a fact whose rows it counts.")),
        (
            not one.counts_label.vi,
            msgid("{code} needs “wording”: what is counted, out of what."),
        ),
        (
            one.is_composed and any((one.fact, one.period, one.value, one.per, one.order)),
            msgid("{code} is made of other indicators: it has no fact, period or expressions of its own."),
        ),
        (
            bool(one.parts) and not one.is_composed,
            msgid("{code}: only a composition has parts."),
        ),
        (
            one.is_at_an_instant and bool(one.period),
            msgid("{code} is a stock and has no period column."),
        ),
        (
            one.kind in NEEDS_VALUE and not one.value,
            msgid("{code} needs a value expression."),
        ),
        (
            (one.kind == Kind.RATIO) != bool(one.per),
            msgid("{code}: a ratio, and nothing else, has “per”, by whose sum is divided."),
        ),
        (
            (one.kind == Kind.QUANTILE) != bool(one.quantile),
            msgid("{code}: a quantile, and nothing else, has “quantile”, such as 0.9."),
        ),
    )


def _expression_text(text: str | bool) -> str:  # noqa: FBT001 - YAML reads a bare true as a boolean
    return str(text).lower() if isinstance(text, bool) else " ".join(text.split())
