"""Reading the limits on which catalogues disagree (danh sách thời hạn chờ quyết định); everybody may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from congtam.procedures.catalogue.queries import newest_names
from congtam.procedures.models import LimitConflict

SHOWN: Final = 200


def list_open_conflicts(code: str = "") -> list[LimitConflict]:
    """Open conflicts by procedure, of one procedure or of all, `SHOWN` at most."""
    rows = LimitConflict.objects.open().select_related("procedure")
    if code:
        rows = rows.filter(procedure__code=code)
    return list(rows.order_by("procedure__code", "pk")[:SHOWN])


def count_open_conflicts(code: str = "") -> int:
    """How many conflicts wait for a decision."""
    rows = LimitConflict.objects.open()
    return (rows.filter(procedure__code=code) if code else rows).count()


def decided_conflicts(code: str) -> list[LimitConflict]:
    """What was decided about the limits of a procedure, the newest first."""
    rows = LimitConflict.objects.decided().filter(procedure__code=code)
    return list(rows.order_by("-decided_at", "-pk"))


def names_of(rows: Sequence[LimitConflict]) -> dict[str, str]:
    """What the procedures of some conflicts are called, by code."""
    return newest_names({row.procedure.code for row in rows})
