"""Opening a follow-on dossier in another office (thủ tục liên thông)."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.states import SuspensionGround
from congtam.dossiers.handling.assignment import is_holder
from congtam.dossiers.handling.bodies import VerbBody
from congtam.dossiers.handling.change import DossierChange
from congtam.dossiers.handling.declaring import DESK, WORKED_ON, identity_transitions
from congtam.dossiers.handling.forms import VerbForm
from congtam.dossiers.handling.guards import must_be_accepted
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.receive import receive_linked_dossier
from congtam.dossiers.intake.rest.receipts import ShortText
from congtam.dossiers.models import Dossier, Party
from congtam.dossiers.record.domain.receipt import Applicant, AttachedFile, Receipt
from congtam.dossiers.record.web.fields import unit_field
from congtam.kernel.errors import msgid


class OpenLinkedBody(VerbBody):
    """The follow-on dossier in another office."""

    procedure_code: ShortText
    unit_code: ShortText
    case_kind: ShortText = ""
    stops_clock: bool = False


class OpenLinkedForm(VerbForm):
    """Which procedure, in which office."""

    procedure_code = forms.CharField(label=_("Code of the procedure"), max_length=60)
    unit_code = unit_field(_("Responsible unit"))
    stops_clock = forms.BooleanField(
        label=_("Stop the clock of this dossier until the linked dossier ends"), required=False
    )


def open_linked(
    change: DossierChange,
    *,
    procedure_code: str,
    unit_code: str,
    case_kind: str = "",
    stops_clock: bool = False,
) -> Dossier:
    """Open a follow-on dossier in another office (hồ sơ liên thông); the parent's files go with it.

    With ``stops_clock`` the parent's clock stands still until the child has ended. Returns the child; the actor need
    not see the unit it goes to.
    """
    parent = change.dossier
    receipt = Receipt(
        procedure_code=procedure_code,
        unit_code=unit_code,
        applicant=_applicant_of_parent(parent),
        channel=parent.channel,
        case_kind=case_kind,
        files=_files_of_parent(parent),
        return_way=change.desk.return_way,
        received_unit_code=parent.unit_code,
        parent_code=parent.code,
    )
    child = receive_linked_dossier(receipt, actor=change.actor)
    if stops_clock:
        change.stop_clock(SuspensionGround.OTHER_OFFICE, note=child.code)
    change.data |= {"child": child.code, "stops_clock": stops_clock}
    return child


def _applicant_of_parent(parent: Dossier) -> Applicant:
    kind = parent.applicant_kind or "citizen"
    party = Party.objects.filter(dossier=parent).first()
    if party is None:
        return Applicant(name=parent.applicant, kind=kind)
    names = [field.name for field in fields(Applicant) if field.name != "kind"]
    return Applicant(kind=kind, **{name: getattr(party, name) for name in names})


def _files_of_parent(parent: Dossier) -> tuple[AttachedFile, ...]:
    names = [field.name for field in fields(AttachedFile) if field.name != "is_reused"]
    return tuple(
        AttachedFile(**{**row, "position": None, "is_reused": True}) for row in parent.files.values(*names)
    )


OPEN_LINKED: Final = DeskVerb(
    code="open_linked",
    name=msgid("Open a linked dossier"),
    lead=msgid("A follow-on procedure in another office; the applicant's details and files are transferred."),
    done=msgid("Linked dossier opened"),
    icon="route",
    order=170,
    transitions=identity_transitions(WORKED_ON),
    roles=DESK,
    held_by=is_holder,
    guards=(must_be_accepted,),
    apply=open_linked,
    body=OpenLinkedBody,
    form=OpenLinkedForm,
    creates=True,
)
