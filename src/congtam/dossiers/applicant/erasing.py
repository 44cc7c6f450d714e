"""Erasing the applicant of a dossier (xóa dữ liệu cá nhân): it still counts, and nobody can tell whose it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import transaction

from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.fees.open_fees import has_pending_fee, note_unrecorded_payment
from congtam.dossiers.intake.receive import new_secret
from congtam.dossiers.models import (
    ClockLine,
    DeskRecord,
    Dossier,
    Filing,
    Letter,
    Paper,
    Party,
    ReplacedDossier,
)
from congtam.dossiers.record import permissions
from congtam.dossiers.record.announcing import ERASED_VERB, announce
from congtam.dossiers.record.digests import PERSON_KIND, person_of, set_digests
from congtam.dossiers.record.domain.issued_result import IssuedResult
from congtam.dossiers.record.domain.rows import COUNTED_ATTRIBUTES, COUNTED_STEP_ATTRIBUTES, counted_only
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.person_keys import declare_erasure, erase, person_ref
from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import DomainError, NotAllowed, NotFound, msgid

BLANKED: Final = "…"
"""Stands where a text must not be empty."""
FILING_KIND: Final = "filing"
"""Whoever filed online and was declined is met by the code of the filing: there is no dossier."""
_SEARCHED: Final = ("name", "name_key", "phone", "email", "id_number", "address", "submitter", "account")
_NOT_OF_PERSONS: Final = frozenset({"request", "hours", "to_unit", "replaced_by", "kind", "ground", "legal"})
"""In letters and answers: codes and figures that name nobody."""
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d([T ][0-9:.+Z-]*)?")


class DossierStillOpen(DomainError):
    """Whoever is erased cannot be served any more."""

    code = "dossiers.still_open"
    message = msgid("Dossier {dossier} is still open. Complete it before you erase its personal data.")


class FilingNotDeclined(DomainError):
    """A filing that waits is answered first; the person of an accepted one is erased with its dossier."""

    code = "dossiers.filing_not_declined"
    message = msgid(
        "Filing {filing} was not declined. Decline it first; if it became a dossier, erase the personal data of that."
    )


def declare() -> None:
    """Have dossiers and filings blanked when their applicant is erased."""
    declare_erasure("dossiers", _blank)


def filing_codes_of(ref: str) -> list[str]:
    """What was filed online by the person of a reference: for a dossier, or without one."""
    kind, _slash, code = ref.partition("/")
    if kind == FILING_KIND:
        return [code]
    return list(
        Filing.objects.filter(dossier_code=code).exclude(dossier_code="").values_list("code", flat=True)
    )


def may_erase(actor: Actor, unit_code: str) -> bool:
    """Whether the actor may erase persons of the dossiers of a unit: its administrators."""
    return permissions.may(actor, (Role.ADMINISTRATOR,), unit_code)


def is_still_open(dossier: Dossier) -> bool:
    """Whether somebody has to act or a fee is to be paid, so that its applicant is still needed."""
    desk = DeskRecord.objects.filter(pk=dossier.pk).first()
    return dossier.state in OPEN or (desk is not None and bool(desk.role or has_pending_fee(dossier)))


@transaction.atomic
def erase_filing_person(code: str, *, reason: str, actor: Actor) -> bool:
    """Erase who filed online and was declined, for good; False if that was done before.

    Raises NotFound, FilingNotDeclined while it waits or where it became a dossier, and ConfirmationNeeded.
    """
    require_confirmation(actor)
    filing = Filing.objects.select_for_update().filter(code=code).first()
    if filing is None or not may_erase(actor, filing.unit_code):
        raise NotFound(kind=FILING_KIND, key=code)
    if filing.state != "declined":
        raise FilingNotDeclined(filing=code)
    return erase(person_ref(FILING_KIND, code), reason=reason, actor=actor)


@transaction.atomic
def erase_person(code: str, *, reason: str, actor: Actor) -> bool:
    """Erase the applicant of a closed dossier for good; False if that was done before.

    ``reason`` is one of ``person_keys.GROUNDS``. Names, contacts, notes, form and files go, in this house; dates,
    states and fees stay, so no figure changes. Raises NotFound, NotAllowed for all but administrators of the unit, and
    DossierStillOpen while somebody has to act or a fee is to be paid: nothing is done with the dossier afterwards; and
    ConfirmationNeeded.
    """
    require_confirmation(actor)
    dossier = get_visible(code, to=actor)
    if not may_erase(actor, dossier.unit_code):
        raise NotAllowed(right="dossiers.erase_person", unit=dossier.unit_code)
    # The desk first, then the dossier, as every action locks them.
    DeskRecord.objects.select_for_update().filter(pk=dossier.pk).first()
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    note_unrecorded_payment(locked)
    if is_still_open(locked):
        raise DossierStillOpen(dossier=locked.code)
    return erase(person_of(locked.code), reason=reason, actor=actor)


def _blank(ref: str, actor: Actor) -> None:
    kind, _slash, code = ref.partition("/")
    _blank_filings(filing_codes_of(ref))
    dossier = Dossier.objects.filter(code=code).first() if kind == PERSON_KIND else None
    if dossier is None:
        return
    before = dossier.row_digest
    note_unrecorded_payment(dossier)
    _blank_parts(dossier)
    desk = DeskRecord.objects.filter(pk=dossier.pk).first()
    if desk is not None:
        _blank_desk(desk)
    dossier.applicant = ""
    dossier.attributes = counted_only(dossier.attributes, COUNTED_ATTRIBUTES)
    set_digests(dossier, dossier.steps.order_by("pk"), dossier.suspensions.order_by("pk"))
    changed = ["applicant", "attributes", "payment", "fee_dong", "row_digest", "person_digest"]
    dossier.save(update_fields=changed)
    # An earlier digest of the first edition is of the applicant too: it has no key any more and is left out.
    announce(dossier, ERASED_VERB, actor=actor, before=before)


def _blank_parts(dossier: Dossier) -> None:
    ReplacedDossier.objects.filter(dossier=dossier).delete()
    Party.objects.filter(dossier=dossier).update(**dict.fromkeys(_SEARCHED, ""))
    Paper.objects.filter(dossier=dossier).delete()
    ClockLine.objects.filter(dossier=dossier).update(note="")
    dossier.suspensions.update(note="")
    for step in dossier.steps.exclude(attributes={}):
        step.attributes = counted_only(step.attributes, COUNTED_STEP_ATTRIBUTES)
        step.save(update_fields=["attributes"])
    for letter in Letter.objects.filter(dossier=dossier):
        letter.content, letter.answer = _blank_texts(letter.content), _blank_texts(letter.answer)
        letter.save(update_fields=["content", "answer"])


def _blank_filings(codes: Collection[str]) -> None:
    """Without person, form and files; why one was declined is text about somebody, so dots stay."""
    for filing in Filing.objects.select_for_update().filter(code__in=codes):
        filing.applicant, filing.form, filing.files, filing.lookup_secret = {}, {}, [], new_secret()
        filing.reason = BLANKED if filing.reason else ""
        filing.save(update_fields=["applicant", "form", "files", "reason", "lookup_secret"])


def _blank_desk(desk: DeskRecord) -> None:
    """The slip opens nothing any more; the result keeps its number and day."""
    desk.form, desk.lookup_secret = {}, new_secret()
    if desk.result:
        desk.result = IssuedResult(number=IssuedResult.parse(desk.result).number).serialize()
    desk.version += 1
    desk.save(update_fields=["form", "lookup_secret", "result", "version"])


def _blank_texts(value: Any) -> Any:
    """The same JSON without what people wrote in it: numbers, truths and instants stay."""
    if isinstance(value, Mapping):
        return {name: part if name in _NOT_OF_PERSONS else _blank_texts(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_blank_texts(part) for part in value if not isinstance(part, str)]
    return "" if isinstance(value, str) and not _INSTANT.fullmatch(value) else value
