"""Who sees a pack (phạm vi được xem bộ số liệu): those who prepare the inspection, and later the inspected unit.

A pack belongs to the office in whose name it was prepared. Whoever may prepare inspections for that office sees it
from the first day. Everyone else who sees the unit, and so the unit itself, sees it once it was announced, and then
only the part addressed to them (`domain.addressed`).
"""

from __future__ import annotations

from django.db.models import Q

from congtam.foundation.public import EVERYWHERE, Actor
from congtam.inspections.domain.states import ADDRESSED
from congtam.inspections.models import InspectionPack
from congtam.inspections.models.packs import PackQuerySet
from congtam.inspections.permissions import MAY_PREPARE
from congtam.org_units.public import VisibleUnits, register, visible_units


def packs_visible_to(actor: Actor) -> PackQuerySet:
    """The packs an actor may see at all, withdrawn ones among them for those who prepare."""
    visible = visible_units(actor)
    packs = InspectionPack.objects.all()
    if visible.everything:
        return packs.filter(_office_packs_condition(actor) | Q(state__in=ADDRESSED))
    return packs.of_units(visible.codes).filter(_office_packs_condition(actor) | Q(state__in=ADDRESSED))


def is_preparer(pack: InspectionPack, actor: Actor) -> bool:
    """Whether the actor is of those who prepare this inspection, and reads all of it in every state."""
    return InspectionPack.objects.filter(_office_packs_condition(actor), pk=pack.pk).exists()


def preparing_office(unit: str, actor: Actor) -> str:
    """In whose name the actor prepares the inspection of a unit: the widest of their offices; empty for everywhere."""
    if visible_units(actor, *MAY_PREPARE).everything:
        return ""
    reaches = {code: register().reach(code) for code in actor.units_with(*MAY_PREPARE)}
    return max(
        (code for code in reaches if unit in reaches[code]), key=lambda code: (len(reaches[code]), code)
    )


def _office_packs_condition(actor: Actor) -> Q:
    """Packs of the actor's office; those of no office belong to every office above the unit."""
    offices = visible_units(actor, *MAY_PREPARE)
    if offices.everything:
        return Q(pk__isnull=False)  # an empty Q would vanish beside another
    above = Q(office_code="", unit_code__in=_units_below(actor, offices))
    own = Q(prepared_by=actor.username, unit_code__in=offices.codes)
    return Q(office_code__in=offices.codes) | above | own


def _units_below(actor: Actor, offices: VisibleUnits) -> frozenset[str]:
    """What the offices reach, without the offices themselves unless another of them stands above."""
    own = {code for code in actor.units_with(*MAY_PREPARE) if code != EVERYWHERE}
    reaches = {code: register().reach(code) for code in own}
    covered = {code for code in own if any(code in reaches[other] for other in own - {code})}
    return offices.codes - (own - covered)
