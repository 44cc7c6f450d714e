"""References to inspection packs (tham chiếu bộ số liệu kiểm tra)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from congtam.foundation.public import Actor
from congtam.foundation.references import ReferenceKind
from congtam.inspections.models import InspectionPack
from congtam.inspections.visibility import packs_visible_to


def _visible_packs(actor: Actor, codes: Collection[str]) -> Mapping[str, InspectionPack]:
    return {pack.key: pack for pack in packs_visible_to(actor).defer("content").filter(key__in=codes)}


PACK = ReferenceKind(
    kind="inspection_pack",
    visible=_visible_packs,
    label=lambda pack: f"{pack.unit_name} · {pack.key}",
    url=lambda pack: reverse("inspections:pack", args=[pack.key]),
)
