"""Whose data may be erased, and what that would take (xem trước khi xóa dữ liệu cá nhân); nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from congtam.dossiers.applicant.erasing import FILING_KIND, filing_codes_of, is_still_open, may_erase
from congtam.dossiers.models import Dossier, Filing, Letter, Paper, Party, ReplacedDossier
from congtam.dossiers.record.digests import PERSON_KIND
from congtam.dossiers.record.visibility import get_visible
from congtam.foundation.person_keys import keys_of, person_ref
from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import visible_units

_MOST: Final = 50
_SHORTEST_NAME: Final = 3


class Obstacle(StrEnum):
    """Why a person cannot be erased now."""

    OPEN = "open"
    """Somebody has to act, or a fee is to be paid."""
    WAITING = "waiting"
    """The filing was not answered yet."""
    ERASED = "erased"
    """It was done before."""


@dataclass(frozen=True, kw_only=True)
class ErasureSubject:
    """A person by what they have to do with: a dossier, or a filing that became none."""

    kind: str
    code: str
    name: str
    unit_code: str
    procedure_name: str
    obstacle: Obstacle | None
    files: int = 0
    letters: int = 0
    earlier_contents: int = 0
    """How often an import replaced it by another content that is still stored."""


def dossier_subjects(dossiers: Iterable[Dossier], *, to: Actor) -> Iterator[ErasureSubject]:
    """Of these dossiers those whose applicant the actor may erase."""
    listed = [row for row in dossiers if may_erase(to, row.unit_code)]
    names = dict(Party.objects.filter(dossier__in=listed).values_list("dossier_id", "name"))
    erased = _erased(person_ref(PERSON_KIND, row.code) for row in listed)
    for row in listed:
        yield ErasureSubject(
            kind=PERSON_KIND,
            code=row.code,
            name=names.get(row.pk) or row.applicant,
            unit_code=row.unit_code,
            procedure_name=row.procedure_name,
            obstacle=_obstacle_of(row, is_erased=person_ref(PERSON_KIND, row.code) in erased),
        )


def find_filings(text: str, *, to: Actor) -> list[ErasureSubject]:
    """Filings that became no dossier, by code or by a part of the name, newest first."""
    written, units = nfc(text.strip()), visible_units(to)
    if len(written) < _SHORTEST_NAME:
        return []
    rows = Filing.objects.filter(dossier_code="").order_by("-pk")
    rows = rows if units.everything else rows.filter(unit_code__in=units.codes)
    folded = fold(written)
    matching = (
        row
        for row in rows.iterator(500)
        if row.code == written.upper() or folded in fold(str(row.applicant.get("name", "")))
    )
    permitted = (row for row in matching if may_erase(to, row.unit_code))
    first = list(islice(permitted, _MOST))
    erased = _erased(person_ref(FILING_KIND, row.code) for row in first)
    return [_filing_subject(row, is_erased=person_ref(FILING_KIND, row.code) in erased) for row in first]


def get_subject(kind: str, code: str, *, to: Actor) -> ErasureSubject:
    """One of them with what would go; NotFound for what the actor may not erase."""
    if kind == PERSON_KIND:
        return _dossier_with_counts(code, to=to)
    filing = Filing.objects.filter(code=nfc(code), dossier_code="").first()
    if kind != FILING_KIND or filing is None or not may_erase(to, filing.unit_code):
        raise NotFound(kind=FILING_KIND, key=code)
    return _filing_subject(filing, is_erased=bool(_erased([person_ref(FILING_KIND, filing.code)])))


def _dossier_with_counts(code: str, *, to: Actor) -> ErasureSubject:
    dossier = get_visible(code, to=to)
    subject = next(dossier_subjects([dossier], to=to), None)
    if subject is None:
        raise NotFound(kind=PERSON_KIND, key=code)
    filings = Filing.objects.filter(code__in=filing_codes_of(person_ref(PERSON_KIND, dossier.code)))
    filed = {file["digest"] for filing in filings for file in filing.files}
    papers = set(Paper.objects.filter(dossier=dossier).values_list("digest", flat=True))
    return replace(
        subject,
        files=len(filed | papers),
        letters=Letter.objects.filter(dossier=dossier).count(),
        earlier_contents=ReplacedDossier.objects.filter(dossier=dossier).count(),
    )


def _filing_subject(row: Filing, *, is_erased: bool) -> ErasureSubject:
    waiting = Obstacle.WAITING if row.state == "submitted" else None
    return ErasureSubject(
        kind=FILING_KIND,
        code=row.code,
        name=str(row.applicant.get("name", "")),
        unit_code=row.unit_code,
        procedure_name=row.procedure_name,
        obstacle=Obstacle.ERASED if is_erased else waiting,
        files=len(row.files),
    )


def _obstacle_of(row: Dossier, *, is_erased: bool) -> Obstacle | None:
    if is_erased:
        return Obstacle.ERASED
    return Obstacle.OPEN if is_still_open(row) else None


def _erased(refs: Iterable[str]) -> set[str]:
    return {ref for ref, key in keys_of(refs).items() if key is None}
