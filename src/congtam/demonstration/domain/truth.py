"""The truth file: which dossiers were planted with which manipulation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PlantedDossier:
    """One line of the truth file."""

    kind: str
    unit: str
    code: str
    earlier: str = ""


def truth_document(planted: Iterable[PlantedDossier], **about: Any) -> dict[str, Any]:
    """All planted dossiers by kind and unit, as a document (tệp sự thật)."""
    groups: dict[tuple[str, str], list[PlantedDossier]] = defaultdict(list)
    for each in planted:
        groups[each.kind, each.unit].append(each)
    return {
        "synthetic": True,
        **about,
        "planted": [_truth_entry(kind, unit, rows) for (kind, unit), rows in sorted(groups.items())],
    }


def _truth_entry(kind: str, unit: str, rows: list[PlantedDossier]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": kind,
        "unit": unit,
        "count": len(rows),
        "dossiers": [row.code for row in rows],
    }
    pairs = [[row.earlier, row.code] for row in rows if row.earlier]
    return entry | {"pairs": pairs} if pairs else entry
