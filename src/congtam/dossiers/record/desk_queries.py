"""What the desk reads besides the dossiers of its units (tra cứu tại Một cửa)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from congtam.dossiers.domain.states import OPEN, WITH_RESULT, State
from congtam.dossiers.models import DeskRecord, Dossier, Filing, Letter, LetterKind, Paper, Party
from congtam.dossiers.models.reversed_endings import phone_ends_with
from congtam.dossiers.record import permissions
from congtam.dossiers.record.permissions import MAY_RECEIVE, MAY_SEE_PERSONS, receivable_units
from congtam.dossiers.record.visibility import get_visible, visible_to
from congtam.foundation.public import Actor, Role
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.input.phones import phone_ending, phone_or_none, stored_forms
from congtam.kernel.vietnamese import nfc
from congtam.org_units.public import VisibleUnits, visible_units

_FEW: Final = 5
MOST: Final = 200
_WITHOUT_RESULT: Final = sorted(state.value for state in set(State) - OPEN - WITH_RESULT)
_CONSULTED: Final = (Role.OFFICER, Role.UNIT_HEAD)


def require_may_receive(actor: Actor) -> None:
    """Raise NotAllowed for whom no one-stop shop is open to receive at."""
    if not actor.has_role(*MAY_RECEIVE):
        raise NotAllowed(right="dossiers.receive")


def get_received(code: str, *, to: Actor) -> Dossier:
    """A dossier of the desk for whom may hand out its slip: a clerk where it was received or is handled."""
    dossier = (
        Dossier.objects.select_related("desk", "party").filter(code=nfc(code), desk__isnull=False).first()
    )
    desks = receivable_units(to)
    if dossier is None or (dossier.desk.received_unit_code not in desks and dossier.unit_code not in desks):
        raise NotFound(kind="dossier", key=code)
    return dossier


def received_for_others(*, to: Actor) -> QuerySet[Dossier]:
    """Dossiers that the actor's desk received for units it does not see (phi địa giới), latest first."""
    desks, visible = receivable_units(to), visible_units(to)
    if desks.everything or visible.everything:
        return Dossier.objects.none()
    received = Dossier.objects.filter(desk__received_unit_code__in=desks.codes)
    return (
        received.exclude(unit_code__in=visible.codes).select_related("desk").order_by("-received_at", "-id")
    )


def earlier_applicants(*, phone: str, id_number: str, to: Actor) -> list[Party]:
    """Who applied before with this telephone or paper number, as far as the actor may know, latest first."""
    number, condition = phone_or_none(phone), Q()
    if number is not None:
        condition |= phone_ends_with(phone_ending(number)) & Q(phone__in=stored_forms(number))
    if len(id_number) >= 8:
        condition |= Q(id_number=id_number)
    if not condition:
        return []
    parties = (
        Party.objects.filter(condition)
        .filter(dossier__in=_dossiers_with_visible_persons(to))
        .select_related("dossier")
    )
    latest: dict[tuple[str, str, str], Party] = {}
    for party in parties.order_by("-dossier__received_at")[:50]:
        latest.setdefault((party.name, party.phone, party.id_number), party)
    return list(latest.values())[:_FEW]


def _dossiers_with_visible_persons(actor: Actor) -> QuerySet[Dossier]:
    persons = visible_units(actor, *MAY_SEE_PERSONS)
    visible = visible_to(actor)
    return visible if persons.everything else visible.filter(unit_code__in=persons.codes)


def get_file(code: str, digest: str, *, to: Actor) -> Paper:
    """A file of a dossier the actor sees, with the right to know the person: papers tell who it is."""
    dossier = get_visible(code, to=to)
    if not permissions.may_see_person(to, dossier.unit_code):
        raise NotFound(kind="file", key=digest)
    paper = Paper.objects.filter(dossier=dossier, digest=digest).first()
    if paper is None:
        raise NotFound(kind="file", key=digest)
    return paper


