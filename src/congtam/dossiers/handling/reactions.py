"""What is done with a dossier because of something elsewhere (việc phát sinh): a fee, a linked dossier, an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from congtam.dossiers.fees.domain.fees import OPEN, PAID
from congtam.dossiers.fees.open_fees import fees_of
from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.handling.verbs import ANSWER, CONFIRM_PAYMENT, NOTE_PAYMENT, RESUME, WAIVE_PAYMENT
from congtam.dossiers.handling.waiting_payment import (
    NoOutstandingFee,
    awaited_payment_letter,
    sync_with_fee_request,
)
from congtam.dossiers.models import DeskRecord, Dossier, Letter, LetterKind
from congtam.dossiers.record import permissions
from congtam.dossiers.record.free_text import require_text
from congtam.foundation.public import Actor, clock, system_actor
from congtam.kernel.errors import NotFound
from congtam.payments.public import FeeRequestView


@transaction.atomic
def sync_dossier_with_payment(code: str, *, request: str) -> Dossier:
    """Bring a dossier in line with what the books say of a request: paid, cancelled or given back.

    Raises NoOutstandingFee when the dossier knows it already: a message may be told again. Long after the end it is
    only noted, and nothing is opened again.
    """
    rows = DeskRecord.objects.select_for_update(of=("self",)).select_related("dossier")
    desk = rows.filter(dossier__code=code).first()
    fee = next((fee for fee in fees_of(desk.dossier) if fee.code == request), None) if desk else None
    if desk is None or fee is None:
        raise NoOutstandingFee(dossier=code)
    # The same verbs as at the desk; here the books tell what became of the fee, and nobody is asked.
    verb = replace(_payment_verb(desk.dossier, fee), apply=sync_with_fee_request)
    data = {"request": request, "fee_state": fee.state, "reason": fee.closing_reason}
    return DESK.perform(code, verb, actor=system_actor("payments"), data=data).change.dossier


def child_dossiers_among(codes: Sequence[str]) -> list[str]:
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
    parent_code = child.desk.parent_code
    waiting = Dossier.objects.filter(
        code=parent_code, suspensions__ended_at__isnull=True, suspensions__note=child_code
    )
    if not waiting.exists():
        return None
    data = {"child": child_code, "ended_at": child.finished_at}
    return DESK.perform(parent_code, RESUME, actor=actor, data=data).change.dossier


def answer_consultation(number: str, *, text: str, actor: Actor) -> Letter:
    """Answer a question put to the actor's unit; the dossier itself need not be visible to it."""
    written = require_text(text, column="text")
    letters = Letter.objects.filter(number=number, kind=LetterKind.CONSULTATION).select_related("dossier")
    letter = letters.first()
    if letter is None or not permissions.may(actor, ANSWER.roles, letter.to_unit_code):
        raise NotFound(kind="consultation", key=number)
    subject = HandledDossier(actor=actor, dossier=letter.dossier, now=clock().now())
    DESK.perform_on(subject, ANSWER, data={"letter": letter.sequence, "text": written})
    letter.refresh_from_db()
    return letter


def _payment_verb(dossier: Dossier, fee: FeeRequestView) -> DeskVerb:
    """What the news comes to: a wait that ends, a fee that is paid, or a mere note."""
    letter = awaited_payment_letter(dossier)
    is_waited_for = letter is not None and letter.content.get("request") == fee.code
    if is_waited_for and fee.state != OPEN:
        return CONFIRM_PAYMENT if fee.state == PAID else WAIVE_PAYMENT
    return NOTE_PAYMENT
