"""Whose move it is (ai đang giữ hồ sơ)."""

from __future__ import annotations

from congtam.dossiers.handling.subject import HandledDossier
from congtam.dossiers.models import Step
from congtam.dossiers.record import permissions
from congtam.dossiers.record.domain.step_attributes import StepAttributes
from congtam.foundation.public import Account, actor_for
from congtam.kernel.errors import InputRefused, Problem, msgid


def is_holder(subject: HandledDossier) -> bool:
    """Whether the dossier lies with this person: the holder; without one, the role at hand; the head always."""
    actor, desk = subject.actor, subject.desk
    if permissions.is_head(actor, desk.unit_code):
        return True
    if desk.holder:
        return desk.holder == actor.username
    return bool(desk.role) and permissions.holds_role(actor, desk.role, desk.unit_code)


def has_handed_over(subject: HandledDossier) -> bool:
    """Whether this person handed over what is on offer, or heads the unit."""
    if permissions.is_head(subject.actor, subject.desk.unit_code):
        return True
    steps = Step.objects.filter(dossier_id=subject.desk.pk, finished_at__isnull=True)
    step = steps.order_by("-sequence").first()
    return (
        step is not None
        and StepAttributes.parse(step.attributes).course.handed_over_by == subject.actor.username
    )


def require_officer(username: str, *, role: str, unit_code: str) -> None:
    """Raise InputRefused unless the account exists, is open and has the role over the unit."""
    account = Account.objects.filter(username=username, is_active=True).first()
    person = actor_for(account) if account else None
    if person and (permissions.holds_role(person, role, unit_code) or permissions.is_head(person, unit_code)):
        return
    message = msgid("“{officer}” is not responsible for this step in this unit.")
    raise InputRefused(
        [Problem(code="officer_unsuitable", message=message, data={"officer": username}, column="officer")]
    )
