"""The first page after signing in (trang chủ): my units, and what needs me."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from congtam.config.web.roles import MAY_PREPARE, role_name
from congtam.foundation.public import EVERYWHERE, Actor, actor_of, clock
from congtam.indicators import public as indicators
from congtam.indicators.public import Figure
from congtam.inspections import public as inspections
from congtam.kernel.clock import today
from congtam.kernel.periods import DAY, Period, shift_months
from congtam.org_units import public as org_units
from congtam.ui import public as ui

MOST_UNITS: Final = 8
LATEST_PACKS: Final = 5
HEADLINES: Final = ("dossiers.received", "dossiers.on_time_rate", "dossiers.online_filing_rate")
OVERDUE: Final = "dossiers.open_overdue"
TREND_MONTHS: Final = 13
YEARS_BACK: Final = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the units in which the person has a role, and what waits there."""
    actor = actor_of(request)
    units = [_unit(code, actor) for code in own_units(actor)]
    context = {
        "units": units,
        "needs": [unit for unit in units if unit["overdue"]],
        "packs": _packs(actor),
        "roles": _roles(actor),
        "may_prepare": actor.has_role(*MAY_PREPARE),
    }
    return render(request, "home.html", context)


def own_units(actor: Actor) -> list[str]:
    """The units of a person's roles; the roots of the newest tree for who has a role everywhere."""
    codes = [grant.unit_code for grant in actor.grants]
    if EVERYWHERE in codes or actor.is_console:
        codes = [root.code for root in org_units.tree(today(clock())).roots]
    return [code for code in dict.fromkeys(codes) if org_units.is_known(code)][:MOST_UNITS]


def _unit(code: str, actor: Actor) -> dict[str, Any]:
    """One unit with its headline figures of the newest year that has dossiers."""
    period = newest_year(code, actor)
    now = Period.month_of(today(clock()))
    found = indicators.figures(HEADLINES, unit=code, period=period, to=actor)
    overdue = indicators.figure(OVERDUE, unit=code, period=now, to=actor)
    months = _months(period)
    trend = indicators.trend(HEADLINES[1], unit=code, months=months, to=actor)
    version = org_units.find_version(code, period.last_day)
    return {
        "code": code,
        "name": _name(code, period.last_day),
        "kind": org_units.kind_of(version.kind).name(_language()) if version else "",
        "url": f"{reverse('indicators:unit', args=[code])}?period={period.text}",
        "period": period.label(_language()),
        "figures": [_headline(found[one], period) for one in HEADLINES],
        "trend": [None if one.value is None else float(one.value) for one in trend],
        "overdue": ui.number(float(overdue.numerator), _language()) if overdue.numerator else "",
        "overdue_url": f"{_figure_url(overdue, now)}#rows",
    }


def newest_year(code: str, actor: Actor) -> Period:
    """The newest year in which the unit received dossiers, else this year."""
    this_year = today(clock()).year
    years = [Period.of_year(this_year - back) for back in range(YEARS_BACK)]
    found = indicators.figures_of_periods([HEADLINES[0]], unit=code, periods=years, to=actor)
    return next((year for year in years if found[year][HEADLINES[0]].denominator), years[0])


def _months(period: Period) -> list[Period]:
    last = period.last_day.replace(day=1)
    return [Period.month_of(shift_months(last, -back)) for back in range(TREND_MONTHS - 1, -1, -1)]


def _headline(figure: Figure, period: Period) -> dict[str, Any]:
    definition = figure.definition
    write = ui.rate if definition.is_share else ui.number
    tone = {True: "ct-good", False: "ct-bad", None: ""}[figure.meets_target]
    return {
        "name": definition.name.of(_language()),
        "value": write(figure.value, _language()),
        "tone": tone,
        "url": _figure_url(figure, period),
    }


def _figure_url(figure: Figure, period: Period) -> str:
    return f"{reverse('indicators:figure', args=[figure.code, figure.unit])}?period={period.text}"


def _packs(actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("inspections:pack", args=[pack.key]),
            "unit": pack.unit_name,
            "period": f"{ui.day(pack.period_start)} – {ui.day(pack.period_end - DAY)}",
            "at": ui.instant(pack.prepared_at),
            "by": pack.prepared_by_name or pack.prepared_by,
        }
        for pack in inspections.visible_packs(actor)[:LATEST_PACKS]
    ]


def _roles(actor: Actor) -> list[str]:
    """The person's roles in words, each with its unit."""
    day = today(clock())
    return [
        role_name(grant.role)
        if grant.unit_code == EVERYWHERE
        else f"{role_name(grant.role)}, {_name(grant.unit_code, day)}"
        for grant in actor.grants
    ]


def _name(code: str, day: date) -> str:
    version = org_units.find_version(code, day)
    return version.name if version else code


def _language() -> str:
    return get_language() or "vi"
