"""Parameters from a YAML list: the shape is checked here, all mistakes at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from congtam.indicators.definitions.catalogue_file import Shape, read_yaml, shape_problems
from congtam.indicators.targets.parameters import ParameterEntry
from congtam.kernel.errors import InputRefused


class _ParameterShape(Shape):
    code: str
    name: str
    measure: str
    value: Decimal
    unit: str = ""
    kind: str = ""
    start: date = Field(alias="from")
    until: date | None = None
    decision: str
    decided_on: date

    def entry(self) -> ParameterEntry:
        own = self.model_dump(exclude={"unit", "kind", "start"})
        return ParameterEntry(**own, since=self.start, unit_code=self.unit, unit_kind=self.kind)


_SHAPES: TypeAdapter[tuple[_ParameterShape, ...]] = TypeAdapter(tuple[_ParameterShape, ...])


def read_parameters(path: Path) -> list[ParameterEntry]:
    """The entries of a file, or InputRefused with everything that is wrong with its shape."""
    rows = read_yaml(path)
    try:
        shapes = _SHAPES.validate_python(rows)
    except ValidationError as error:
        raise InputRefused(shape_problems(path, rows, error)) from None
    return [one.entry() for one in shapes]
