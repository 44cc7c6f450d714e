"""The parameters that decisions set (tham số): which there are, and their rows."""

from __future__ import annotations

from collections.abc import Collection

from congtam.indicators.domain.set_targets import TargetRow
from congtam.indicators.models import SetParameter


def set_measures() -> dict[str, str]:
    """What each parameter measures that is set at any time, by code."""
    rows = SetParameter.objects.filter(withdrawn_at=None).order_by("entered_at", "pk")
    return dict(rows.values_list("code", "measure"))


def parameter_rows(codes: Collection[str]) -> tuple[TargetRow, ...]:
    """The rows of some parameters that were not withdrawn, in an order that does not change."""
    rows = SetParameter.objects.filter(withdrawn_at=None, code__in=codes).order_by("code", "key")
    return tuple(one.as_row(one.code) for one in rows)
