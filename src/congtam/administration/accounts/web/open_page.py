"""Opening an account (trang cấp tài khoản)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congtam.administration.accounts.details import PersonDetails, taken_usernames, username_problems
from congtam.administration.accounts.forms import OpenForm, RoleForm
from congtam.administration.accounts.opening import AccountOrder, open_accounts
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.role_orders import RoleOrder
from congtam.administration.accounts.web.warnings import agency_code_warning
from congtam.foundation.public import Actor, actor_of
from congtam.foundation.web.form_problems import add_problems
from congtam.kernel.errors import DomainError, InputRefused, gather_problems
from congtam.kernel.input.texts import compact


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """One account with its first role; the answer shows the temporary password, once."""
    actor = actor_of(request)
    reach = reach_of(actor)
    posted = request.POST if request.method == "POST" else None
    form, role_form = OpenForm(posted), RoleForm(posted, reach=reach)
    context: dict[str, Any] = {}
    if posted is not None and form.is_valid() and role_form.is_valid():
        context |= _open_from_form(request, form, role_form, actor=actor)
    context |= {"form": form, "role_form": role_form, "unit_typed": request.POST.get("unit", "")[:300]}
    is_refused = posted is not None and "opened" not in context
    return render(request, "administration/open.html", context, status=400 if is_refused else 200)


def _open_from_form(
    request: HttpRequest, form: OpenForm, role_form: RoleForm, *, actor: Actor
) -> dict[str, Any]:
    """The account that was opened, or what is wrong, beside the fields."""
    unit = request.POST.get("unit", "")
    try:
        order = _order_from_form(form, role_form, unit=unit, actor=actor)
        opened = open_accounts([order], actor=actor)
    except DomainError as error:
        return {"refusals": add_problems(error, form, role_form)}
    if text := agency_code_warning(role.pair for role in order.roles):
        messages.warning(request, text)
    return {"opened": opened}


def _order_from_form(form: OpenForm, role_form: RoleForm, *, unit: str, actor: Actor) -> AccountOrder:
    """The order as it was typed; raises InputRefused with everything wrong."""
    person = {name: form.cleaned_data[name] for name in ("name", "position", "email")}
    username = compact(form.cleaned_data["username"]).lower()
    problems = list(username_problems(username, taken=taken_usernames([username])))
    details = role = None
    with gather_problems(problems):
        details = PersonDetails.read(**person)
    with gather_problems(problems):
        role = RoleOrder.read(**role_form.cleaned_data, unit=unit, actor=actor)
    if problems or details is None or role is None:
        raise InputRefused(problems)
    return AccountOrder(username=username, details=details, roles=[role])
