"""The page of one account, and what is done with it (trang tài khoản)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congtam.administration.accounts.forms import DetailsForm, RoleForm
from congtam.administration.accounts.lines import account_history
from congtam.administration.accounts.queries import get_account
from congtam.administration.accounts.subject import AccountChange, AccountInCare, AccountVerb
from congtam.administration.accounts.verbs import ACCOUNTS
from congtam.administration.accounts.web.list_page import state_mark
from congtam.administration.accounts.web.warnings import agency_code_warning
from congtam.administration.accounts.wording import role_text
from congtam.administration.permissions import is_administrator
from congtam.foundation.account_changes import HeldRole
from congtam.foundation.lifecycle import Done
from congtam.foundation.public import actor_of
from congtam.foundation.web.form_problems import add_problems
from congtam.kernel.errors import DomainError, NotFound
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.periods import DAY
from congtam.sign_in.public import has_second_step
from congtam.ui.public import MISSING, day

_ONCE: Final = "temporary_password"
_BESIDE: Final = ("change", "grant_role")
"""Verbs whose forms stand on the page."""


@never_cache
@require_safe
def account(request: HttpRequest, username: str) -> HttpResponse:
    """The person, the roles, the buttons, and what was done with the account lately."""
    subject = get_account(username, to=actor_of(request))
    password = request.session.pop(f"{_ONCE}:{username}", "")
    return render(request, "administration/account.html", _page_context(subject) | {"password": password})


@never_cache
@require_POST
def act(request: HttpRequest, username: str, verb: str) -> HttpResponse:
    """Do one thing with the account; what is wrong stands beside the fields."""
    actor, chosen = actor_of(request), ACCOUNTS.find_verb(verb)
    if chosen is None:
        raise NotFound(kind="verb", key=verb)
    subject = get_account(username, to=actor)
    form = _bound_form(chosen, subject, request)
    if form is not None and not form.is_valid():
        return _refusal_page(request, subject, chosen, form=form)
    try:
        data, version = _verb_data(chosen, form, request), _posted_version(request)
        done = ACCOUNTS.perform(username, chosen, actor=actor, version=version, data=data)
    except DomainError as error:
        return _refusal_page(request, subject, chosen, form=form, error=error)
    _show_success(request, subject, done)
    return redirect("administration:account", username)


def _posted_version(request: HttpRequest) -> int:
    """The version the person saw; without one, none that ever was: nobody overwrites what they did not see."""
    return digits_or_none(request.POST.get("version", ""), most=10**9) or 0


def _verb_data(verb: AccountVerb, form: forms.Form | None, request: HttpRequest) -> dict[str, Any]:
    if verb.code == "end_role":
        held = digits_or_none(request.POST.get("held", ""), most=10**18) or 0
        return {"held": held, "last_day": day_or_none(request.POST.get("last_day", "")) or date.min}
    data = dict(form.cleaned_data) if form is not None else {}
    return data | ({"unit": request.POST.get("unit", "")} if verb.code == "grant_role" else {})


def _show_success(
    request: HttpRequest, subject: AccountInCare, done: Done[AccountInCare, AccountChange]
) -> None:
    verb, data = done.verb, done.change.data
    messages.success(request, gettext("{verb}: {name}").format(verb=gettext(verb.done), name=subject.account))
    if done.made is not None:
        request.session[f"{_ONCE}:{subject.account.username}"] = done.made
    if verb.code == "grant_role" and (text := agency_code_warning([(data["role"], data["unit"])])):
        messages.warning(request, text)


def _bound_form(verb: AccountVerb, subject: AccountInCare, request: HttpRequest) -> forms.Form | None:
    if verb.form is RoleForm:
        return RoleForm(request.POST, reach=subject.reach)
    return verb.form(request.POST) if verb.form is not None else None


def _refusal_page(
    request: HttpRequest,
    subject: AccountInCare,
    verb: AccountVerb,
    *,
    form: forms.Form | None,
    error: DomainError | None = None,
) -> HttpResponse:
    """The page with the reason, beside the field where there is one."""
    rest = [] if error is None else add_problems(error, *([form] if form is not None else []))
    fresh = get_account(subject.account.username, to=subject.actor)
    context = _page_context(fresh) | {"refusals": rest, "unit_typed": request.POST.get("unit", "")[:300]}
    if verb.code in _BESIDE:
        context |= {f"{verb.code}_form": form, "is_refused": True}
    return render(request, "administration/account.html", context, status=400)


def _page_context(subject: AccountInCare) -> dict[str, Any]:
    row, buttons = subject.account, ACCOUNTS.buttons(subject)
    codes = {verb.code for verb in buttons}
    initial = {"name": row.name, "position": row.position, "email": row.email}
    return {
        "account": row,
        "state": state_mark(row),
        "is_own": subject.is_own,
        "is_in_care": subject.is_in_care,
        "roles": [_role_row(held, subject) for held in subject.shown_roles],
        "change_form": DetailsForm(initial=initial) if "change" in codes else None,
        "grant_role_form": RoleForm(reach=subject.reach) if "grant_role" in codes else None,
        "buttons": [_verb_button(verb, row.username) for verb in buttons if verb.code not in _BESIDE],
        "lines": account_history(subject.account.username),
        "yesterday": subject.day - DAY,
        "ledger_url": _ledger_url(subject),
        "has_step": has_second_step(row),
        "events_url": _events_url(subject),
    }


def _verb_button(verb: AccountVerb, username: str) -> dict[str, Any]:
    return {
        "url": reverse("administration:act", args=[username, verb.code]),
        "name": gettext(verb.name),
        "lead": gettext(verb.lead),
        "icon": verb.icon,
        "style": verb.style,
    }


def _role_row(held: HeldRole, subject: AccountInCare) -> dict[str, Any]:
    is_over = held.is_over(subject.day)
    begins = held.since is not None and held.since > subject.day
    state = gettext("ended") if is_over else gettext("begins later") if begins else gettext("in force")
    may_end = subject.is_in_care and not is_over and subject.reach.may_give(held.role, held.unit_code)
    return {
        "id": held.id,
        "text": role_text(held.role, held.unit_code),
        "since": day(held.since),
        "until": day(held.until - DAY) if held.until else MISSING,
        "note": held.note,
        "state": state,
        "tone": "neutral" if is_over or begins else "good",
        "may_end": may_end,
    }


def _events_url(subject: AccountInCare) -> str:
    if not is_administrator(subject.actor):
        return ""
    return f"{reverse('sign_in:events')}?account={subject.account.username}"


def _ledger_url(subject: AccountInCare) -> str:
    if not is_administrator(subject.actor):
        return ""
    return f"{reverse('administration:ledger')}?kind=account&key={subject.account.username}"
