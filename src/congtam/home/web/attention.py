"""What needs attention in a unit (việc cần chú ý): overdue dossiers, missed targets, the weakest units below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from congtam.foundation.public import Actor, clock
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure
from congtam.kernel.clock import today
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

OVERDUE: Final = "dossiers.open_overdue"
ON_TIME: Final = "dossiers.on_time_rate"
ENOUGH_CASES: Final = 30
WEAKEST: Final = 3


def list_attention(figures: Mapping[str, Figure], unit_name: str, actor: Actor) -> list[dict[str, Any]]:
    """The lines for one unit, the most pressing first."""
    return [
        *_overdue_line(figures[OVERDUE], unit_name),
        *_missed_targets(figures, unit_name),
        *_weakest_units_line(figures[ON_TIME], actor),
    ]


def _overdue_line(figure: Figure, unit_name: str) -> Iterator[dict[str, Any]]:
    count = int(figure.numerator)
    if not count:
        return
    text = ngettext("%(count)s dossier open and overdue", "%(count)s dossiers open and overdue", count)
    day = min(figure.period.last_day, today(clock()))
    yield {
        "icon": "clock",
        "tone": "bad",
        "text": text % {"count": ui.amount(figure.numerator, current_language())},
        "detail": gettext("{unit}, at the end of {day}").format(unit=unit_name, day=ui.day(day)),
        "url": f"{_figure_url(figure)}#rows",
    }


def _missed_targets(figures: Mapping[str, Figure], unit_name: str) -> Iterator[dict[str, Any]]:
    for figure in figures.values():
        if figure.meets_target is False and figure.target:
            write = ui.rate if figure.definition.is_share else ui.amount
            value, target = (
                write(figure.value, current_language()),
                write(figure.target.value, current_language()),
            )
            yield {
                "icon": "target",
                "tone": "warn",
                "text": figure.definition.name.in_language(current_language()),
                "detail": gettext("{unit}: {value}, target {target}").format(
                    unit=unit_name, value=value, target=target
                ),
                "url": _figure_url(figure),
            }


def _weakest_units_line(figure: Figure, actor: Actor) -> Iterator[dict[str, Any]]:
    """Units below that are surely worse than the whole: even the upper end of their interval lies under its value.

    None where rows of the units below may not be seen.
    """
    try:
        below = indicators.figure_by_child(figure.code, unit=figure.unit, period=figure.period, to=actor)
    except indicators.RowsNotVisible:
        return
    weak = [
        one
        for code, one in below
        if code != figure.unit
        and one.denominator >= ENOUGH_CASES
        and one.interval
        and figure.value is not None
        and one.interval[1] < float(figure.value)
    ]
    for one in sorted(weak, key=lambda each: float(each.value or 0))[:WEAKEST]:
        yield {
            "icon": "trending-down",
            "tone": "warn",
            "text": org_units.unit_name(one.unit, one.period.last_day),
            "detail": gettext("on time {value}, whole unit {whole}").format(
                value=ui.rate(one.value, current_language()), whole=ui.rate(figure.value, current_language())
            ),
            "url": _figure_url(one),
        }


def _figure_url(figure: Figure) -> str:
    return f"{reverse('indicators:figure', args=[figure.code, figure.unit])}?period={figure.period.text}"
