"""Linked procedures (thủ tục liên thông): a follow-on dossier in another office, opened from its parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from congtam.dossiers.domain.lifecycle import Verb
from congtam.dossiers.domain.states import Ground
from congtam.dossiers.handling.changing import changing
from congtam.dossiers.intake.receive import receive_inside
from congtam.dossiers.models import DeskRecord, Dossier, Party
from congtam.dossiers.record.domain.receipt import Applicant, Attached, Receipt
from congtam.foundation.public import Actor


def open_linked(
    code: str,
    *,
    procedure_code: str,
    unit_code: str,
    actor: Actor,
    case_kind: str = "",
    stops_clock: bool = False,
    version: int | None = None,
) -> Dossier:
    """Open a follow-on dossier in another office (hồ sơ liên thông); the parent's files go with it.

    With ``stops_clock`` the parent's clock stands still until the child has ended. Returns the child; the actor need
    not see the unit it goes to.
    """
    with changing(code, Verb.OPEN_LINKED, actor=actor, version=version) as change:
        parent = change.dossier
        receipt = Receipt(
            procedure_code=procedure_code,
            unit_code=unit_code,
            applicant=_applicant(parent),
            channel=parent.channel,
            case_kind=case_kind,
            files=_files(parent),
            return_way=change.desk.return_way,
            received_unit_code=parent.unit_code,
            parent_code=parent.code,
        )
        child = receive_inside(receipt, actor=actor)
        if stops_clock:
            change.stop_clock(Ground.OTHER_OFFICE, note=child.code)
        change.data |= {"child": child.code, "stops_clock": stops_clock}
    return child


def linked_among(codes: Sequence[str]) -> list[str]:
    """Those of some dossiers that were opened for another one."""
    children = DeskRecord.objects.filter(dossier__code__in=list(codes)).exclude(parent_code="")
    return list(children.order_by("pk").values_list("dossier__code", flat=True))


def resume_parent(child_code: str, *, actor: Actor) -> Dossier | None:
    """Let the clock of the dossier that waited for this one run again, from the instant at which this one ended.

    None when none waits (so: idempotent), or when this one was opened again meanwhile.
    """
    child = (
        Dossier.objects.filter(code=child_code).exclude(desk__parent_code="").select_related("desk").first()
    )
    if child is None or child.finished_at is None:
        return None
    waiting = Dossier.objects.filter(
        code=child.desk.parent_code, suspensions__ended_at__isnull=True, suspensions__note=child_code
    )
    if not waiting.exists():
        return None
    with changing(child.desk.parent_code, Verb.RESUME, actor=actor) as change:
        change.start_clock(ground=Ground.OTHER_OFFICE, note=child_code, at=child.finished_at)
        change.data |= {"child": child_code}
    return change.dossier


def _applicant(parent: Dossier) -> Applicant:
    kind = parent.applicant_kind or "citizen"
    party = Party.objects.filter(dossier=parent).first()
    if party is None:
        return Applicant(name=parent.applicant, kind=kind)
    known = [field.name for field in fields(Applicant) if field.name != "kind"]
    return Applicant(kind=kind, **{name: getattr(party, name) for name in known})


def _files(parent: Dossier) -> tuple[Attached, ...]:
    names = [field.name for field in fields(Attached) if field.name != "is_reused"]
    return tuple(Attached(**{**row, "place": None, "is_reused": True}) for row in parent.files.values(*names))
