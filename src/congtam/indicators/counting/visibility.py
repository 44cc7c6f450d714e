"""Nobody reads through a figure what they may not see row by row (phạm vi được xem của số liệu)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from congtam.foundation.public import Actor
from congtam.indicators.counting.evaluation import evaluate
from congtam.indicators.counting.windows import Window
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.scope import Scope
from congtam.kernel.errors import DomainError, msgid
from congtam.org_units import public as org_units


class RowsNotVisible(DomainError):
    """On the chosen map the figure holds rows of units that the actor may not see."""

    code = "indicators.rows_out_of_sight"
    message = msgid(
        "On this map of units, the figure includes dossiers of units you are not allowed to see. "
        "Choose the units at the time of each dossier."
    )


def require_rows_visible(
    definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int, to: Actor
) -> None:
    """Raise RowsNotVisible when a scope holds rows of a unit that the actor may not see.

    A figure is never cut down to what somebody may see: it would be another figure under the same name. Units out of
    sight come into a scope when a map of the past gives an old unit its share of what succeeded it, or when a unit
    moved away from the actor's own; where they brought no rows, nothing is hidden and nothing is refused.
    """
    visible = org_units.visible_units(to)
    if visible.everything:
        return
    hidden = {
        window: Scope(
            scope.map_name, tuple(share for share in scope.shares if share.unit_code not in visible)
        )
        for window, scope in scopes.items()
    }
    hidden = {window: scope for window, scope in hidden.items() if scope.shares}
    if not hidden:
        return
    result = evaluate(list(definitions), hidden, version=version)
    if any(part.denominator or part.numerator for parts in result.values() for part in parts.values()):
        raise RowsNotVisible


def require_units_visible(units: Iterable[str], *, to: Actor) -> None:
    """Raise RowsNotVisible when one of the units that rows belong to may not be seen."""
    visible = org_units.visible_units(to)
    if not all(unit in visible for unit in set(units)):
        raise RowsNotVisible
