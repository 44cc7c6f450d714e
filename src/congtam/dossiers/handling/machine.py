"""The life cycle of a dossier at the desk (vòng đời hồ sơ): its verbs and the way to its rows, put together."""

from __future__ import annotations

from typing import Any, Final

from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.port import DossierPort
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.verbs import VERBS
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import find_desk_record
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.lifecycle import Done, Machine
from congtam.foundation.public import Actor, clock

DESK: Final = Machine(DossierPort(), VERBS)


class DeskAction:
    """A verb as a function, for callers in Python: ``hand_over(code, actor=…, version=…, note=…)``.

    Returns the dossier as it now is, or the one that the verb made. Raises what `Machine.perform` raises: NotFound,
    NotAllowed, DossierChanged, StepNotAllowed, and what else stands in the way.
    """

    def __init__(self, verb: DeskVerb) -> None:
        self.verb, self.__doc__ = verb, verb.apply.__doc__

    def __call__(self, code: str, *, actor: Actor, version: int | None = None, **data: Any) -> Dossier:
        """Do it in one transaction."""
        return resulting_dossier(DESK.perform(code, self.verb, actor=actor, version=version, data=data))


def resulting_dossier(done: Done[HandledDossier, DossierChange]) -> Dossier:
    """The dossier that was made, else the one that was changed."""
    return done.made if isinstance(done.made, Dossier) else done.change.dossier


def can_see(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor may open the dossier itself."""
    return visible_to(actor).filter(pk=dossier.pk).exists()


def available_verbs(dossier: Dossier, *, actor: Actor, is_at_counter: bool = False) -> tuple[DeskVerb, ...]:
    """What this person may do with the dossier now, by state, right and move; nothing with one of another system."""
    desk = find_desk_record(dossier)
    if desk is None:
        return ()
    now = clock().now()
    subject = HandledDossier(
        actor=actor, dossier=dossier, now=now, prefetched_desk=desk, is_at_counter=is_at_counter
    )
    return tuple(DESK.available(subject))
