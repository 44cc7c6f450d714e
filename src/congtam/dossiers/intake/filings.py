"""Applications filed online (hồ sơ nộp trực tuyến): filed, then taken in or turned down by the desk."""

from __future__ import annotations

import secrets
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from congtam.dossiers.domain.states import Channel
from congtam.dossiers.form.answers import CheckedForm, check_form
from congtam.dossiers.intake.receipt_validation import validate_receipt
from congtam.dossiers.intake.receive import SIGNS, new_secret, receive
from congtam.dossiers.models import Dossier, Filing
from congtam.dossiers.record import permissions
from congtam.dossiers.record.domain.receipt import Applicant, AttachedFile, Receipt
from congtam.dossiers.record.free_text import require_text
from congtam.foundation.public import Actor, clock, installation_notes, publish, record, system_actor
from congtam.kernel.clock import LOCAL, local_day
from congtam.kernel.errors import DomainError, InputRefused, NotFound, Problem, msgid
from congtam.procedures.public import DeskProcedure, desk_procedure
from congtam.work_calendar.public import working_calendar

TOPIC: Final = "dossiers.filing_changed"
ANSWER_HOURS: Final = 8
"""Office hours within which the desk answers, one working day; an installation may note another number."""
_HOURS_NOTE: Final = "filing_answer_hours"


class FilingAnswered(DomainError):
    """Somebody has taken it in or turned it down already."""

    code = "dossiers.filing_answered"
    message = msgid("Filing {filing} was already answered by {by}.")


@transaction.atomic
def file_online(receipt: Receipt, *, actor: Actor | None = None) -> Filing:
    """Keep an application filed online until the desk answers it (nộp hồ sơ trực tuyến).

    Raises InputRefused with everything that is wrong. The secret of the filing stays that of the dossier.
    """
    now = clock().now()
    on = local_day(now)
    procedure = desk_procedure(receipt.procedure_code, on)
    form = check_form(receipt, procedure, on=on, is_needed=True)
    problems = [
        *validate_receipt(receipt, procedure, now=now, form=form),
        *_validate_reachable(receipt.applicant),
    ]
    if problems or procedure is None:
        raise InputRefused(problems)
    filing = Filing.objects.create(**_filing_fields(receipt, procedure, form=form, now=now))
    _announce_filing(filing, "filed", actor=actor or system_actor("portal"))
    return filing


@transaction.atomic
def accept_filing(code: str, *, actor: Actor, is_duplicate_confirmed: bool = False) -> Dossier:
    """Take in what was filed online: the dossier is received now and gets its number (tiếp nhận hồ sơ trực tuyến)."""
    filing = _lock_submitted(code, actor=actor)
    receipt = replace(_build_receipt(filing), is_duplicate_confirmed=is_duplicate_confirmed)
    dossier = receive(receipt, actor=actor, lookup_secret=filing.lookup_secret)
    filing.state, filing.dossier_code = "accepted", dossier.code
    _answer_filing(filing, actor=actor)
    return dossier


@transaction.atomic
def decline_filing(code: str, *, reason: str, actor: Actor) -> Filing:
    """Turn down what was filed online, with a reason the applicant reads (không tiếp nhận hồ sơ trực tuyến)."""
    why = require_text(reason)
    filing = _lock_submitted(code, actor=actor)
    filing.state, filing.reason = "declined", why
    _answer_filing(filing, actor=actor)
    return filing


def _answer_filing(filing: Filing, *, actor: Actor) -> None:
    filing.answered_at, filing.answered_by = clock().now(), actor.username
    filing.save()
    _announce_filing(filing, filing.state, actor=actor)


def _lock_submitted(code: str, *, actor: Actor) -> Filing:
    """The filing, locked; NotFound unless the actor receives for its unit."""
    filing = Filing.objects.select_for_update().filter(code=code).first()
    if filing is None or filing.unit_code not in permissions.receivable_units(actor):
        raise NotFound(kind="filing", key=code)
    if filing.state != "submitted":
        raise FilingAnswered(filing=code, by=filing.answered_by)
    return filing


def _announce_filing(filing: Filing, verb: str, *, actor: Actor) -> None:
    payload = {
        "filing": filing.code,
        "state": filing.state,
        "unit": filing.unit_code,
        "dossier_code": filing.dossier_code,
    }
    publish(TOPIC, filing.code, payload)
    record(
        actor,
        f"filing.{verb}",
        kind="filing",
        key=filing.code,
        unit_code=filing.unit_code,
        data={"dossier": filing.dossier_code},
    )


def _validate_reachable(applicant: Applicant) -> list[Problem]:
    if applicant.phone.strip() or applicant.email.strip():
        return []
    message = msgid("Enter a phone number or e-mail address.")
    return [Problem(code="contact_missing", message=message, column="applicant.phone")]


def _filing_fields(
    receipt: Receipt, procedure: DeskProcedure, *, form: CheckedForm, now: datetime
) -> dict[str, Any]:
    return {
        "code": _new_filing_code(now),
        "lookup_secret": new_secret(),
        "unit_code": receipt.unit_code,
        "procedure_code": procedure.code,
        "procedure_name": procedure.name,
        "field_name": procedure.field_name,
        "case_kind": receipt.case_kind,
        "applicant": asdict(receipt.applicant.normalize()),
        "form": dict(form.content),
        "files": [asdict(file) for file in receipt.files],
        "return_way": receipt.return_way,
        "submitted_at": now,
        "answer_due_at": working_calendar().add_working_hours(now, _answer_hours()),
    }


def _answer_hours() -> float:
    return float(installation_notes().get(_HOURS_NOTE, ANSWER_HOURS))


def _new_filing_code(now: datetime) -> str:
    """TT, the day, six signs at random: a filing has no number in the unit's row of the day yet."""
    return f"TT-{now.astimezone(LOCAL):%y%m%d}-" + "".join(secrets.choice(SIGNS) for _ in range(6))


def _build_receipt(filing: Filing) -> Receipt:
    names = {field.name for field in fields(Applicant)}
    return Receipt(
        procedure_code=filing.procedure_code,
        unit_code=filing.unit_code,
        applicant=Applicant(**{name: value for name, value in filing.applicant.items() if name in names}),
        channel=Channel.ONLINE.value,
        case_kind=filing.case_kind,
        files=tuple(AttachedFile(**file) for file in filing.files),
        is_id_number_confirmed=True,
        form=filing.form,
        is_form_checked=True,
        return_way=filing.return_way,
    )
