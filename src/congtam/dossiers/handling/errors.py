"""What stands in the way of handling a dossier, whatever the verb (lỗi khi xử lý hồ sơ)."""

from __future__ import annotations

from congtam.foundation.lifecycle import NotInState
from congtam.kernel.errors import DomainError, NotAllowed, msgid


class StepNotAllowed(NotInState):
    """The dossier is not in a state in which this can be done (bước không hợp lệ)."""

    code = "dossiers.step_not_allowed"
    message = msgid("Dossier {dossier} is in state “{state}”; “{verb}” is not possible now.")


class DossierChangedMeanwhile(DomainError):
    """Somebody else changed the dossier since it was read (hồ sơ đã thay đổi)."""

    code = "dossiers.changed_meanwhile"
    message = msgid("Someone else changed dossier {dossier} in the meantime. Review it before you decide.")


class NotOfTheDesk(DomainError):
    """An imported dossier is read-only here."""

    code = "dossiers.not_of_the_desk"
    message = msgid("Dossier {dossier} was imported from another system and is handled there.")


class NotYourMove(NotAllowed):
    """Someone else holds the dossier (không phải lượt xử lý)."""

    code = "dossiers.not_your_move"
    message = msgid(
        "Dossier {dossier} is held by {holder}; only that person or the head of the unit can do this."
    )
