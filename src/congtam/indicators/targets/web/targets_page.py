"""The page of targets (chỉ tiêu được giao): all in force, and for who may set them the form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems_to
from congtam.indicators.definitions.shipped import definition
from congtam.indicators.models import SetTarget
from congtam.indicators.selection import wording
from congtam.indicators.targets.actions import MAY_SET, may_set, set_target, withdraw_target
from congtam.indicators.targets.queries import list_targets
from congtam.indicators.targets.web.forms import TargetForm
from congtam.indicators.targets.web.wording import last_day_text, units_text
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.ui import public as ui
from congtam.ui.public import current_language


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """All targets that decisions set; a POST enters one."""
    actor = actor_of(request)
    form = TargetForm(request.POST if request.method == "POST" else None, on=today(clock()))
    if request.method == "POST" and form.is_valid() and _save_from_form(form, actor):
        messages.success(request, gettext("The target is set."))
        return redirect("indicators:targets")
    context = {
        "targets": [shown_target(one, actor) for one in list_targets()],
        "form": form if actor.is_console or actor.has_role(*MAY_SET) else None,
    }
    return render(request, "indicators/targets.html", context, status=400 if form.is_bound else 200)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a target."""
    withdraw_target(key, actor=actor_of(request))
    messages.success(request, gettext("The target is withdrawn."))
    return redirect("indicators:targets")


def shown_target(one: SetTarget, actor: Actor) -> dict[str, Any]:
    """A target in words: what, how much, for whom, how long, by which decision."""
    about = definition(one.indicator)
    return {
        "key": one.key,
        "indicator": about.name.in_language(current_language()),
        "value": wording.value_text(about, one.value),
        "measure": wording.measure_text(about),
        "units": units_text(one),
        "since": ui.day(one.valid.lower),
        "until": last_day_text(one),
        "decision": one.decision,
        "decided_on": ui.day(one.decided_on),
        "may_withdraw": may_set(actor, one.unit_code),
    }


def _save_from_form(form: TargetForm, actor: Actor) -> bool:
    """Enter it; what is wrong stands beside its fields."""
    try:
        set_target(form.entry(unit_code=form.unit_code(to=actor)), actor=actor)
    except InputRefused as error:
        add_problems_to(form, error)
        return False
    return True
