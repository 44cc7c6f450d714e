"""What a decision sets, in words: for whom and until when."""

from __future__ import annotations

from congtam.indicators.models import SetByDecision
from congtam.kernel.periods import DAY
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language


def units_text(one: SetByDecision) -> str:
    """The unit, the kind of unit, or both."""
    kind = org_units.find_kind(one.unit_kind).name(current_language()) if one.unit_kind else ""
    unit = org_units.unit_name(one.unit_code, one.valid.lower) if one.unit_code else ""
    return " · ".join(text for text in (unit, kind) if text)


def last_day_text(one: SetByDecision) -> str:
    """The last day on which it holds; empty where it is open."""
    return ui.day(one.valid.upper - DAY) if one.valid.upper else ""
