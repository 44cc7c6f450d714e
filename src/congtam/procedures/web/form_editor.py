"""What the page shows on which the electronic form of a procedure is made (trang soạn tờ khai điện tử)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from congtam.forms.public import FormEditor, editor_context
from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.procedures.catalogue.web.desk_parts import case_names
from congtam.procedures.domain.content import Content
from congtam.procedures.models import ProcedureVersion

_SINGLE: Final = ("valid_from", "ground", "file", "copy_from")


def context(
    version: ProcedureVersion,
    editor: FormEditor,
    *,
    papers: Collection[int],
    content: Content,
    post: QueryDict,
) -> dict[str, Any]:
    """The values of the template."""
    code, default_day = version.procedure.code, max(today(clock()), version.valid.lower or date.min)
    try_url = reverse("procedures:preview_electronic_form", args=[code])
    return editor_context(editor, cases=case_names(content), inputs_beside_form=_SINGLE, try_url=try_url) | {
        "code": code,
        "name": version.name,
        "papers": [
            {"position": number, "name": paper.name, "is_chosen": number in papers}
            for number, paper in enumerate(content.papers)
        ],
        "valid_from": post.get("valid_from") or default_day.isoformat(),
        "ground": post.get("ground", ""),
        "copy_from": post.get("copy_from", ""),
        "base": post.get("base") or version.digest,
    }
