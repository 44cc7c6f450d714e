"""References to procedures (tham chiếu thủ tục), and procedures as a source of the search.

Procedures are public by law: whoever signed in may see all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from congtam.foundation.public import Actor, clock
from congtam.foundation.references import Ref, ReferenceKind
from congtam.foundation.search import Hit, SearchSource
from congtam.kernel.clock import today
from congtam.procedures.catalogue.desk_search import search_for_desk
from congtam.procedures.catalogue.queries import newest_names


def _visible_names(_actor: Actor, codes: Collection[str]) -> Mapping[str, tuple[str, str]]:
    return {code: (code, name) for code, name in newest_names(codes).items()}


def _procedure_url(code: str) -> str:
    return reverse("procedures:detail", args=[code])


PROCEDURE = ReferenceKind(
    kind="procedure", visible=_visible_names, label=lambda row: row[1], url=lambda row: _procedure_url(row[0])
)


def find_procedures(_actor: Actor, text: str, limit: int) -> list[Hit]:
    """Procedures in force today by code, name, first letters or what people call them."""
    return [
        Hit(
            ref=Ref("procedure", row.code),
            label=row.name,
            detail=f"{row.code} · {row.field_name}",
            url=_procedure_url(row.code),
        )
        for row in search_for_desk(text, on=today(clock()), limit=limit)
    ]


PROCEDURES = SearchSource(
    kind="procedure", name=gettext_lazy("Procedures"), icon="list-details", find=find_procedures, order=50
)
