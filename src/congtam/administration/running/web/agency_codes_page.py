"""Agency codes of units (trang mã định danh): which unit has which, and which has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.administration.permissions import require_administrator
from congtam.administration.running.uncoded_units import UnitInNeed, units_lacking_agency_code
from congtam.dossiers.intake.public import agency_codes, example_number, set_agency_code
from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.kernel.input.days import day_or_none
from congtam.org_units.public import resolve_unit_code, unit_name
from congtam.ui.public import DayInput, day


class AgencyCodeForm(forms.Form):
    """The identification code of a unit; the box of the unit is drawn by the page."""

    agency = forms.CharField(
        label=_("Identification code"),
        max_length=40,
        help_text=_("As the decision gives it, such as H22.24.08."),
    )
    valid_from = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        required=False,
        help_text=_("Leave empty if it always applied."),
    )
    source = forms.CharField(label=_("Document (number, date)"), max_length=300)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agency_codes_page(request: HttpRequest) -> HttpResponse:
    """The codes, the units without one, and a form to enter one."""
    actor = actor_of(request)
    require_administrator(actor)
    form = AgencyCodeForm(request.POST) if request.method == "POST" else AgencyCodeForm()
    unit = request.POST.get("unit", request.GET.get("unit", ""))[:300]
    refusals: list[str] = []
    if form.is_bound and form.is_valid():
        refusals = _save_agency_code(form, unit, actor)
    if form.is_bound and not refusals and not form.errors:
        messages.success(request, gettext("The agency code was saved."))
        return redirect("administration:agency_codes")
    context = {
        "form": form,
        "unit_typed": unit,
        "refusals": refusals,
        "needs": [_need_row(need) for need in units_lacking_agency_code()],
        "rows": [_agency_code_row(row) for row in agency_codes()],
    }
    return render(request, "administration/agency_codes.html", context, status=400 if form.is_bound else 200)


def _save_agency_code(form: AgencyCodeForm, unit: str, actor: Actor) -> list[str]:
    """Save it; what is wrong stands beside the fields, and the rest is returned."""
    try:
        code = resolve_unit_code(unit, on=today(clock()), to=actor)
        set_agency_code(code, form.cleaned_data["agency"].strip(), **_source_and_start(form), actor=actor)
    except InputRefused as error:
        return add_problems(error, form)
    return []


def _source_and_start(form: AgencyCodeForm) -> Mapping[str, Any]:
    return {name: form.cleaned_data[name] for name in ("source", "valid_from")}


def _need_row(need: UnitInNeed) -> dict[str, Any]:
    return {
        "code": need.unit_code,
        "name": unit_name(need.unit_code),
        "numbers": need.numbers,
        "last_day": need.last_day,
        "example": example_number(need.unit_code, need.last_day or today(clock())),
    }


def _agency_code_row(row: Mapping[str, str | None]) -> dict[str, Any]:
    code = str(row["unit_code"])
    days = {name: day(day_or_none(text)) if (text := row[name]) else "" for name in ("from", "to")}
    return {
        "code": code,
        "unit": unit_name(code),
        "agency": row["agency"],
        "source": row["source"],
        "days": days,
    }
