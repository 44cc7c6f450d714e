"""The digests of a dossier as it stands in the database (mã băm hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterable

from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.record.domain.rows import (
    DOSSIER_FIELDS,
    STEP_FIELDS,
    SUSPENSION_FIELDS,
    DossierRow,
    StepRow,
    SuspensionRow,
    person_text,
    row_digest,
)
from congtam.foundation.person_keys import PersonErased, key_for, keyed_digest, person_ref

PERSON_KIND = "dossier"
"""Of the references under which the keys of applicants stand."""


def person_of(code: str) -> str:
    """The reference of the applicant's key."""
    return person_ref(PERSON_KIND, code)


def set_digests(
    dossier: Dossier, steps: Iterable[Step], pauses: Iterable[Suspension], *, key: bytes | None = None
) -> None:
    """Give a dossier with these parts its digests; the parts in the order in which they were written.

    ``key`` is that of the applicant, where the caller has it already.
    """
    row = as_row(dossier, steps, pauses)
    dossier.row_digest = row_digest(row)
    text = person_text(row)
    try:
        dossier.person_digest = keyed_digest(key or key_for(person_of(dossier.code)), text) if text else ""
    except PersonErased:
        dossier.person_digest = ""


def as_row(dossier: Dossier, steps: Iterable[Step], pauses: Iterable[Suspension]) -> DossierRow:
    """A dossier with these parts as a value."""
    return DossierRow(
        **{name: getattr(dossier, name) for name in DOSSIER_FIELDS},
        steps=tuple(StepRow(**{name: getattr(step, name) for name in STEP_FIELDS}) for step in steps),
        suspensions=tuple(
            SuspensionRow(**{name: getattr(pause, name) for name in SUSPENSION_FIELDS}) for pause in pauses
        ),
    )
