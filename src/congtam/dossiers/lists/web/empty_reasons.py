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
    WorkKind.MINE: _("No dossier lies with you. What anybody of your office may take is in the next lists."),
    WorkKind.TO_ACCEPT: _("Nothing was handed over to you or your office that nobody has accepted yet."),
    WorkKind.OFFICE: _("Nobody of your office has to act on a dossier now."),
    WorkKind.DUE_TODAY: _("No dossier has to be finished today."),
    WorkKind.DUE_SOON: _("No dossier falls due in these working days; a larger number looks further ahead."),
    WorkKind.OVERDUE: _("No dossier being handled is past its due date."),
    WorkKind.WAITING_APPLICANT: _("No applicant has been asked for papers or a payment."),
    WorkKind.TO_RETURN: _("No result waits at the desk to be returned."),
    WorkKind.FILINGS: _("No filing is waiting"),
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
