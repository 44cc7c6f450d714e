"""Print a form of a dossier (in mẫu của hồ sơ): read through the actor, composed, rendered, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.db import transaction

from congtam.dossiers.printing.public import (
    PrintedApplication,
    PrintedDossier,
    printed_application,
    printed_dossier,
    printed_dossiers,
    printed_receipt,
)
from congtam.foundation.public import Actor, clock, record, system_actor
from congtam.kernel.clock import local_day
from congtam.kernel.errors import DomainError, NotAllowed, NotFound, msgid
from congtam.reports.actions.rendering import render_form
from congtam.reports.dossier_forms.application import application_document
from congtam.reports.dossier_forms.documents import APPLICATION, FOR_HOLDERS, SLIPS, document_for
from congtam.reports.form_catalogue import form_keys
from congtam.typesetting.public import MEDIA_TYPES, OfficialDocument

MOST_ON_A_SLIP: Final = 500


class TooManyOnSlip(DomainError):
    """A slip takes so many dossiers and no more."""

    code: ClassVar[str] = "reports.too_many_on_slip"
    message: ClassVar[str] = msgid("Choose 1 to {maximum} dossiers for a hand-over slip.")


@dataclass(frozen=True, kw_only=True)
class PrintedFile:
    """A form as a file (mẫu đã in)."""

    name: str
    media_type: str
    content: bytes


def print_form(
    code: str, form: str, extension: str, *, actor: Actor, letter: int | None = None
) -> PrintedFile:
    """A form of one dossier as .docx or PDF; ``letter`` names one of several letters, else the latest.

    NotFound for an unknown form or a dossier out of sight, NotAllowed for a form with the person in it to somebody who
    may not see persons, FormNotThere when such a letter was never written.
    """
    if form == APPLICATION:
        return _print_application(printed_application(code, to=actor), extension, actor=actor)
    _require_printable(form, extension)
    if form in SLIPS:
        return print_slip([code], form, extension, actor=actor)
    read = printed_receipt if form == "receipt" else printed_dossier
    dossier = read(code, to=actor)
    if form in FOR_HOLDERS and not dossier.has_person:
        raise NotAllowed(right="dossiers.see_person", unit=dossier.unit.code)
    return _print_dossier(dossier, form, extension, actor=actor, letter=letter)


def form_for_holder(
    code: str, form: str, *, extension: str = "pdf", letter: int | None = None
) -> PrintedFile:
    """The receipt or a letter for the applicant; the caller has checked code and secret of the slip."""
    actor = system_actor("portal")
    if form == APPLICATION:
        return _print_application(printed_application(code, to=actor), extension, actor=actor)
    _require_printable(form, extension)
    if form not in FOR_HOLDERS:
        raise NotFound(kind="printed form", key=form)
    return _print_dossier(printed_dossier(code, to=actor), form, extension, actor=actor, letter=letter)


def print_slip(codes: Sequence[str], form: str, extension: str, *, actor: Actor) -> PrintedFile:
    """A hand-over slip of many dossiers, in the order given."""
    if form not in SLIPS or extension not in MEDIA_TYPES:
        raise NotFound(kind="printed form", key=f"{form}.{extension}")
    if not 1 <= len(codes) <= MOST_ON_A_SLIP:
        raise TooManyOnSlip(maximum=MOST_ON_A_SLIP)
    dossiers = printed_dossiers(codes, to=actor)
    if not all(one.has_person for one in dossiers):
        raise NotAllowed(right="dossiers.see_person", unit=dossiers[0].unit.code)
    today = local_day(clock().now())
    document = SLIPS[form](dossiers, on=today)
    name = f"{form}-{today:%Y%m%d}.{extension}"
    return _render_and_record(document, name, extension, actor=actor, dossiers=dossiers, form=form)


def _print_application(form: PrintedApplication, extension: str, *, actor: Actor) -> PrintedFile:
    """The form an applicant filled in; the ledger says that it was printed and nothing of what it holds."""
    if extension not in MEDIA_TYPES:
        raise NotFound(kind="printed form", key=f"{APPLICATION}.{extension}")
    content = render_form(application_document(form), APPLICATION, extension)
    kind = "filing" if form.filing_code == form.code else "dossier"
    with transaction.atomic():
        record(
            actor,
            f"{kind}.printed",
            kind=kind,
            key=form.code,
            unit_code=form.unit.code,
            data={"form": APPLICATION, "extension": extension},
        )
    name = f"{form.code}-{APPLICATION}.{extension}"
    return PrintedFile(name=name, media_type=MEDIA_TYPES[extension], content=content)


def _require_printable(form: str, extension: str) -> None:
    if form not in form_keys() or form == "book" or extension not in MEDIA_TYPES:
        raise NotFound(kind="printed form", key=f"{form}.{extension}")


def _print_dossier(
    dossier: PrintedDossier, form: str, extension: str, *, actor: Actor, letter: int | None
) -> PrintedFile:
    document = document_for(dossier, form, letter=letter)
    name = f"{dossier.code}-{form}.{extension}"
    return _render_and_record(document, name, extension, actor=actor, dossiers=[dossier], form=form)


def _render_and_record(
    document: OfficialDocument,
    name: str,
    extension: str,
    *,
    actor: Actor,
    dossiers: Sequence[PrintedDossier],
    form: str,
) -> PrintedFile:
    content = render_form(document, form, extension)
    data: dict[str, Any] = {"form": form, "extension": extension, "mark": document.form_mark}
    with transaction.atomic():
        for dossier in dossiers:
            record(
                actor,
                "dossier.printed",
                kind="dossier",
                key=dossier.code,
                unit_code=dossier.unit.code,
                data=data,
            )
    return PrintedFile(name=name, media_type=MEDIA_TYPES[extension], content=content)
