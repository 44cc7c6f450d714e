"""A dossier was opened for another one that ended without a result (hồ sơ gốc kết thúc không có kết quả).

It is not ended by that: its office is told and decides. Whether it is so is read from the parent at any instant
(``queries.desk.ended_parents``); what is written here is that the office was told, once for each turn of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.record.announcing import announce
from congtam.dossiers.record.desk_queries import ended_parents
from congtam.foundation.public import Actor, lines_about

PARENT_ENDED: Final = "parent_ended"
PARENT_GOES_ON: Final = "parent_goes_on"


def affected_children(codes: Sequence[str]) -> list[str]:
    """The open dossiers that were opened for one of these, and those of these that were opened for another."""
    children = DeskRecord.objects.exclude(parent_code="").filter(dossier__state__in=_open_states())
    rows = children.order_by("pk").values_list("dossier__code", flat=True)
    return sorted({*rows.filter(parent_code__in=codes), *rows.filter(dossier__code__in=codes)})


@transaction.atomic
def announce_parent_state(child_code: str, *, actor: Actor) -> bool:
    """Write in the ledger of a dossier, and tell its subscribers, how its parent stands now, unless that was told.

    The message says nothing of the parent but that it ended without a result. The version rises: who decides on the
    dossier from an older page is asked to look again. Doing it again does nothing.
    """
    desk = DeskRecord.objects.select_for_update().filter(dossier__code=child_code).first()
    if desk is None:
        return False
    dossier = Dossier.objects.select_for_update().get(pk=desk.pk)
    if dossier.state not in OPEN:
        return False
    verb = PARENT_ENDED if ended_parents([desk.parent_code]) else PARENT_GOES_ON
    if verb == _last_announced_parent_state(child_code):
        return False
    desk.version += 1
    desk.save(update_fields=["version"])
    announce(dossier, verb, actor=actor, before=dossier.row_digest)
    return True


def _last_announced_parent_state(code: str) -> str:
    """What the office was last told of the parent; of one that never ended, nothing had to be told."""
    verbs = (line.verb.removeprefix("dossier.") for line in lines_about("dossier", code, limit=1000))
    return next((verb for verb in verbs if verb in {PARENT_ENDED, PARENT_GOES_ON}), PARENT_GOES_ON)


def _open_states() -> list[str]:
    return sorted(state.value for state in OPEN)
