"""What a definition gives that is not saved yet (thử chỉ tiêu): its figure, and some of the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congtam.foundation.public import Actor
from congtam.indicators.counting.evaluation import window_of
from congtam.indicators.counting.scopes import require_visible, unit_scope
from congtam.indicators.counting.withholding import Withholding
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.building import count_figure
from congtam.indicators.figures.queries import figures_of_periods
from congtam.indicators.rows.listing import row_keys_at_version
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

SAMPLE = 10


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The figure of a definition, and the keys of some of its rows: of those that count, and of the rest."""

    figure: Figure
    sample: dict[str, list[str]]


def try_definition(
    one: Definition, *, unit: str, period: Period, to: Actor, drafts: Sequence[Definition] = ()
) -> Trial:
    """Count a definition for a unit and a period; raises what a figure of the catalogue would raise.

    ``drafts`` are others that are not saved yet, of which a composition may be made; it has no rows of its own.
    """
    if one.is_composed:
        by_period = figures_of_periods([one.code], unit=unit, periods=[period], to=to, drafts=(*drafts, one))
        return Trial(figure=by_period[period][one.code], sample={})
    require_visible(unit, to)
    window, scope = window_of(period), unit_scope(unit, period, None)
    version = warehouse.data_version(one.fact)
    is_withheld = Withholding(version=version, map_on=None, to=to).of_unit(one, window, unit)
    counted = count_figure(
        one, unit, window, scope=scope, version=version, map_on=None, to=to, is_withheld=is_withheld
    )
    sample = {
        part: row_keys_at_version(one, window, scope, part=part, version=version, to=to)[:SAMPLE]
        for part in ("numerator", "rest")
    }
    return Trial(figure=counted, sample=sample)
