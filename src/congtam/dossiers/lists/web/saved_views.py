"""The page of one's saved views (bộ lọc đã lưu)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congtam.dossiers.lists.queries import parse_filters
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.dossiers.lists.queries.saved_views import SavedViewLink, saved_views
from congtam.dossiers.lists.queries.work import WorkKind
from congtam.dossiers.lists.saved_views import delete_view, rename_view, save_view
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.numbers import digits_or_none


@require_http_methods(["GET", "HEAD", "POST"])
def views_page(request: HttpRequest) -> HttpResponse:
    """The person's saved views; saves, renames and deletes them."""
    actor = actor_of(request)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            return redirect(_DO[_requested_action(request)](request, actor))
        except InputRefused as refused:
            problems = refused.problems
    context = {"views": saved_views(actor), "problems": problems, "posted": request.POST}
    return render(request, "dossiers/work_views.html", context, status=400 if problems else 200)


def _requested_action(request: HttpRequest) -> str:
    action = request.POST.get("do", "")
    if action not in _DO:
        message = msgid("Choose an action.")
        raise InputRefused([Problem(code="step_unknown", message=message, column="do")])
    return action


def _save_view(request: HttpRequest, actor: Actor) -> str:
    """Save the view; the URL of the list it shows."""
    view = save_view(request.POST.get("name", ""), clean_query(request.POST.get("query", "")), actor=actor)
    messages.success(request, _("View “{name}” saved.").format(name=view.name))
    return SavedViewLink(name=view.name, query=view.query).url


def _rename_view(request: HttpRequest, actor: Actor) -> str:
    """Rename the view; the URL name to redirect to."""
    view = rename_view(request.POST.get("view", ""), request.POST.get("name", ""), actor=actor)
    messages.success(request, _("View renamed to “{name}”.").format(name=view.name))
    return "dossiers:views"


def _delete_view(request: HttpRequest, actor: Actor) -> str:
    """Delete the view; the URL name to redirect to."""
    name = request.POST.get("view", "")
    delete_view(name, actor=actor)
    messages.success(request, _("View “{name}” deleted.").format(name=name))
    return "dossiers:views"


_DO: Final[Mapping[str, Callable[[HttpRequest, Actor], str]]] = {
    "save": _save_view,
    "rename": _rename_view,
    "delete": _delete_view,
}
"""Every action returns what `redirect` takes: a URL or a URL name."""


def clean_query(query: str) -> str:
    """The address of a list, reduced to what lists understand; raises InputRefused for filters that mean nothing."""
    parameters = {
        name: value for name, value in parse_qsl(query) if name in {*PARAMETERS.values(), "list", "days"}
    }
    parse_filters(parameters)
    days = digits_or_none(parameters.get("days", "0"), most=9999)
    if parameters.get("list", WorkKind.MINE) not in set(WorkKind) or days is None:
        raise InputRefused(
            [Problem(code="list_unknown", message=msgid("There is no such list."), column="list")]
        )
    return urlencode(parameters)
