"""Whether a unit was in force when a dossier was received (đơn vị còn hiệu lực)."""

from __future__ import annotations

from datetime import date

from congtam.dossiers.public import DossierRow
from congtam.kernel.clock import local_day
from congtam.org_units.public import unit_on


class UnitsInForce:
    """Answers for one file; each unit and day is looked up once."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, date], bool] = {}

    def holds(self, row: DossierRow) -> bool:
        """Whether the unit of a row stands in the tree of the day of its receipt."""
        key = (row.unit_code, local_day(row.received_at))
        if key not in self._answers:
            self._answers[key] = unit_on(*key) is not None
        return self._answers[key]
