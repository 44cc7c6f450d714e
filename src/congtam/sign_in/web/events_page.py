"""All sign-ins, for administrators (nhật ký đăng nhập): filtered, as a file, with the sessions of one account."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congtam.foundation.public import Account, actor_of
from congtam.foundation.web.downloads import temporary_download
from congtam.kernel.errors import NotFound
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.input.texts import compact
from congtam.sign_in.events import PAGE, EventQuery, export_events, find_events
from congtam.sign_in.events_file import MEDIA_TYPES, write_events
from congtam.sign_in.models import EventKind
from congtam.sign_in.policy import require_administrator
from congtam.sign_in.sessions import end_session, sessions_of
from congtam.sign_in.web.visitors import visitor_of
from congtam.sign_in.web.wording import event_row, method_text, session_row

_FIELDS: Final = ("account", "kind", "address", "since", "until")


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """A page of events by its filters, the newest first."""
    actor = actor_of(request)
    typed, query = _read(request)
    before = digits_or_none(request.GET.get("before", ""), most=10**18)
    found = find_events(query, actor=actor, before=before)
    shown = found[:PAGE]
    filters = {name: value for name, value in typed.items() if value}
    context = {
        "typed": typed,
        "events": [event_row(event, with_account=True) for event in shown],
        "kinds": [{"code": code, "name": name} for code, name in EventKind.choices],
        "next_url": f"?{urlencode(filters | {'before': shown[-1].pk})}" if len(found) > PAGE else "",
        "first_url": f"?{urlencode(filters)}",
        "is_later_page": before is not None,
        "files": _files(urlencode(filters)),
        **_sessions(typed["account"]),
    }
    return render(request, "sign_in/events.html", context)


@never_cache
@require_safe
def events_file(request: HttpRequest, extension: str) -> FileResponse:
    """All events that match, as a file."""
    if extension not in MEDIA_TYPES:
        raise NotFound(kind="file", key=extension)
    _typed, query = _read(request)
    lines = export_events(query, form=extension, actor=actor_of(request))
    write = partial(write_events, events=lines, form=extension, method_text=method_text)
    name = f"{gettext('sign-ins')}.{extension}"
    return temporary_download(write, name=name, media_type=MEDIA_TYPES[extension])


@require_POST
def end_of(request: HttpRequest) -> HttpResponse:
    """End a session of somebody else."""
    actor = actor_of(request)
    require_administrator(actor)
    username = request.POST.get("account", "").replace("\0", "")[:150]
    owner = Account.objects.filter(username=username).first()
    if owner is None:
        raise NotFound(kind="account", key=username)
    key = digits_or_none(request.POST.get("session", ""), most=10**18)
    end_session(key or 0, owner=owner, actor=actor, visitor=visitor_of(request))
    messages.success(request, gettext("Session ended."))
    return redirect(f"{reverse('sign_in:events')}?{urlencode({'account': username})}")


def _read(request: HttpRequest) -> tuple[dict[str, str], EventQuery]:
    """What was typed, and what it means; a day that is none counts as not typed."""
    typed = {name: compact(request.GET.get(name, ""))[:150] for name in _FIELDS}
    kind = typed["kind"] if typed["kind"] in EventKind.values else ""
    since, until = day_or_none(typed["since"]), day_or_none(typed["until"])
    query = EventQuery(
        account=typed["account"], kind=kind, address=typed["address"], since=since, until=until
    )
    return typed, query


def _files(query: str) -> list[dict[str, str]]:
    return [
        {"form": form, "url": f"{reverse('sign_in:events_file', args=[form])}?{query}"}
        for form in ("xlsx", "csv")
    ]


def _sessions(username: str) -> dict[str, Any]:
    account = Account.objects.filter(username=username).first() if username else None
    if account is None:
        return {}
    rows = [session_row(each, this=None) for each in sessions_of(account)]
    return {"account": account.username, "sessions": rows, "end_url": reverse("sign_in:end_of")}
