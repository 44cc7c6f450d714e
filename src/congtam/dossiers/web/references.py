"""References to dossiers (tham chiếu hồ sơ), and dossiers and applicants as sources of the search."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy

from congtam.dossiers.lists.queries.searching import search_by_code, search_by_person
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor
from congtam.foundation.references import Ref, ReferenceKind
from congtam.foundation.search import Hit, SearchSource

_SHORTEST_CODE: Final = 4
"""Fewer signs begin the codes of nearly all dossiers."""


def _visible_dossiers(actor: Actor, codes: Collection[str]) -> Mapping[str, Dossier]:
    return {row.code: row for row in visible_to(actor).filter(code__in=codes)}


def _dossier_url(code: str) -> str:
    return reverse("dossiers:detail", args=[code])


DOSSIER = ReferenceKind(
    kind="dossier",
    visible=_visible_dossiers,
    label=lambda row: f"{row.code} · {row.procedure_name}" if row.procedure_name else row.code,
    url=lambda row: _dossier_url(row.code),
)


def find_dossiers(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Dossiers by the beginning or the end of the code."""
    if len(text) < _SHORTEST_CODE:
        return []
    return [
        _build_hit(row, row.code, row.procedure_name)
        for row in search_by_code(visible_to(actor), text)[:limit]
    ]


def find_applicants(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Dossiers by the applicant's name, telephone or identity number, for who may see persons there; newest first."""
    dossiers = search_by_person(visible_to(actor), text, to=actor).select_related("party").order_by("-pk")
    return [_build_hit(row, row.party.name, f"{row.code} · {row.procedure_name}") for row in dossiers[:limit]]


def _build_hit(row: Dossier, label: str, detail: str) -> Hit:
    return Hit(ref=Ref("dossier", row.code), label=label, detail=detail, url=_dossier_url(row.code))


DOSSIERS = SearchSource(
    kind="dossier", name=gettext_lazy("Dossiers"), icon="folders", find=find_dossiers, order=30
)
APPLICANTS = SearchSource(
    kind="applicant", name=gettext_lazy("Applicants"), icon="user", find=find_applicants, order=40
)
