"""The digest of a dossier as it stands in the database (mã băm hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterable

from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.record.domain.rows import (
    DIGESTED,
    STEP_FIELDS,
    SUSPENSION_FIELDS,
    DossierRow,
    StepRow,
    SuspensionRow,
    row_digest,
)


def dossier_digest(dossier: Dossier, steps: Iterable[Step], pauses: Iterable[Suspension]) -> str:
    """The digest a dossier with these parts has; the parts in the order in which they were written."""
    row = DossierRow(
        **{name: getattr(dossier, name) for name in DIGESTED},
        steps=tuple(StepRow(**{name: getattr(step, name) for name in STEP_FIELDS}) for step in steps),
        suspensions=tuple(
            SuspensionRow(**{name: getattr(pause, name) for name in SUSPENSION_FIELDS}) for pause in pauses
        ),
    )
    return row_digest(row)
