"""The counter that took a dossier in for another unit (tiếp nhận phi địa giới): what is done there besides."""

from __future__ import annotations

from congtam.dossiers.handling.subject import HandledDossier
from congtam.dossiers.models import Dossier
from congtam.dossiers.record import permissions
from congtam.foundation.public import Actor, clock
from congtam.kernel.vietnamese import nfc


def find_at_counter(code: str, actor: Actor) -> HandledDossier | None:
    """The dossier, for a clerk of the place where it was handed in: what an applicant comes back for is done there."""
    row = Dossier.objects.filter(code=nfc(code), desk__isnull=False).select_related("desk").first()
    if row is None or row.desk.received_unit_code not in permissions.receivable_units(actor):
        return None
    return HandledDossier(
        actor=actor, dossier=row, now=clock().now(), prefetched_desk=row.desk, is_at_counter=True
    )
