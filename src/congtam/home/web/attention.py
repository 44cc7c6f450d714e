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
from congtam.kernel.statistics.ranking import MINIMUM_CASES
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import current_language

OVERDUE: Final = "dossiers.open_overdue"
ON_TIME: Final = "dossiers.on_time_rate"
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
    """Rates that miss their target by more than chance, tested together; counts are known and need no test."""
    missed = indicators.missed_targets(figures)
    for code, figure in figures.items():
        if figure.meets_target is False and figure.target:
            if figure.definition.is_share and code not in missed.alarms:
                continue
            write = ui.rate if figure.definition.is_share else ui.amount
            value, target = (
                write(figure.value, current_language()),
                write(figure.target.value, current_language()),
            )
            yield {
                "icon": "target",
                "tone": "warn",
                "text": figure.definition.name.in_language(current_language()),
                "detail": _missed_detail(figure, missed.family).format(
                    unit=unit_name, value=value, target=target
                ),
                "url": _figure_url(figure),
            }


def _missed_detail(figure: Figure, family: int) -> str:
    """The line with its family: how many targets were tested together."""
    if not figure.definition.is_share:
        return gettext("{unit}: {value}, target {target}")
    text = ngettext(
        "{unit}: {value}, target {target}, beyond chance (%(count)s target tested)",
        "{unit}: {value}, target {target}, beyond chance (%(count)s targets tested together)",
        family,
    )
    return text % {"count": family}


def _weakest_units_line(figure: Figure, actor: Actor) -> Iterator[dict[str, Any]]:
    """Units below that are worse by more than chance, compared together with at most 5 % false alarms.

    None where rows of the units below may not be seen.
    """
    try:
        below = indicators.figure_by_child(figure.code, unit=figure.unit, period=figure.period, to=actor)
    except indicators.RowsNotVisible:
        return
    by_code = {code: one for code, one in below if code != figure.unit}
    weak, family = indicators.weakest_units(figure, by_code, minimum=MINIMUM_CASES)
    for one in sorted((by_code[code] for code in weak), key=lambda each: float(each.value or 0))[:WEAKEST]:
        yield {
            "icon": "trending-down",
            "tone": "warn",
            "text": org_units.unit_name(one.unit, one.period.last_day),
            "detail": gettext(
                "on time {value}, whole unit {whole}, beyond chance ({count} units compared)"
            ).format(
                value=ui.rate(one.value, current_language()),
                whole=ui.rate(figure.value, current_language()),
                count=family,
            ),
            "url": _figure_url(one),
        }


def _figure_url(figure: Figure) -> str:
    return f"{reverse('indicators:figure', args=[figure.code, figure.unit])}?period={figure.period.text}"