def _within_units(queryset: QuerySet[Filing], units: VisibleUnits) -> QuerySet[Filing]:
    return queryset if units.everything else queryset.filter(unit_code__in=units.codes)


def filings(*, to: Actor, state: str = "submitted") -> Sequence[Filing]:
    """Applications filed online for the units the actor receives for; those to answer first come first."""
    order = "answer_due_at" if state == "submitted" else "-submitted_at"
    return list(
        _within_units(Filing.objects.filter(state=state), receivable_units(to)).order_by(order, "id")[:MOST]
    )


def get_filing(code: str, *, to: Actor) -> Filing:
    """One of them, or NotFound."""
    filing = _within_units(Filing.objects.filter(code=nfc(code)), receivable_units(to)).first()
    if filing is None:
        raise NotFound(kind="filing", key=code)
    return filing


def get_filing_file(code: str, digest: str, *, to: Actor) -> Mapping[str, Any]:
    """A file of one of them, or NotFound."""
    for file in get_filing(code, to=to).files:
        if file.get("digest") == digest:
            return dict(file)
    raise NotFound(kind="file", key=digest)


def consultations(*, to: Actor, answered: bool = False) -> Sequence[Letter]:
    """Questions put to the units where the actor handles dossiers; the most pressing first."""
    units = visible_units(to, *_CONSULTED)
    letters = Letter.objects.filter(kind=LetterKind.CONSULTATION, answered_at__isnull=not answered)
    if not units.everything:
        letters = letters.filter(to_unit_code__in=units.codes)
    order = "-answered_at" if answered else "due_at"
    return list(letters.exclude(to_unit_code="").select_related("dossier").order_by(order, "id")[:MOST])


def get_consultation(number: str, *, to: Actor) -> Letter:
    """One of them by its number, or NotFound."""
    units = visible_units(to, *_CONSULTED)
    letters = Letter.objects.filter(kind=LetterKind.CONSULTATION, number=nfc(number)).select_related(
        "dossier"
    )
    letter = letters.exclude(to_unit_code="").first()
    if letter is None or letter.to_unit_code not in units:
        raise NotFound(kind="consultation", key=number)
    return letter


def find_desk_record(dossier: Dossier) -> DeskRecord | None:
    """What the desk keeps of a dossier; None for one that came from another system."""
    return DeskRecord.objects.filter(dossier=dossier).first()


def visible_parent(code: str, *, to: Actor) -> Dossier | None:
    """The dossier another was opened for, if the actor may see it."""
    return visible_to(to).filter(code=code).first()


def ended_parents(codes: Iterable[str]) -> set[str]:
    """Those of some dossiers that ended without a result: what was opened for them may have no ground any more."""
    parent_codes = {code for code in codes if code}
    if not parent_codes:
        return set()
    ended = Dossier.objects.filter(code__in=parent_codes, state__in=_WITHOUT_RESULT)
    return set(ended.values_list("code", flat=True))


def is_parent_ended(dossier: Dossier, desk: DeskRecord) -> bool:
    """Whether an open dossier was opened for one that has ended without a result (hồ sơ gốc không có kết quả)."""
    return dossier.state in OPEN and bool(ended_parents([desk.parent_code]))


def visible_children(code: str, *, to: Actor) -> tuple[list[Dossier], int]:
    """The dossiers opened for one that the actor may see, and how many there are besides."""
    codes = DeskRecord.objects.filter(parent_code=code).values("dossier")
    visible = list(visible_to(to).filter(pk__in=codes).order_by("pk"))
    return visible, DeskRecord.objects.filter(parent_code=code).count() - len(visible)


def positions_with_file(dossier: Dossier) -> frozenset[int]:
    """The positions in the checklist of which the dossier has a file that the applicant sent or the desk scanned."""
    rows = dossier.files.filter(position__isnull=False).exclude(kind__in=("result", "request"))
    return frozenset(paper.position for paper in rows if paper.position is not None)
