"""A person whose dossier of the same procedure is still open (hồ sơ nộp trùng): it is named, and the desk asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Q, QuerySet

from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.models import Dossier, Party
from congtam.dossiers.record.domain.receipt import Applicant, Receipt
from congtam.dossiers.record.permissions import MAY_SEE_PERSONS, receivable_units
from congtam.foundation.public import Actor
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import Problem, msgid
from congtam.kernel.identity import plain_identity
from congtam.kernel.input.phones import phone_or_none, stored_forms
from congtam.kernel.vietnamese import fold
from congtam.org_units.public import visible_units
from congtam.procedures.public import DeskProcedure

DUPLICATE: Final = "is_duplicate_confirmed"
"""The field that confirms it, and the column of the problem."""
_NAMED: Final = 3
_OPEN: Final = sorted(state.value for state in OPEN)


def validate_duplicate(
    receipt: Receipt, procedure: DeskProcedure | None, *, actor: Actor
) -> Iterator[Problem]:
    """A problem for each open dossier of the same person and procedure, unless this one was confirmed as another.

    Certifications with a limit in hours are handed in several times a day: nothing is asked of them.
    """
    if procedure is None or receipt.is_duplicate_confirmed or _is_limited_in_hours(receipt, procedure):
        return
    for dossier in open_dossiers(receipt.applicant, procedure.code, to=actor)[:_NAMED]:
        yield Problem(
            code="open_dossier_exists",
            message=msgid(
                "This person already has an open dossier of this procedure: {dossier}, received on {received}."
            ),
            data={
                "dossier": dossier.code,
                "received": f"{dossier.received_at.astimezone(LOCAL):%d/%m/%Y}",
            },
            column=DUPLICATE,
            advice=msgid(
                "Open that dossier first. If this is a separate application, confirm it and receive again."
            ),
            severity="warning",
        )


def open_dossiers(applicant: Applicant, procedure_code: str, *, to: Actor) -> QuerySet[Dossier]:
    """The open dossiers of a person and a procedure that the actor may know of, latest first.

    A person is known by the identity number; where one side has none, by the name without regard to case, diacritics
    and blanks, and by the phone number where both have one.
    """
    person = _same_person_filter(applicant)
    if person is None:
        return Dossier.objects.none()
    open_ones = Dossier.objects.filter(
        pk__in=Party.objects.filter(person).values("dossier"), procedure_code=procedure_code, state__in=_OPEN
    )
    return open_ones.filter(_visible_to_desk_filter(to)).order_by("-received_at", "-pk")


def duplicate_codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of the open dossiers that a refusal names."""
    return [str(each.data["dossier"]) for each in problems if each.column == DUPLICATE]


def _is_limited_in_hours(receipt: Receipt, procedure: DeskProcedure) -> bool:
    limit = procedure.limit_for(channel=receipt.channel, case_kind=receipt.case_kind)
    return limit is not None and limit.unit == "hours"


def _same_person_filter(applicant: Applicant) -> Q | None:
    name, number = fold(applicant.name), plain_identity(applicant.id_number)
    if not name:
        return None
    by_name = Q(name_key=name)
    if phone := phone_or_none(applicant.phone):
        by_name &= Q(phone="") | Q(phone__in=stored_forms(phone))
    return Q(id_number=number) | (by_name & Q(id_number="")) if number else by_name


def _visible_to_desk_filter(actor: Actor) -> Q:
    """The dossiers of units whose applicants the actor may know, and those taken in at the actor's own desk."""
    persons, desks = visible_units(actor, *MAY_SEE_PERSONS), receivable_units(actor)
    if persons.everything:
        return Q()
    return Q(unit_code__in=persons.codes) | Q(desk__received_unit_code__in=desks.codes)
