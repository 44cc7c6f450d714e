"""The rules of signing in, decided by an administrator (quy định đăng nhập)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import Role, actor_of, real_clock
from congtam.foundation.role_names import role_name
from congtam.foundation.web.form_problems import add_problems
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.sign_in.domain.policy import LONGEST_IDLE, SHORTEST_IDLE, SignInPolicy
from congtam.sign_in.policy import decide_policy, policies, policy_in_force, require_administrator
from congtam.ui.public import DayInput, day


class PolicyForm(forms.Form):
    """From which day on, for whom, and how long a session lasts unused."""

    since = forms.DateField(label=_("From day"), widget=DayInput())
    roles = forms.MultipleChoiceField(
        label=_("Second step for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    idle_minutes = forms.IntegerField(
        label=_("Minutes without use after which a session ends"),
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
        help_text=_("Typing in a form counts as use."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, role_name(role)) for role in Role
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """The rules so far, and the form for new ones."""
    actor = actor_of(request)
    require_administrator(actor)
    in_force = policy_in_force()
    form = PolicyForm(request.POST) if request.method == "POST" else PolicyForm(initial=_initial(in_force))
    if request.method == "POST" and form.is_valid():
        try:
            decide_policy(**form.cleaned_data, actor=actor)
        except InputRefused as refused:
            for text in add_problems(refused, form):
                form.add_error(None, text)
        else:
            messages.success(request, gettext("Rules saved."))
            return redirect("sign_in:policy")
    decided = policies()
    listed = [*reversed(decided), *([] if in_force in decided else [in_force])]
    rows = [_row(each, is_in_force=each == in_force) for each in listed]
    return render(request, "sign_in/policy.html", {"form": form, "rows": rows})


def _initial(in_force: SignInPolicy) -> dict[str, Any]:
    return {
        "since": today(real_clock()),
        "roles": sorted(in_force.roles),
        "idle_minutes": in_force.idle_minutes,
    }


def _row(each: SignInPolicy, *, is_in_force: bool) -> dict[str, Any]:
    names = [role_name(role) for role in Role if role.value in each.roles]
    return {
        "since": gettext("from the beginning") if each.since == date.min else day(each.since),
        "roles": ", ".join(names) or gettext("no role"),
        "idle_minutes": each.idle_minutes,
        "is_in_force": is_in_force,
    }
