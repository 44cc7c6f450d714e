"""References to units (tham chiếu đơn vị), and units as a source of the search."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from congtam.foundation.public import Actor, clock
from congtam.foundation.references import Ref, ReferenceKind
from congtam.foundation.search import Hit, SearchSource
from congtam.kernel.clock import today
from congtam.org_units.domain.records import UnitVersionRow
from congtam.org_units.naming import BETWEEN, NamedUnit, suggest_units
from congtam.org_units.queries import register, visible_units


def _visible_versions(actor: Actor, codes: Collection[str]) -> Mapping[str, UnitVersionRow]:
    """The units as they are today, or as they were last; from the register in memory."""
    reach, day = visible_units(actor), today(clock())
    versions = {code: register().nearest_version(code, day) for code in codes if code in reach}
    return {code: version for code, version in versions.items() if version}


def _unit_url(code: str) -> str:
    return reverse("org_units:detail", args=[code])


UNIT = ReferenceKind(
    kind="unit",
    visible=_visible_versions,
    label=lambda version: version.name,
    url=lambda version: _unit_url(version.code),
)


def find_units(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Units by name or code, those that are no more last."""
    return [_build_hit(unit) for unit in suggest_units(text, on=today(clock()), to=actor, limit=limit)]


def _build_hit(unit: NamedUnit) -> Hit:
    parts = (unit.code, unit.within, unit.remark)
    return Hit(
        ref=Ref("unit", unit.code),
        label=unit.name,
        detail=BETWEEN.join(filter(None, parts)),
        url=_unit_url(unit.code),
    )


UNITS = SearchSource(kind="unit", name=gettext_lazy("Units"), icon="building", find=find_units, order=20)
