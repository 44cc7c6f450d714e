"""An electronic form as it is printed (tờ khai bản điện tử): of a dossier, or of a filing nobody has taken in yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.dossiers.form.answers import readable_form
from congtam.dossiers.models import DeskRecord, Dossier, Filing
from congtam.dossiers.printing.units import printed_unit
from congtam.dossiers.printing.values import PrintedPerson, PrintedUnit
from congtam.dossiers.record import permissions
from congtam.dossiers.record.desk_queries import get_filing
from congtam.dossiers.record.visibility import visible_to
from congtam.forms.public import FormPart, is_filled_form
from congtam.foundation.public import Actor
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.vietnamese import nfc


@dataclass(frozen=True, kw_only=True)
class PrintedApplication:
    """A form that was filled in: by whom, for which office, when, and everything it says."""

    code: str
    filing_code: str
    """The code it was filed under online; empty where it was filled in at the desk."""
    unit: PrintedUnit
    procedure_code: str
    procedure_name: str
    person: PrintedPerson
    filled_at: datetime
    parts: tuple[FormPart, ...]
    lookup_secret: str = ""


def printed_application(code: str, *, to: Actor) -> PrintedApplication:
    """The form of a dossier or filing by its code, for those who may see the person.

    NotFound for what is out of sight or has no form, NotAllowed without the right to know persons.
    """
    desk = DeskRecord.objects.filter(dossier__in=visible_to(to).filter(code=nfc(code))).first()
    if desk is None:
        return _filing_application(get_filing(code, to=to), to=to)
    if not permissions.may_see_person(to, desk.dossier.unit_code):
        raise NotAllowed(right="dossiers.see_person", unit=desk.dossier.unit_code)
    return _dossier_application(desk, to=to)


def has_application(desk: DeskRecord) -> bool:
    """Whether there is a form to print: one of the procedure's own, or anything that was filled in online."""
    return is_filled_form(desk.form) or _was_filled_in_online(desk)


def _was_filled_in_online(desk: DeskRecord) -> bool:
    return bool(desk.form) and desk.dossier.channel == "online"


def _dossier_application(desk: DeskRecord, *, to: Actor) -> PrintedApplication:
    dossier = desk.dossier
    if not has_application(desk):
        raise NotFound(kind="printed form", key="application")
    filing = Filing.objects.filter(dossier_code=dossier.code).first()
    desks = permissions.receivable_units(to)
    may_open = desk.received_unit_code in desks or desk.unit_code in desks
    return PrintedApplication(
        code=dossier.code,
        filing_code=filing.code if filing else "",
        unit=printed_unit(dossier.unit_code, local_day(dossier.received_at)),
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        person=_printed_party(dossier),
        filled_at=filing.submitted_at if filing else dossier.received_at,
        parts=tuple(readable_form(desk.form)),
        lookup_secret=desk.lookup_secret if may_open else "",
    )


def _filing_application(filing: Filing, *, to: Actor) -> PrintedApplication:
    if not filing.form:
        raise NotFound(kind="printed form", key="application")
    may_open = filing.unit_code in permissions.receivable_units(to)
    return PrintedApplication(
        code=filing.code,
        filing_code=filing.code,
        unit=printed_unit(filing.unit_code, local_day(filing.submitted_at)),
        procedure_code=filing.procedure_code,
        procedure_name=filing.procedure_name,
        person=_printed_person(filing.applicant),
        filled_at=filing.submitted_at,
        parts=tuple(readable_form(filing.form)),
        lookup_secret=filing.lookup_secret if may_open else "",
    )


def _printed_party(dossier: Dossier) -> PrintedPerson:
    party = getattr(dossier, "party", None)
    if party is None:
        return PrintedPerson(name=dossier.applicant, kind=dossier.applicant_kind)
    names = ("name", "address", "phone", "email", "id_number", "submitter")
    return PrintedPerson(kind=dossier.applicant_kind, **{name: getattr(party, name) for name in names})


def _printed_person(applicant: Mapping[str, Any]) -> PrintedPerson:
    names = ("name", "kind", "address", "phone", "email", "id_number", "submitter")
    return PrintedPerson(**{name: str(applicant.get(name, "")) for name in names})
