"""The list of accounts (danh sách tài khoản)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congtam.administration.accounts.forms import role_choices
from congtam.administration.accounts.giving import Reach
from congtam.administration.accounts.queries import STATES, AccountQuery, build_account_in_care, find_accounts
from congtam.administration.accounts.reach import reach_of
from congtam.administration.accounts.subject import AccountInCare
from congtam.administration.accounts.wording import role_text
from congtam.foundation.public import Account, Actor, Role, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.org_units.public import resolve_unit_code, unit_text

PAGE: Final = 50
_STATES: Final = {
    "active": _("Active"),
    "closed": _("Locked"),
    "never": _("Never signed in"),
    "temporary": _("With a temporary password"),
}


@never_cache
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts the person cares for, by user name."""
    actor = actor_of(request)
    reach = reach_of(actor)
    typed = {
        name: request.GET.get(name, "").strip()[:100] for name in ("q", "role", "unit", "state", "after")
    }
    query, wrong = _read_query(typed, actor)
    rows = find_accounts(query, reach=reach)
    count = rows.count()
    page = list(rows.filter(username__gt=typed["after"])[: PAGE + 1])
    context = {
        "rows": [_account_row(account, actor, reach) for account in page[:PAGE]],
        "count": count,
        "next_url": _next_page_query(typed, page),
        "first_url": f"?{_query_string(typed)}" if typed["after"] else "",
        **_filter_context(typed, query, wrong=wrong, reach=reach),
    }
    return render(request, "administration/accounts.html", context)


def state_mark(account: Account) -> dict[str, str]:
    """Where the account is in its life, with a tone."""
    if not account.is_active:
        return {"text": gettext("Locked"), "tone": "bad"}
    if account.has_temporary_password:
        return {"text": gettext("Temporary password"), "tone": "warn"}
    return {"text": gettext("Active"), "tone": "good"}


def _read_query(typed: Mapping[str, str], actor: Actor) -> tuple[AccountQuery, list[str]]:
    """The query, and the boxes whose text means nothing."""
    wrong, unit_code = [], ""
    try:
        unit_code = resolve_unit_code(typed["unit"], on=today(clock()), to=actor) if typed["unit"] else ""
    except InputRefused:
        wrong, unit_code = ["unit"], typed["unit"]
    role = typed["role"] if typed["role"] in set(Role) else ""
    state = typed["state"] if typed["state"] in STATES else ""
    return AccountQuery(text=typed["q"], role=role, unit_code=unit_code, state=state), wrong


def _filter_context(
    typed: Mapping[str, str], query: AccountQuery, *, wrong: list[str], reach: Reach
) -> dict[str, Any]:
    roles = role_choices(tuple(Role) if reach.everything else reach.givable_roles())
    unit = typed["unit"] if wrong or not query.unit_code else unit_text(query.unit_code, on=today(clock()))
    return {
        "q": typed["q"],
        "roles": [{"code": code, "name": name, "is_chosen": code == query.role} for code, name in roles],
        "states": [
            {"code": code, "name": name, "is_chosen": code == query.state} for code, name in _STATES.items()
        ],
        "unit_typed": unit,
        "wrong": wrong,
        "is_filtered": any(typed[name] for name in ("q", "role", "unit", "state")),
    }


def _account_row(account: Account, actor: Actor, reach: Reach) -> dict[str, Any]:
    subject: AccountInCare = build_account_in_care(account, actor=actor, reach=reach)
    shown = set(subject.shown_roles)
    roles = [role_text(held.role, held.unit_code) for held in subject.current_roles if held in shown]
    return {
        "account": account,
        "url": reverse("administration:account", args=[account.username]),
        "roles": roles[:3],
        "more": max(0, len(roles) - 3),
        "state": state_mark(account),
    }


def _next_page_query(typed: Mapping[str, str], page: list[Account]) -> str:
    return f"?{_query_string(typed, after=page[PAGE - 1].username)}" if len(page) > PAGE else ""


def _query_string(typed: Mapping[str, str], *, after: str = "") -> str:
    kept = {name: value for name, value in typed.items() if value and name != "after"}
    return urlencode(kept | ({"after": after} if after else {}))
