"""Suggesting procedures as one types; the whole catalogue lies in memory until it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import ClassVar

from congtam.procedures.catalogue.desk_queries import catalogue_edition
from congtam.procedures.catalogue.domain.suggesting import SearchableVersion, Suggestion, suggest
from congtam.procedures.catalogue.spoken_names import spoken_names
from congtam.procedures.models import ProcedureVersion

FindFrequent = Callable[[str], Sequence[str]]


class _Uses:
    find_frequent: ClassVar[FindFrequent | None] = None


def register_frequent_finder(find_frequent: FindFrequent) -> None:
    """Say who knows which procedures a unit meets most: a function of the unit's code (thủ tục hay dùng)."""
    _Uses.find_frequent = find_frequent


def search_for_desk(
    text: str, *, on: date, unit_level: str = "", unit_code: str = "", limit: int = 12
) -> list[Suggestion]:
    """The procedures that may be meant, in force on the day, by their names or by what people call them.

    Those of another level than the unit's come last.
    """
    frequent = _Uses.find_frequent(unit_code) if _Uses.find_frequent and unit_code else ()
    wordings = spoken_names().wordings(text)
    entries = _versions_in_force(catalogue_edition(), on)
    return suggest(entries, text, wordings=wordings, limit=limit, unit_level=unit_level, frequent=frequent)


@lru_cache(maxsize=8)
def _versions_in_force(edition_: str, on: date) -> tuple[SearchableVersion, ...]:
    return tuple(entry for entry in _searchable_versions(edition_) if entry.holds_on(on))


@lru_cache(maxsize=2)
def _searchable_versions(_edition: str) -> tuple[SearchableVersion, ...]:
    rows = ProcedureVersion.objects.order_by("sort_key", "pk").values_list(
        "procedure__code", "name", "field_name", "levels", "details__any_office", "valid"
    )
    return tuple(
        SearchableVersion.from_suggestion(
            Suggestion(
                code=code, name=name, field_name=field, levels=tuple(levels), any_office=bool(any_office)
            ),
            first=valid.lower,
            last=valid.upper,
        )
        for code, name, field, levels, any_office, valid in rows.iterator(chunk_size=2000)
    )
