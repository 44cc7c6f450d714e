"""Figures with rows that were shared out (số phân bổ): why, and from which units, in words a reader understands."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext

from congtam.indicators.counting.scopes import unit_scope
from congtam.indicators.domain.composed_figure import ComposedFigure
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.scope import Share
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

MOST_NAMED = 4


def is_shared(figure: Figure) -> bool:
    """Whether rows were shared out between units, so that the figure was rounded to whole dossiers."""
    if isinstance(figure, ComposedFigure):
        return any(is_shared(part.figure) for part in figure.made_of if part.figure)
    parts = (Decimal(figure.parts.numerator), Decimal(figure.parts.denominator))
    return any(number != number.to_integral_value() for number in parts)


def shared_note(figure: Figure) -> str:
    """Why the figure is rounded; empty for one that counts whole rows only."""
    if not is_shared(figure):
        return ""
    return gettext(
        "Rounded: a former unit was divided among several units without a record of which dossier "
        "belongs to which unit. Each such dossier counts with its share in the crosswalk: {units}. "
        "The shares are rounded so that the successor units together count every dossier exactly "
        "once; the list below shows the share of each dossier."
    ).format(units=_share_list(figure))


def shared_figures_note(figures: Iterable[Figure]) -> str:
    """Why figures of one unit and period are rounded; empty where all count whole rows only."""
    figure = next((one for one in figures if is_shared(one)), None)
    if figure is None:
        return ""
    return gettext(
        "Rounded: a former unit was divided among several units without a record of which dossier "
        "belongs to which unit. Each such dossier counts with its share in the crosswalk: {units}. "
        "The shares are rounded so that the successor units together count every dossier exactly "
        "once."
    ).format(units=_share_list(figure))


def _share_list(figure: Figure) -> str:
    language = current_language()
    labels = [
        f"{_share_name(share)} ({ui.rate(share.weight, language, decimals=0)})"
        for share in _partial_shares(figure)
    ]
    more = gettext("{count} more").format(count=len(labels) - MOST_NAMED) if len(labels) > MOST_NAMED else ""
    return ", ".join([*labels[:MOST_NAMED], *([more] if more else [])])


def _partial_shares(figure: Figure) -> list[Share]:
    """The units of which only a part counts here, the largest part first."""
    scope = unit_scope(figure.unit, figure.period, figure.map_on)
    last = figure.period.last_day
    partial = {share.unit_code: share for share in scope.shares if share.weight != 1 and share.since <= last}
    return sorted(partial.values(), key=lambda share: (-share.weight, share.unit_code))


def _share_name(share: Share) -> str:
    return org_units.unit_name(share.unit_code, share.since)
