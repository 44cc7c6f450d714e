"""What staff see of a dossier beside the papers its applicant sent online (thông tin hồ sơ được bổ sung)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from congtam.dossiers.models import Letter
from congtam.dossiers.record.permissions import may_see_person
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementFacts:
    """Whose dossier it is, what about, and which papers were requested (người nộp, giấy tờ yêu cầu bổ sung)."""

    applicant: str
    """Empty where the actor may not know the person."""
    procedure: str
    requested: tuple[str, ...]


def supplement_facts(codes: Collection[str], *, to: Actor) -> dict[str, SupplementFacts]:
    """The facts of those dossiers that the actor sees, by code; the papers are those of the latest request."""
    requested = {
        letter.dossier_id: tuple(map(str, letter.content.get("missing", ())))
        for letter in Letter.objects.filter(dossier__code__in=codes, kind="supplement").order_by("sequence")
    }
    return {
        dossier.code: SupplementFacts(
            applicant=dossier.applicant if may_see_person(to, dossier.unit_code) else "",
            procedure=dossier.procedure_name,
            requested=requested.get(dossier.pk, ()),
        )
        for dossier in visible_to(to).filter(code__in=codes)
    }
