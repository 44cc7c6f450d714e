"""Which dossiers an actor may see (phạm vi tra cứu); every read begins here."""

from __future__ import annotations

from congtam.dossiers.models import Dossier, DossierQuerySet
from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import nfc
from congtam.org_units.public import visible_units


def visible_to(actor: Actor) -> DossierQuerySet:
    """The dossiers of the units an actor may see."""
    units = visible_units(actor)
    if units.everything:
        return Dossier.objects.all()
    return Dossier.objects.filter(unit_code__in=units.codes)


def get_visible(code: str, *, to: Actor) -> Dossier:
    """The dossier, or NotFound: an actor never learns of one it may not see."""
    dossier = visible_to(to).filter(code=nfc(code)).first()
    if dossier is None:
        raise NotFound(kind="dossier", key=code)
    return dossier
