"""Downloading a list (tải danh sách): a short one at once, a long one when its turn has come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from congtam.dossiers.lists.export import FORMS, Export, begin_export, is_short
from congtam.dossiers.lists.queries import dossiers_for, filters_from
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.dossiers.lists.queries.work import Asked, WorkKind, work_dossiers
from congtam.dossiers.lists.web.pages import days_of, kind_of
from congtam.foundation.public import LargeFileTurn, actor_of, clock
from congtam.ui.public import busy_page

_KNOWN: Final = frozenset({*PARAMETERS.values(), "list", "days"})


@require_GET
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The dossiers of a list in one file; filters that mean nothing are refused with what is wrong."""
    if extension not in FORMS:
        raise Http404(extension)
    if "list" in request.GET and kind_of(request, actor_of(request)) is WorkKind.FILINGS:
        return redirect("dossiers:filings")
    wanted = _wanted(request, extension)
    if is_short(wanted):
        return _answer(wanted, iter([b"".join(begin_export(wanted))]))
    turn = LargeFileTurn.take()
    if turn is None:
        return busy_page(request, back=_list_address(request))
    try:
        return _answer(wanted, turn.sending(begin_export(wanted)))
    except BaseException:
        turn.give_back()
        raise


def _wanted(request: HttpRequest, extension: str) -> Export:
    actor, now, asked = actor_of(request), clock().now(), request.GET.dict()
    filters = filters_from(asked)
    if "list" in asked:
        place = Asked(to=actor, now=now, days=days_of(request))
        found = work_dossiers(kind_of(request, actor), place, filters)
    else:
        found = dossiers_for(filters, to=actor, now=now)
    order = filters.sort or ("due" if "list" in asked else filters.order)
    told = {name: value[:500] for name, value in asked.items() if name in _KNOWN}
    return Export(found=found, order=order, form=extension, actor=actor, now=now, asked=told)


def _answer(wanted: Export, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=FORMS[wanted.form])
    answer["Content-Disposition"] = f'attachment; filename="{wanted.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _list_address(request: HttpRequest) -> str:
    page = "dossiers:work" if "list" in request.GET else "dossiers:list"
    return f"{reverse(page)}?{request.GET.urlencode()}"
