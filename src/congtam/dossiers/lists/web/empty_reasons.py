"""What an empty work list says (danh sách trống): why nothing is there, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.lists.queries.work import WorkKind
from congtam.dossiers.lists.web.tabs import NAMES, kinds_for
from congtam.dossiers.record.permissions import MAY_RECEIVE
from congtam.foundation.public import Actor


class EmptyReason(NamedTuple):
    """A sentence and the next step."""

    text: str | Promise
    action: str | Promise = ""
    url: str = ""


_WHY: Final[Mapping[WorkKind, str | Promise]] = {
    WorkKind.MINE: _(
        "No dossiers are assigned to you. Dossiers that anyone in your office can "
        "take are in the other lists."
    ),
    WorkKind.TO_ACCEPT: _("No hand-overs to you or your office are waiting for acceptance."),
    WorkKind.OFFICE: _("Your office has no dossiers to act on now."),
    WorkKind.DUE_TODAY: _("No dossiers are due today."),
    WorkKind.DUE_SOON: _(
        "No dossiers are due within these working days; enter a larger number to look further ahead."
    ),
    WorkKind.OVERDUE: _("No dossiers in progress are overdue."),
    WorkKind.WAITING_APPLICANT: _("No dossiers are waiting for papers or a payment from the applicant."),
    WorkKind.TO_RETURN: _("No results are waiting at the desk to be returned."),
    WorkKind.FILINGS: _("No filings waiting"),
}
_THEN: Final[Mapping[WorkKind, WorkKind]] = {
    WorkKind.MINE: WorkKind.OFFICE,
    WorkKind.TO_ACCEPT: WorkKind.MINE,
    WorkKind.DUE_TODAY: WorkKind.DUE_SOON,
    WorkKind.OVERDUE: WorkKind.DUE_TODAY,
}


def empty_reason(kind: WorkKind, *, actor: Actor) -> EmptyReason:
    """Why the list is empty, and the list or page this person would look at next."""
    then = _THEN.get(kind)
    if then in kinds_for(actor):
        return EmptyReason(_WHY[kind], NAMES[then], f"{reverse('dossiers:work')}?list={then.value}")
    if actor.has_role(*MAY_RECEIVE):
        return EmptyReason(_WHY[kind], _("Receive a dossier"), reverse("dossiers:receive"))
    return EmptyReason(_WHY[kind])
