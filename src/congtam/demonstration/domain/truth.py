"""The truth file: which dossiers were planted with which manipulation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from congtam.demonstration.domain.dossier_rows import PlantedDossier


def truth_document(planted: Iterable[PlantedDossier], **about: Any) -> dict[str, Any]:
    """All planted dossiers by kind and unit, as a document (tệp sự thật)."""
    found: dict[tuple[str, str], list[PlantedDossier]] = defaultdict(list)
    for each in planted:
        found[each.kind, each.unit].append(each)
    return {
        "synthetic": True,
        **about,
        "planted": [_entry(kind, unit, rows) for (kind, unit), rows in sorted(found.items())],
    }


def _entry(kind: str, unit: str, rows: list[PlantedDossier]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": kind,
        "unit": unit,
        "count": len(rows),
        "dossiers": [row.code for row in rows],
    }
    pairs = [[row.earlier, row.code] for row in rows if row.earlier]
    return entry | {"pairs": pairs} if pairs else entry
