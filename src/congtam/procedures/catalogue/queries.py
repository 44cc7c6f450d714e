"""Reading the catalogue. Procedures are public by law, so every signed-in person sees all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import fold
from congtam.procedures.catalogue.domain.spoken import needs_contiguous_match
from congtam.procedures.catalogue.spoken_names import spoken_names
from congtam.procedures.domain.content import Content, from_json
from congtam.procedures.models import InternalProcess, Procedure, ProcedureVersion

PAGE: Final = 50


@dataclass(frozen=True)
class PageKey:
    """Where a page of a list begins: after this row."""

    rank: int
    sort_key: str
    pk: int


@dataclass(frozen=True)
class ProcedurePage:
    """One page of a search."""

    rows: tuple[ProcedureVersion, ...]
    following: PageKey | None


def versions_in_force(on: date) -> QuerySet[ProcedureVersion]:
    """All versions in force on a day."""
    return ProcedureVersion.objects.filter(valid__contains=on).select_related("procedure")


def version_in_force(code: str, on: date) -> ProcedureVersion | None:
    """What the catalogue said of a procedure on a day (phiên bản có hiệu lực); None when it said nothing."""
    return (
        versions_in_force(on)
        .filter(procedure__code=code)
        .prefetch_related("limits", "papers", "fees")
        .first()
    )


def matching_versions(
    text: str, *, on: date, field_name: str = "", level: str = ""
) -> QuerySet[ProcedureVersion]:
    """Versions in force whose code, name or field holds every word, without regard to diacritics; best first.

    What people call a procedure finds what it means.
    """
    wordings = spoken_names().wordings(text)
    folded = " ".join(fold(text).split())
    versions = (
        versions_in_force(on)
        .annotate(rank=_match_rank(folded, wordings))
        .filter(_phrase_filter(folded, wordings))
    )
    if field_name:
        versions = versions.filter(field_name=field_name)
    if level:
        versions = versions.filter(levels__contains=[level])
    return versions.order_by("rank", "sort_key", "pk")


def _phrase_filter(phrase: str, wordings: Sequence[str]) -> Q:
    """Every word of the phrase; where something else is meant by it, every word of that, or the phrase itself."""
    if not wordings:
        return _every_word(phrase)
    return reduce(or_, map(_wording_filter, wordings), Q(search_key__contains=phrase))


def _wording_filter(wording: str) -> Q:
    return Q(search_key__contains=wording) if needs_contiguous_match(wording) else _every_word(wording)


def _every_word(phrase: str) -> Q:
    return reduce(and_, (Q(search_key__contains=word) for word in phrase.split()), Q())


def _match_rank(phrase: str, wordings: Sequence[str]) -> Case:
    """0 the code, 1 the code begins so, 2 the words stand together, 3 the rest."""
    if not phrase:
        return Case(default=Value(0), output_field=IntegerField())
    return Case(
        When(procedure__code=phrase, then=Value(0)),
        When(procedure__code__startswith=phrase, then=Value(1)),
        *(When(search_key__contains=wording, then=Value(2)) for wording in (*wordings, phrase)),
        default=Value(3),
        output_field=IntegerField(),
    )


def load_page(
    versions: QuerySet[ProcedureVersion], *, after: PageKey | None = None, limit: int = PAGE
) -> ProcedurePage:
    """The rows after a key; the same cost on every page."""
    if after is not None:
        versions = versions.filter(
            Q(rank__gt=after.rank)
            | Q(rank=after.rank, sort_key__gt=after.sort_key)
            | Q(rank=after.rank, sort_key=after.sort_key, pk__gt=after.pk)
        )
    rows = list(versions.defer("details", "search_key").prefetch_related("limits")[: limit + 1])
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        following = PageKey(getattr(last, "rank"), last.sort_key, last.pk)  # noqa: B009 - an annotation
    return ProcedurePage(tuple(rows[:limit]), following)


def search(text: str, *, on: date, limit: int = 20) -> list[ProcedureVersion]:
    """The best matches of a search."""
    return list(load_page(matching_versions(text, on=on), limit=limit).rows)


def field_names(on: date) -> list[str]:
    """The fields of work that occur, in the order of the alphabet."""
    names = versions_in_force(on).exclude(field_name="").values_list("field_name", flat=True).distinct()
    return sorted(names, key=fold)


def get_procedure(code: str) -> tuple[Procedure, list[ProcedureVersion]]:
    """The procedure with its versions, the newest first, or NotFound."""
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise NotFound(kind="procedure", key=code)
    versions = procedure.versions.prefetch_related("limits", "papers", "fees").order_by("-valid")
    return procedure, list(versions)


def count(versions: QuerySet[ProcedureVersion]) -> int:
    """How many rows match; all of them are counted."""
    return versions.order_by().count()


def newest_names(codes: Collection[str]) -> dict[str, str]:
    """What the newest versions call some procedures, by code."""
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes).order_by("valid")
    return dict(versions.values_list("procedure__code", "name"))


def content_on(code: str, on: date) -> Content | None:
    """What the catalogue said of a procedure on a day, as a value; None when it said nothing."""
    version = versions_in_force(on).filter(procedure__code=code).only("details", "procedure").first()
    return from_json(version.details) if version else None


def days_of_change(code: str) -> list[date]:
    """The days on which what holds of a procedure changed, the newest first; a version of always counts as day 1."""
    versions = ProcedureVersion.objects.filter(procedure__code=code).values_list("valid", flat=True)
    processes = InternalProcess.objects.filter(procedure__code=code, unit_code="")
    starts = {valid.lower or date.min for valid in (*versions, *processes.values_list("valid", flat=True))}
    return sorted(starts, reverse=True)
