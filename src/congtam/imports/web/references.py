"""References to imports (tham chiếu lượt nhập)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from congtam.foundation.public import Actor
from congtam.foundation.references import ReferenceKind
from congtam.imports.models import Import
from congtam.imports.queries import imports_visible_to


def _visible_imports(actor: Actor, codes: Collection[str]) -> Mapping[str, Import]:
    return {
        started.key: started
        for started in imports_visible_to(actor).filter(key__in=codes).only("key", "file_name")
    }


IMPORT = ReferenceKind(
    kind="import",
    visible=_visible_imports,
    label=lambda started: f"{started.key} · {started.file_name}",
    url=lambda started: reverse("imports:import_detail", args=[started.key]),
)
