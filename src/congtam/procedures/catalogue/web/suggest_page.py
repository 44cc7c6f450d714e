"""What is suggested while one types the name of a procedure (gợi ý)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from congtam.kernel.input.days import day_or_none
from congtam.procedures.catalogue.domain.suggesting import Suggestion
from congtam.procedures.domain.levels import LEVELS
from congtam.ui.public import current_language

_MOST: Final = 12


def parse_search(query: QueryDict, *, now: date) -> dict[str, Any]:
    """The arguments of the search: what was typed, for which day, level and unit."""
    on = day_or_none(query.get("on", "")) or now
    return {
        "text": query.get("q", "")[:200],
        "on": on,
        "unit_level": query.get("level", "")[:20],
        "unit_code": query.get("unit", "")[:40],
        "limit": _MOST,
    }


def serialize_suggestions(suggestions: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Each suggestion with the names of its levels and the address of its page."""
    language = current_language()
    return [
        {
            "code": each.code,
            "name": each.name,
            "field": each.field_name,
            "levels": [LEVELS[code].name(language) for code in each.levels if code in LEVELS],
            "any_office": each.any_office,
            "url": reverse("procedures:detail", args=[each.code]),
        }
        for each in suggestions
    ]
