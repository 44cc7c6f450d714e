"""The book of dossiers (sổ theo dõi hồ sơ) of a unit and a time, a page at a time or as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from congtam.dossiers.models import Dossier, DossierQuerySet
from congtam.dossiers.record import permissions
from congtam.dossiers.record.visibility import get_visible, visible_to
from congtam.foundation.public import Actor, Grant, Role
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units.public import is_registered_unit, visible_units

CHUNK: Final = 2000
_COLUMNS: Final = (
    "unit_code", "code", "procedure_name", "procedure_code", "received_at", "due_at", "returned_at", "state",
    "applicant", "party__name", "party__address", "party__phone",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BookLine:
    """One line of the book; the person is empty for a reader who may not see persons."""

    code: str
    procedure: str
    applicant: str
    address: str
    phone: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    state: str
    sets: int = 1


@dataclass(frozen=True, kw_only=True)
class Book:
    """Which dossiers a book holds: those of a unit received in a period, with or without the units below."""

    unit_code: str
    period: Period
    with_below: bool = False


@dataclass(frozen=True, kw_only=True)
class BookPage:
    """A page of the book and the code to go on after."""

    lines: tuple[BookLine, ...]
    next_after: str | None


def book_count(book: Book, *, to: Actor) -> int:
    """How many dossiers the book holds."""
    return _book_dossiers(book, to=to).count()


def book_page(book: Book, *, to: Actor, after: str | None = None, limit: int = 50) -> BookPage:
    """A page of the book in the order of receipt; NotFound for a unit out of sight."""
    rows = _book_dossiers(book, to=to)
    if after:
        last = get_visible(after, to=to)
        rows = rows.filter(received_at__gte=last.received_at).exclude(
            received_at=last.received_at, id__lte=last.pk
        )
    fetched = list(_select_columns(rows[: limit + 1]))
    lines = tuple(_book_lines(fetched[:limit], to=to))
    return BookPage(lines=lines, next_after=lines[-1].code if len(fetched) > limit else None)


def book_lines(book: Book, *, to: Actor) -> Iterator[BookLine]:
    """Every line of the book, read in chunks."""
    return _book_lines(_select_columns(_book_dossiers(book, to=to)).iterator(chunk_size=CHUNK), to=to)


def _book_dossiers(book: Book, *, to: Actor) -> DossierQuerySet:
    if not is_registered_unit(book.unit_code) or book.unit_code not in visible_units(to):
        raise NotFound(kind="unit", key=book.unit_code)
    units: Iterable[str] = (book.unit_code,)
    if book.with_below:
        grant = Grant(role=Role.OBSERVER, unit_code=book.unit_code)
        units = visible_units(Actor(username="", name="", grants=(grant,))).codes
    start, end = book.period.instants()
    dossiers = visible_to(to).filter(unit_code__in=units, received_at__gte=start, received_at__lt=end)
    return dossiers.order_by("received_at", "id")


def _select_columns(rows: DossierQuerySet) -> QuerySet[Dossier, tuple[Any, ...]]:
    return rows.values_list(*_COLUMNS)


def _book_lines(rows: Iterable[tuple[Any, ...]], *, to: Actor) -> Iterator[BookLine]:
    person_units = visible_units(to, *permissions.MAY_SEE_PERSONS)
    for unit_code, code, name, procedure_code, received_at, due_at, returned_at, state, *person in rows:
        applicant, own_name, address, phone = person if unit_code in person_units else ("", "", "", "")
        yield BookLine(
            code=code,
            procedure=name or procedure_code,
            applicant=own_name or applicant,
            address=address or "",
            phone=phone or "",
            received_at=received_at,
            due_at=due_at,
            returned_at=returned_at,
            state=state,
        )
