"""The name of a figure (tên số liệu): indicator, unit and period, as a reference writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.foundation.references import Ref
from congtam.kernel.periods import Period, PeriodMalformed

KIND: Final = "figure"
_BETWEEN: Final = "@"


@dataclass(frozen=True, kw_only=True)
class FigureName:
    """A figure by its names; it says nothing of whether there is such an indicator or unit."""

    indicator: str
    unit: str
    period: Period

    @classmethod
    def parse(cls, code: str) -> FigureName | None:
        """Read the code of a reference; None for one that names no figure.

        >>> FigureName.parse("dossiers.received@024@2024").unit
        '024'
        >>> FigureName.parse("dossiers.received@024") is None
        True
        """
        indicator, _, rest = code.partition(_BETWEEN)
        unit, _, written = rest.partition(_BETWEEN)
        try:
            return cls(indicator=indicator, unit=unit, period=Period.parse(written))
        except PeriodMalformed:
            return None


def figure_ref(indicator: str, unit: str, period: str) -> Ref:
    """The reference to the figure of a unit and a period.

    >>> str(figure_ref("dossiers.received", "024", "2024"))
    'figure:dossiers.received@024@2024'
    """
    return Ref(KIND, _BETWEEN.join((indicator, unit, period)))
