"""The page of parameters (tham số): all that are set, and for who may set them the form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems_to
from congtam.indicators.domain.measures import MEASURES
from congtam.indicators.models import SetParameter
from congtam.indicators.selection import wording
from congtam.indicators.targets.actions import MAY_SET, may_set
from congtam.indicators.targets.parameters import (
    list_parameters,
    set_parameters,
    withdraw_parameter,
)
from congtam.indicators.targets.web.forms import ParameterForm
from congtam.indicators.targets.web.wording import last_day_text, units_text
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.ui import public as ui
from congtam.ui.public import current_language


@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """All parameters that decisions set; a POST enters one."""
    actor = actor_of(request)
    form = ParameterForm(request.POST if request.method == "POST" else None, on=today(clock()))
    if request.method == "POST" and form.is_valid() and _save_from_form(form, actor):
        messages.success(request, gettext("The parameter is set."))
        return redirect("indicators:parameters")
    context = {
        "parameters": [_shown_parameter(one, actor) for one in list_parameters()],
        "form": form if actor.is_console or actor.has_role(*MAY_SET) else None,
    }
    return render(request, "indicators/parameters.html", context, status=400 if form.is_bound else 200)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a parameter."""
    withdraw_parameter(key, actor=actor_of(request))
    messages.success(request, gettext("The parameter is withdrawn."))
    return redirect("indicators:parameters")


def _shown_parameter(one: SetParameter, actor: Actor) -> dict[str, Any]:
    language = current_language()
    return {
        "key": one.key,
        "code": one.code,
        "name": one.name,
        "value": wording.number(one.value.normalize())
        if one.value == int(one.value)
        else wording.number(one.value, 2),
        "measure": MEASURES[one.measure].in_language(language),
        "units": units_text(one),
        "since": ui.day(one.valid.lower),
        "until": last_day_text(one),
        "decision": one.decision,
        "decided_on": ui.day(one.decided_on),
        "may_withdraw": may_set(actor, one.unit_code),
    }


def _save_from_form(form: ParameterForm, actor: Actor) -> bool:
    """Enter it; what is wrong stands beside its fields."""
    try:
        set_parameters([form.entry(unit_code=form.unit_code(to=actor))], actor=actor)
    except InputRefused as error:
        add_problems_to(form, error)
        return False
    return True
