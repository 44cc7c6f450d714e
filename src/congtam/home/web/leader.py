"""The home of leaders and heads (trang chủ lãnh đạo): what moved, who stands where, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse

from congtam.foundation.public import Actor, Role, clock
from congtam.home.domain.reading_periods import period_to_read
from congtam.home.reading import ON_TIME, MovedFigure, Ranking, figures_with_movement, kind_names, rankings
from congtam.home.web.units import figure_url, newest_year, restricted_unit_context, value_text
from congtam.home.wording import month_span, standing_sentence
from congtam.indicators import public as indicators
from congtam.kernel.clock import today
from congtam.kernel.periods import Period
from congtam.org_units import public as org_units
from congtam.reports.public import Reminder, as_of_text, count_reminder, reminder_url, rows_url, usual_week
from congtam.ui.public import current_language, number

LEADERS: Final = (Role.LEADER, Role.UNIT_HEAD)
MOST_LATE: Final = 5


def leader_summary(code: str, actor: Actor) -> dict[str, Any]:
    """One unit of a leader; its name alone where its figures hold rows that the person may not see."""
    try:
        return _unit_summary(code, actor)
    except indicators.RowsNotVisible as hidden:
        return restricted_unit_context(code, hidden)


def _unit_summary(code: str, actor: Actor) -> dict[str, Any]:
    period, moved = _read_figures(code, actor)
    version = org_units.find_version(code, period.last_day)
    return {
        "name": org_units.unit_name(code, period.last_day),
        "kind": org_units.find_kind(version.kind).name(current_language()) if version else "",
        "url": f"{reverse('indicators:unit', args=[code])}?period={period.text}",
        "period": period.label(current_language()),
        "before": _lowercase_initial(period.same_period_last_year().label(current_language())),
        "figures": [_figure_context(one) | {"tone": _target_tone(one, moved)} for one in moved],
        "family": len(moved),
        "shared": indicators.shared_figures_note(one.figure for one in moved),
        "rankings": [_ranking_context(one, period) for one in rankings(code, period, to=actor)],
        "ranking_url": _ranking_url(code, period),
        "late": _late_context(count_reminder(code, usual_week(code, clock()), to=actor)),
        "is_leader": True,
    }


def _read_figures(code: str, actor: Actor) -> tuple[Period, list[MovedFigure]]:
    """The figures of whole months; of a unit that began this month, those of the month that runs."""
    day = today(clock())
    year = newest_year(code, actor).start.year
    period = period_to_read(year, day)
    moved = figures_with_movement(code, period, to=actor)
    if year == day.year and not any(one.figure.denominator for one in moved):
        period = Period.month_of(day)
        moved = figures_with_movement(code, period, to=actor)
    return period, [one for one in moved if one.figure.value is not None]


def _lowercase_initial(label: str) -> str:
    """The name of a period within a sentence."""
    return f"{label[:1].lower()}{label[1:]}"


def _figure_context(one: MovedFigure) -> dict[str, Any]:
    figure = one.figure
    values = [None if each.value is None else float(each.value) for each in one.trend]
    measure = "share" if figure.definition.is_share else "count"
    return {
        "label": figure.definition.name.in_language(current_language()),
        "value": value_text(figure),
        "url": figure_url(figure),
        "sentence": standing_sentence(
            one.standing, one.movement, measure="share" if measure == "share" else "count"
        ),
        "verdict": one.verdict,
        "trend": values if sum(value is not None for value in values) > 1 else None,
        "trend_label": month_span(one.trend[0].period, one.trend[-1].period),
        "target": figure.target.value if figure.target else None,
        "facts": [],
    }


def _target_tone(one: MovedFigure, moved: Sequence[MovedFigure]) -> str:
    """A target that is missed by more than chance among the figures read together is bad; nothing else has a colour."""
    missed = indicators.missed_targets({each.figure.code: each.figure for each in moved})
    return "bad" if one.figure.code in missed.alarms else ""


def _ranking_context(ranking: Ranking, period: Period) -> dict[str, Any]:
    return {
        "kinds": kind_names(ranking.kinds, current_language()),
        "best": [_ranking_row(one, period) for one in ranking.best],
        "worst": [_ranking_row(one, period) for one in ranking.worst],
        "ranked": ranking.ranked,
        "unranked": ranking.unranked,
    }


def _ranking_row(one: MovedFigure, period: Period) -> dict[str, Any]:
    figure = one.figure
    return {
        "name": org_units.unit_name(figure.unit, period.last_day),
        "unit_url": f"{reverse('indicators:unit', args=[figure.unit])}?period={period.text}",
        "value": value_text(figure),
        "url": figure_url(figure),
        "sentence": standing_sentence(one.standing, one.movement),
    }


def _ranking_url(code: str, period: Period) -> str:
    """The table of all units by value, on the page of the unit."""
    return f"{reverse('indicators:unit', args=[code])}?period={period.text}&indicator={ON_TIME}&sort=value"


def _late_context(reminder: Reminder) -> dict[str, Any]:
    """The counts of the week and the units with most late dossiers."""
    language, total = current_language(), reminder.total
    return {
        "is_quiet": reminder.is_quiet,
        "as_of": as_of_text(reminder),
        "url": reminder_url(reminder.unit, reminder.week),
        "counts": [
            {
                "value": number(count, language),
                "is_zero": not count,
                "url": rows_url(total, figure),
            }
            for count, figure in zip(total.counts, total.figures, strict=True)
        ],
        "unrecorded": total.unrecorded_count,
        "units": [
            {
                "name": line.name,
                "value": number(line.overdue_count, language),
                "url": rows_url(line, line.overdue),
            }
            for line in reminder.lines
            if line.overdue_count and not line.is_own
        ][:MOST_LATE],
    }
