"""The receipt a printed figure carries (biên nhận số liệu): enough to print its source and to count it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Final

from congtam.inspections.pack_content import FlagLine, IndicatorLine, PackFigure
from congtam.kernel.errors import DomainError, msgid

Number = int | float
ON_TIME_RATE: Final = "dossiers.on_time_rate"


class ReceiptMalformed(DomainError):
    """What travels with a figure is not a receipt of ours."""

    code: ClassVar[str] = "reports.receipt_malformed"
    message: ClassVar[str] = msgid(
        "The receipt of figure [{n}] cannot be read: the file was changed. Download it again."
    )


@dataclass(frozen=True, kw_only=True)
class FigureReceipt:
    """A receipt with the names a reader needs, as it was when the document was made."""

    code: str
    name: str
    unit: str
    unit_name: str
    period: str
    measure: str
    definition_version: str
    data_version: str
    map: str
    as_of: str
    digest: str
    numerator: Number | None
    denominator: Number | None
    value: Number | None

    def dump(self) -> dict[str, Any]:
        """The receipt as JSON values."""
        return asdict(self)


def build_receipt(line: IndicatorLine | FlagLine, receipt: PackFigure, *, unit_name: str) -> FigureReceipt:
    """The receipt of a line of a pack; a red flag counts dossiers."""
    return FigureReceipt(
        code=line.code,
        name=line.name.vi,
        unit=receipt.unit,
        unit_name=unit_name,
        period=receipt.period,
        measure=line.measure if isinstance(line, IndicatorLine) else "dossiers",
        definition_version=receipt.definition_version,
        data_version=receipt.data_version,
        map=receipt.map,
        as_of=receipt.as_of,
        digest=receipt.digest,
        numerator=receipt.numerator,
        denominator=receipt.denominator,
        value=receipt.value,
    )


def build_part_receipt(figure: PackFigure, *, name: str, unit_name: str) -> FigureReceipt:
    """The receipt of a figure of some of the unit's dossiers, as the tables by unit, field and officer print them."""
    return FigureReceipt(
        code=figure.code,
        name=name,
        unit=figure.unit,
        unit_name=unit_name,
        period=figure.period,
        measure="share" if figure.code.startswith(ON_TIME_RATE) else "dossiers",
        definition_version=figure.definition_version,
        data_version=figure.data_version,
        map=figure.map,
        as_of=figure.as_of,
        digest=figure.digest,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
    )


def read_receipt(data: Mapping[str, Any], *, n: int) -> FigureReceipt:
    """Read what `dump` wrote, from a file that anybody may have changed; ReceiptMalformed."""
    names = {one.name: one.type for one in fields(FigureReceipt)}
    if set(data) != set(names):
        raise ReceiptMalformed(n=n)
    for name, kind in names.items():
        expected: tuple[type, ...] = (str,) if kind == "str" else (int, float, type(None))
        if not isinstance(data[name], expected) or isinstance(data[name], bool):
            raise ReceiptMalformed(n=n)
    return FigureReceipt(**data)
