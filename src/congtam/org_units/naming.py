"""Choosing a unit by its name (chọn đơn vị theo tên), with or without diacritics, or by its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from congtam.foundation.public import EVERYWHERE, Actor, clock, installation_notes
from congtam.kernel.clock import local_day, today
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.vietnamese import collation_key, fold
from congtam.org_units.queries import (
    EDITION_NOTE,
    VisibleUnits,
    latest_nameable_day,
    register,
    visible_units,
)

BETWEEN: Final = " · "
_MAX_LISTED: Final = 3
_LONGEST: Final = 300
_WORDS_OF_KIND: Final = 2


@dataclass(frozen=True, kw_only=True)
class NamedUnit:
    """A unit as one chooses it; units that are no more can be chosen too, for their dossiers are still there."""

    code: str
    name: str
    within: str
    """The name of the unit above it."""
    is_current: bool
    begins: date | None
    """The day a unit that does not exist yet begins."""
    key: str
    order: str

    @property
    def remark(self) -> str:
        """What to know of a unit that does not exist today: that it is no more, or from when it will be."""
        if self.is_current:
            return ""
        return _("from {day}").format(day=f"{self.begins:%d/%m/%Y}") if self.begins else _("no longer exists")

    @property
    def text(self) -> str:
        """What stands in the box once it is chosen."""
        return f"{self.name}{BETWEEN}{self.code}"


def suggest_units(text: str, *, on: date, to: Actor, limit: int = 12) -> list[NamedUnit]:
    """The visible units that may be meant, best first; without words, those of the person's roles."""
    visible = visible_units(to)
    if not text.strip():
        own = {grant.unit_code for grant in to.grants} - {EVERYWHERE}
        return [unit for unit in _nameable_units(on) if unit.code in own][:limit]
    return _matching_units(text, visible, on)[:limit]


def unit_name(code: str, on: date | None = None) -> str:
    """What a unit was called on a day, or is called today; the code itself where nobody knows it.

    An instant stands for its day in Việt Nam. For many rows ask `register().name_of`, which reads the register once.
    """
    if isinstance(on, datetime):
        on = local_day(on)
    return register().name_on(code, on or today(clock()))


def unit_text(code: str, *, on: date) -> str:
    """How the box shows a unit that was chosen; the code itself where nobody knows it."""
    version = register().nearest_version(code, on) if code else None
    return f"{version.name}{BETWEEN}{code}" if version else code


def resolve_unit_code(text: str, *, on: date, to: Actor, column: str = "unit") -> str:
    """The code of the unit that was typed: a code, a name, or both as the box writes them.

    What may be a code is handed back as it is, whether or not there is such a unit: whoever reads with it says so.
    Raises InputRefused for a name that means no unit or several.
    """
    text = text.strip()[:_LONGEST]
    code = text.rpartition(BETWEEN)[2].strip()
    if not code or BETWEEN in text or code in register() or not any(sign.isalpha() for sign in code):
        return code
    matches = _matching_units(text, visible_units(to), on)
    if not matches and len(text.split()) == 1:
        return text
    same = [unit for unit in matches if unit.key == _search_key(text)] or matches
    current = [unit for unit in same if unit.is_current] or same
    if len(current) == 1:
        return current[0].code
    if not current:
        code, message, listed = "unit_unknown", msgid("No unit visible to you is named “{text}”."), ""
    else:
        code, message = (
            "unit_ambiguous",
            msgid("Several units are named “{text}”: {units}. Choose one from the list."),
        )
        more = ["…"] if len(current) > _MAX_LISTED else []
        listed = "; ".join([unit.text for unit in current[:_MAX_LISTED]] + more)
    problem = Problem(code=code, message=message, data={"text": text, "units": listed}, column=column)
    raise InputRefused([problem])


def _matching_units(text: str, visible: VisibleUnits, on: date) -> list[NamedUnit]:
    key, code = _search_key(text), fold(text.strip())
    tokens = key.split()
    ranked = [
        (rank, not unit.is_current, unit.order, unit.code, unit)
        for unit in _nameable_units(on)
        if (rank := _match_rank(unit, tokens, key=key, code=code)) is not None and unit.code in visible
    ]
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:-1])]


def _match_rank(unit: NamedUnit, tokens: list[str], *, key: str, code: str) -> int | None:
    """0 the code or the name, 1 the name begins so, 2 is this behind its kind (“thành phố”), 3 a word begins so,
    4 inside words, 5 the code begins so.
    """
    if code == fold(unit.code) or key == unit.key:
        return 0
    if tokens and all(word in unit.key for word in tokens):
        if unit.key.startswith(key):
            return 1
        is_whole = unit.key.endswith(f" {key}") and len(unit.key.split()) - len(tokens) <= _WORDS_OF_KIND
        if is_whole:
            return 2
        return 3 if f" {key}" in unit.key else 4
    return 5 if fold(unit.code).startswith(code) else None


def _search_key(text: str) -> str:
    return " ".join(fold(text).split())


def _nameable_units(on: date) -> list[NamedUnit]:
    latest, edition = latest_nameable_day(), str(installation_notes().get(EDITION_NOTE, ""))
    return [unit for unit in _named_units(edition, on) if unit.begins is None or unit.begins <= latest]


@lru_cache(maxsize=4)
def _named_units(_edition: str, on: date) -> tuple[NamedUnit, ...]:
    units = register()
    made = []
    for code in units.codes:
        version = units.version_on(code, on)
        nearest = version or units.nearest_version(code, on)
        if nearest is None:
            continue
        above = units.nearest_version(nearest.parent, on) if nearest.parent else None
        made.append(
            NamedUnit(
                code=code,
                name=nearest.name,
                within=above.name if above else "",
                is_current=version is not None,
                begins=nearest.opens if nearest.valid_from > on else None,
                key=_search_key(nearest.name),
                order=collation_key(nearest.name),
            )
        )
    return tuple(sorted(made, key=lambda unit: (unit.order, unit.code)))
