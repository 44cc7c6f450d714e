"""The process of a figure on its page (biến động của số liệu): two verdicts with icons, and the chart behind them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext, ngettext

from congtam.indicators.domain.chance import Process
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures.web.charts import process_spec, trend_spec
from congtam.indicators.selection import wording
from congtam.indicators.selection.verdicts import assurance_verdict, variation_verdict
from congtam.kernel.statistics.process_chart import LEAST_POINTS, ProcessChart

SHOWN_WITHOUT_LIMITS: Final = 13
"""Without limits the newest month stands beside the same month of the year before."""


def process_context(process: Process, shown: Figure) -> dict[str, Any]:
    """What the page shows of the months: verdicts, chart, title and what is drawn in it."""
    chart = process.chart
    if not process.months:
        return {"trend": None}
    if chart is None:
        months = process.months[-SHOWN_WITHOUT_LIMITS:]
        return {
            "trend": trend_spec(shown.definition, months),
            "trend_title": _title(len(months)),
            "trend_note": _note_without_limits(process, months),
        }
    return {
        "trend": process_spec(process, chart),
        "trend_title": _title(len(process.months)),
        "trend_note": _note(process, chart),
        "verdicts": [
            one for one in (variation_verdict(process), assurance_verdict(process, shown)) if one is not None
        ],
    }


def _title(count: int) -> str:
    return ngettext("The last month", "The last {count} months", count).format(count=count)


def _note_without_limits(process: Process, months: tuple[Figure, ...]) -> str:
    definition = months[-1].definition
    missing = LEAST_POINTS - len(process.judged)
    parts = [
        gettext("Band: 95% confidence interval.") if any(one.interval for one in months) else "",
        gettext("Dashed line: target.") if months[-1].target is not None else "",
        gettext("The axis does not begin at 0.") if definition.is_share else "",
        gettext("Limits are drawn from {least} months on; there are {count}.").format(
            least=LEAST_POINTS, count=len(process.judged)
        )
        if missing > 0
        else gettext("Too few cases in a month to draw limits."),
    ]
    return " ".join(part for part in parts if part)


def _note(process: Process, chart: ProcessChart) -> str:
    definition = process.months[-1].definition
    centre = chart.newest.expected
    value = wording.value_text(definition, centre) if definition.is_share else wording.number(centre, 1)
    parts = [
        gettext("Band: limits of the usual up and down; line: what is expected, {value}.").format(
            value=value
        ),
        gettext("Months around Tết are compared with each other.") if chart.has_season else "",
        gettext("Dashed line: target.") if process.months[-1].target is not None else "",
        gettext("Diamonds: more than chance.") if any(point.signals for point in chart.points) else "",
        gettext("A month that is not over is not judged.")
        if len(process.judged) < len(process.months)
        else "",
        gettext("The axis does not begin at 0.") if definition.is_share else "",
    ]
    return " ".join(part for part in parts if part)


def interval_note(figure: Figure) -> str:
    """What the interval of a rate means; empty for what has none."""
    if figure.interval is None:
        return ""
    text = gettext(
        "The period is one run of the unit's process, which lies in this range with 95% confidence."
    )
    if figure.dispersion <= 1:
        return text
    factor = wording.number(figure.dispersion, 1)
    more = gettext("Its months differ {factor} times as much as by chance; the interval allows for it.")
    return f"{text} {more.format(factor=factor)}"
