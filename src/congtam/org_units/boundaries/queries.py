"""The areas of units on a day (ranh giới đơn vị); outlines are public, figures on them are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from congtam.org_units.boundaries.boundary_file import Rings
from congtam.org_units.models import UnitBoundary


def boundaries(codes: Collection[str], on: date) -> Mapping[str, Rings]:
    """The areas of the named units as they were on a day; those without one are left out."""
    rows = UnitBoundary.objects.filter(
        version__unit__code__in=codes, version__valid__contains=on
    ).values_list("version__unit__code", "rings")
    return {code: tuple(tuple((x, y) for x, y in ring) for ring in rings) for code, rings in rows}
