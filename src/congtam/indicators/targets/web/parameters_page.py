"""The page of parameters (tham số): all that are set, and for who may set them the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems_to
from congtam.indicators.domain.measures import MEASURES
from congtam.indicators.models import SetParameter
from congtam.indicators.selection import wording
from congtam.indicators.targets.actions import MAY_SET, may_set
from congtam.indicators.targets.parameters import (
    ParameterEntry,
    list_parameters,
    set_parameters,
    withdraw_parameter,
)
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.kernel.periods import DAY
from congtam.org_units import public as org_units
from congtam.ui import public as ui
from congtam.ui.public import DayInput, current_language


class ParameterForm(forms.Form):
    """A parameter, for whom and how long, and the decision it rests on."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("As expressions name it, such as most_days.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    measure = forms.ChoiceField(label=_("Unit of measure"))
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=18,
        decimal_places=6,
        localize=True,
        help_text=_("A share is a number from 0 to 1."),
    )
    unit = forms.CharField(
        label=_("Unit (name or code)"),
        max_length=300,
        required=False,
        help_text=_("The parameter also holds for all units below it."),
    )
    unit_kind = forms.ChoiceField(
        label=_("Kind of unit"), required=False, help_text=_("Only units of this kind. Empty: all.")
    )
    decision = forms.CharField(label=_("Decision or plan (number)"), max_length=300)
    decided_on = forms.DateField(label=_("Day of the decision"), widget=DayInput())
    since = forms.DateField(label=_("First day"), widget=DayInput())
    until = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        kinds = sorted({node.kind for node in org_units.tree(today(clock())).values()})
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (code, name.in_language(language)) for code, name in MEASURES.items()
        ]
        self.fields["unit_kind"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((kind, org_units.find_kind(kind).name(language)) for kind in kinds),
        ]

    @property
    def unit_text(self) -> str:
        """What stands in the box of units."""
        return org_units.unit_text(str(self["unit"].value() or ""), on=today(clock()))


@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """All parameters that decisions set; a POST enters one."""
    actor = actor_of(request)
    form = ParameterForm(request.POST if request.method == "POST" else None)
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
    kind = org_units.find_kind(one.unit_kind).name(language) if one.unit_kind else ""
    unit = org_units.unit_name(one.unit_code, one.valid.lower) if one.unit_code else ""
    return {
        "key": one.key,
        "code": one.code,
        "name": one.name,
        "value": wording.number(one.value.normalize())
        if one.value == int(one.value)
        else wording.number(one.value, 2),
        "measure": MEASURES[one.measure].in_language(language),
        "units": " · ".join(text for text in (unit, kind) if text),
        "since": ui.day(one.valid.lower),
        "until": ui.day(one.valid.upper - DAY) if one.valid.upper else "",
        "decision": one.decision,
        "decided_on": ui.day(one.decided_on),
        "may_withdraw": may_set(actor, one.unit_code),
    }


def _save_from_form(form: ParameterForm, actor: Actor) -> bool:
    """Enter it; what is wrong stands beside its fields."""
    data = dict(form.cleaned_data)
    try:
        text = data.pop("unit")
        unit_code = org_units.resolve_unit_code(text, on=today(clock()), to=actor) if text else ""
        until = data.pop("until")
        entry = ParameterEntry(**data, unit_code=unit_code, until=until + DAY if until else None)
        set_parameters([entry], actor=actor)
    except InputRefused as error:
        add_problems_to(form, error)
        return False
    return True
