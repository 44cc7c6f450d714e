"""Entering the form of a procedure that is filled in online (sửa tờ khai điện tử)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from congtam.forms.public import FormField
from congtam.foundation.public import Actor
from congtam.kernel.errors import Problem
from congtam.procedures.catalogue.desk_version import put_into_force
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk_parts import validate_form
from congtam.procedures.models import ProcedureVersion


@dataclass(frozen=True, kw_only=True)
class ElectronicForm:
    """A form and the papers it stands for, by their places; ``papers`` None leaves them as they are."""

    fields: tuple[FormField, ...] = ()
    papers: Collection[int] | None = None

    def put_into(self, content: Content) -> Content:
        """The content with this form."""
        papers = content.papers
        if self.papers is not None:
            chosen = set(self.papers)
            papers = tuple(
                replace(paper, filled_online=position in chosen) for position, paper in enumerate(papers)
            )
        return replace(content, form_fields=self.fields, papers=papers)


def edit_form(
    code: str,
    form: ElectronicForm,
    *,
    valid_from: date,
    ground: str,
    actor: Actor,
    base: str = "",
    problems: Iterable[Problem] = (),
) -> ProcedureVersion:
    """Make a version with this form from a day on (phiên bản mới), as `put_into_force` says.

    ``problems`` is what was wrong in the first place, to be told with the rest.
    """

    def change(recorded: Content) -> tuple[Content, list[Problem]]:
        content = form.put_into(recorded)
        return content, [*problems, *validate_form(content)]

    return put_into_force(code, change, valid_from=valid_from, ground=ground, actor=actor, base=base)
