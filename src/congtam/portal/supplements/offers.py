"""Supplementing online (bổ sung hồ sơ trực tuyến): the applicant sends, the clerk takes it or says what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from congtam.dossiers.applicant.public import (
    CitizenDossier,
    IncomingFile,
    build_citizen_form_correction,
    parse_correction,
    record_supplement_sent,
    take_files,
)
from congtam.dossiers.public import receive_supplement
from congtam.foundation.public import Actor, clock, record, system_actor
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.portal.filing.domain.application import LONGEST_TEXT, MOST_FILES
from congtam.portal.filing.drafts import to_attachment
from congtam.portal.models import OfferState, SupplementOffer
from congtam.portal.notices.notices import notify_supplement_declined
from congtam.portal.queries import get_visible_offer


class NoSupplementRequested(DomainError):
    """Only what was asked for can be sent in."""

    code = "portal.no_supplement_requested"
    message = msgid("You do not need to do anything for dossier {dossier} at the moment.")


class OfferWaiting(DomainError):
    """One supplement waits for the office already."""

    code = "portal.offer_waiting"
    message = msgid("You have already sent papers for dossier {dossier}; the office is reviewing them.")


class OfferAnswered(DomainError):
    """The supplement was taken or turned down already."""

    code = "portal.offer_answered"
    message = msgid("This supplement has already been answered.")


@transaction.atomic
def send_supplement(
    dossier: CitizenDossier,
    files: Iterable[IncomingFile],
    *,
    note: str = "",
    form: Mapping[str, Any] | None = None,
) -> SupplementOffer:
    """Send in what was asked for; raises InputRefused with everything wrong with the files and the form.

    ``form`` are the answers of the electronic form as they now read; None where it was not on the page.
    """
    if dossier.supplement is None:
        raise NoSupplementRequested(dossier=dossier.code)
    if SupplementOffer.objects.filter(dossier_code=dossier.code, state=OfferState.WAITING).exists():
        raise OfferWaiting(dossier=dossier.code)
    actor, sent = system_actor("portal"), list(files)
    corrected, wrong = _correct_form(dossier.code, form)
    missing = [] if sent or corrected or wrong else [_files_missing_problem(has_form=form is not None)]
    problems = [*missing, *_limit_problems(sent, note), *wrong]
    taken, refused = take_files(sent, actor=actor, kind="supplement") if not problems else ((), ())
    if problems or refused:
        raise InputRefused([*problems, *refused])
    made = _create_offer(dossier, note=note, files=[asdict(each) for each in taken], form=corrected)
    record_supplement_sent(dossier.code, sent_at=made.sent_at)
    counts = {"files": len(taken), "form_answers": len(corrected.get("changes", ()))}
    record(
        actor,
        "dossier.supplement_sent",
        kind="dossier",
        key=dossier.code,
        unit_code=dossier.unit_code,
        data=counts,
    )
    return made


def _create_offer(
    dossier: CitizenDossier, *, note: str, files: list[dict[str, Any]], form: dict[str, Any]
) -> SupplementOffer:
    """The offer on record; raises OfferWaiting where another came in the same moment."""
    try:
        with transaction.atomic():
            return SupplementOffer.objects.create(
                key=secrets.token_urlsafe(32),
                dossier_code=dossier.code,
                unit_code=dossier.unit_code,
                note=clean_text(note),
                files=files,
                form=form,
                sent_at=clock().now(),
            )
    except IntegrityError:
        raise OfferWaiting(dossier=dossier.code) from None


def _correct_form(code: str, form: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[Problem]]:
    """The form to be kept with the offer, empty when it reads as before; and what is wrong with it."""
    if form is None:
        return {}, []
    correction = build_citizen_form_correction(code, form)
    return correction.serialized, list(correction.form.problems)


def _files_missing_problem(*, has_form: bool) -> Problem:
    """Neither a file nor a correction was sent."""
    message = msgid("Attach at least one file.")
    if has_form:
        message = msgid("Attach at least one file or correct your answers.")
    return Problem(code="files_missing", message=message, column="files")


def _limit_problems(sent: list[IncomingFile], note: str) -> list[Problem]:
    problems = []
    if len(sent) > MOST_FILES:
        message = msgid("You can send up to {limit} files. Combine several pages into one PDF.")
        problems.append(
            Problem(code="too_many_files", message=message, data={"limit": MOST_FILES}, column="files")
        )
    if len(note) > LONGEST_TEXT:
        message = msgid("This is longer than {limit} characters.")
        problems.append(
            Problem(code="too_long", message=message, data={"limit": LONGEST_TEXT}, column="note")
        )
    return problems


@transaction.atomic
def accept_offer(key: str, *, actor: Actor) -> SupplementOffer:
    """Take papers and corrections into the dossier; its clock runs again from the instant they were sent."""
    locked = _lock_waiting_offer(key, actor)
    files = tuple(to_attachment(each) for each in locked.files)
    form = parse_correction(locked.form)  # as it was checked on the day it was sent
    receive_supplement(locked.dossier_code, files=files, form=form, handed_in_at=locked.sent_at, actor=actor)
    return _mark_offer_answered(locked, OfferState.ACCEPTED, actor=actor)


@transaction.atomic
def decline_offer(key: str, *, reason: str, actor: Actor) -> SupplementOffer:
    """Say what is still wrong; the dossier keeps waiting for the applicant."""
    locked = _lock_waiting_offer(key, actor)
    reason = clean_text(reason)
    if not reason:
        message = msgid("Enter what is still missing or wrong.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    locked.reason = reason
    record_supplement_sent(locked.dossier_code, sent_at=None)
    answered = _mark_offer_answered(locked, OfferState.DECLINED, actor=actor)
    notify_supplement_declined(locked.dossier_code, offer=key)
    record(
        actor,
        "dossier.supplement_declined",
        kind="dossier",
        key=locked.dossier_code,
        unit_code=locked.unit_code,
    )
    return answered


def _lock_waiting_offer(key: str, actor: Actor) -> SupplementOffer:
    visible = get_visible_offer(key, to=actor, must_answer=True)
    locked = SupplementOffer.objects.select_for_update().get(pk=visible.pk)
    if locked.state != OfferState.WAITING:
        raise OfferAnswered(dossier=locked.dossier_code)
    return locked


def _mark_offer_answered(locked: SupplementOffer, state: OfferState, *, actor: Actor) -> SupplementOffer:
    locked.state, locked.answered_at, locked.answered_by = state.value, clock().now(), actor.username
    locked.save(update_fields=["state", "answered_at", "answered_by", "reason"])
    return locked
