"""Reading red flags from YAML, checked against the declared facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from pydantic import Field, TypeAdapter, ValidationError

from congtam.indicators.definitions.catalogue_file import (
    Shape,
    TextShape,
    ValidShape,
    read_yaml,
    shape_problems,
)
from congtam.indicators.domain.flags import FlagDefinition, FlagKind
from congtam.kernel.errors import InputRefused

SHIPPED: Final = Path(__file__).parent / "catalogue" / "red_flags.yaml"


class _FlagShape(Shape):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
    version: int = Field(ge=1)
    name: TextShape
    why: TextShape
    fact: str
    kind: FlagKind
    period: str = ""
    when: str
    by: tuple[str, ...] = ()
    at_least: int = Field(default=1, ge=1)
    order: str = ""
    weight: float = Field(gt=0)
    source: str
    valid: ValidShape
    among: str = ""
    beside: str = ""
    needs_time: tuple[str, ...] = ()

    def flag(self) -> FlagDefinition:
        return FlagDefinition(
            code=self.code,
            version=self.version,
            name=self.name.text(),
            why=self.why.text(),
            fact=self.fact,
            kind=self.kind,
            period=self.period,
            when=" ".join(self.when.split()),
            by=self.by,
            at_least=self.at_least,
            order=self.order,
            weight=self.weight,
            source=self.source,
            valid_from=self.valid.start,
            among=" ".join(self.among.split()),
            beside=" ".join(self.beside.split()),
            needs_time=self.needs_time,
        )


_SHAPES: TypeAdapter[tuple[_FlagShape, ...]] = TypeAdapter(tuple[_FlagShape, ...])


@cache
def flag_definitions(edition: int | None = None) -> tuple[FlagDefinition, ...]:
    """The shipped red flags, in the order of the file: of each the newest version, or that of an edition.

    Versions are superseded, not removed: a draw of an earlier method needs the flags that it was weighted by.
    """
    newest: dict[str, FlagDefinition] = {}
    for one in all_flag_definitions():
        if edition is None or one.version <= edition:
            newest[one.code] = max(newest.get(one.code, one), one, key=lambda version: version.version)
    return tuple(newest.values())


@cache
def all_flag_definitions() -> tuple[FlagDefinition, ...]:
    """Every version of every shipped red flag."""
    return read_flags(SHIPPED)


def read_flags(path: Path) -> tuple[FlagDefinition, ...]:
    """The flags of a file, or InputRefused with everything that is wrong with its shape."""
    rows = read_yaml(path)
    try:
        shapes = _SHAPES.validate_python(rows)
    except ValidationError as error:
        raise InputRefused(shape_problems(path, rows, error)) from None
    return tuple(one.flag() for one in shapes)
