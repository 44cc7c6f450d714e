"""Supplementing online (bổ sung hồ sơ trực tuyến): the applicant sends, the clerk takes it or says what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from congtam.dossiers.applicant.public import (
    CitizenDossier,
    Sent,
    correction_kept,
    form_corrected_by_holder,
    note_sent,
    take_files,
)
from congtam.dossiers.public import receive_supplement
from congtam.foundation.public import Actor, clock, record, system_actor
from congtam.kernel.errors import DomainError, InputRefused, Problem, msgid
from congtam.kernel.input.texts import clean_text
from congtam.portal.filing.domain.application import LONGEST_TEXT, MOST_FILES
from congtam.portal.filing.drafts import attached
from congtam.portal.models import OfferState, SupplementOffer
from congtam.portal.notices.notices import notify_supplement_declined
from congtam.portal.queries import get_visible_offer


class NothingAsked(DomainError):
    """Only what was asked for can be sent in."""

    code = "portal.nothing_asked"
    message = msgid("Nothing is asked of you for dossier {dossier} at the moment.")


class OfferWaiting(DomainError):
    """One supplement waits for the office already."""

    code = "portal.offer_waiting"
    message = msgid("You have sent papers for dossier {dossier} already; the office is looking at them.")


class OfferAnswered(DomainError):
    """The supplement was taken or turned down already."""

    code = "portal.offer_answered"
    message = msgid("This supplement was answered already.")


@transaction.atomic
def offer(
    dossier: CitizenDossier,
    files: Iterable[Sent],
    *,
    note: str = "",
    form: Mapping[str, Any] | None = None,
) -> SupplementOffer:
    """Send in what was asked for; raises InputRefused with everything wrong with the files and the form.

    ``form`` are the answers of the electronic form as they now read; None where it was not on the page.
    """
    if dossier.supplement is None:
        raise NothingAsked(dossier=dossier.code)
    if SupplementOffer.objects.filter(dossier_code=dossier.code, state=OfferState.WAITING).exists():
        raise OfferWaiting(dossier=dossier.code)
    actor, sent = system_actor("portal"), list(files)
    corrected, wrong = _corrected(dossier.code, form)
    nothing = [] if sent or corrected or wrong else [_nothing(has_form=form is not None)]
    problems = [*nothing, *_too_many(sent, note), *wrong]
    taken, refused = take_files(sent, actor=actor, kind="supplement") if not problems else ((), ())
    if problems or refused:
        raise InputRefused([*problems, *refused])
    made = _made(dossier, note=note, files=[asdict(each) for each in taken], form=corrected)
    note_sent(dossier.code, sent_at=made.sent_at)
    told = {"files": len(taken), "form_answers": len(corrected.get("changes", ()))}
    record(
        actor,
        "dossier.supplement_sent",
        kind="dossier",
        key=dossier.code,
        unit_code=dossier.unit_code,
        data=told,
    )
    return made


def _made(
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


def _corrected(code: str, form: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[Problem]]:
    """The form to be kept with the offer, empty when it reads as before; and what is wrong with it."""
    if form is None:
        return {}, []
    correction = form_corrected_by_holder(code, form)
    return correction.to_keep, list(correction.form.problems)


def _nothing(*, has_form: bool) -> Problem:
    """Neither a file nor a correction was sent."""
    message = msgid("Attach at least one file.")
    if has_form:
        message = msgid("Attach at least one file, or correct what you filled in.")
    return Problem(code="files_missing", message=message, column="files")


def _too_many(sent: list[Sent], note: str) -> list[Problem]:
    problems = []
    if len(sent) > MOST_FILES:
        message = msgid("No more than {limit} files can be sent. Put several pages into one PDF.")
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
    held = _waiting(key, actor)
    files = tuple(attached(each) for each in held.files)
    form = correction_kept(held.form)  # as it was checked on the day it was sent
    receive_supplement(held.dossier_code, files=files, form=form, handed_in_at=held.sent_at, actor=actor)
    return _answer(held, OfferState.ACCEPTED, actor=actor)


@transaction.atomic
def decline_offer(key: str, *, reason: str, actor: Actor) -> SupplementOffer:
    """Say what is still wrong; the dossier keeps waiting for the applicant."""
    held = _waiting(key, actor)
    reason = clean_text(reason)
    if not reason:
        message = msgid("Say what is still missing or wrong.")
        raise InputRefused([Problem(code="reason_missing", message=message, column="reason")])
    held.reason = reason
    note_sent(held.dossier_code, sent_at=None)
    answered = _answer(held, OfferState.DECLINED, actor=actor)
    notify_supplement_declined(held.dossier_code, offer=key)
    record(
        actor,
        "dossier.supplement_declined",
        kind="dossier",
        key=held.dossier_code,
        unit_code=held.unit_code,
    )
    return answered


def _waiting(key: str, actor: Actor) -> SupplementOffer:
    seen = get_visible_offer(key, to=actor, must_answer=True)
    held = SupplementOffer.objects.select_for_update().get(pk=seen.pk)
    if held.state != OfferState.WAITING:
        raise OfferAnswered(dossier=held.dossier_code)
    return held


def _answer(held: SupplementOffer, state: OfferState, *, actor: Actor) -> SupplementOffer:
    held.state, held.answered_at, held.answered_by = state.value, clock().now(), actor.username
    held.save(update_fields=["state", "answered_at", "answered_by", "reason"])
    return held
