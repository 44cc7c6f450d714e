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
from congtam.dossiers.lists.queries.filters import PARAMETERS
from congtam.dossiers.lists.queries.work import WorkKind
from congtam.dossiers.lists.web.pages import requested_dossiers, requested_kind
from congtam.foundation.public import LargeFileTurn, actor_of, clock
from congtam.ui.public import busy_page

_PARAMETER_NAMES: Final = frozenset({*PARAMETERS.values(), "list", "days"})


@require_GET
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The dossiers of a list in one file; filters that mean nothing are refused with what is wrong."""
    if extension not in FORMS:
        raise Http404(extension)
    if "list" in request.GET and requested_kind(request, actor_of(request)) is WorkKind.FILINGS:
        return redirect("dossiers:filings")
    requested = _requested_export(request, extension)
    if is_short(requested):
        return _download_response(requested, iter([b"".join(begin_export(requested))]))
    turn = LargeFileTurn.take()
    if turn is None:
        return busy_page(request, back=_list_address(request))
    try:
        return _download_response(requested, turn.sending(begin_export(requested)))
    except BaseException:
        turn.give_back()
        raise


def _requested_export(request: HttpRequest, extension: str) -> Export:
    actor, now, parameters = actor_of(request), clock().now(), request.GET.dict()
    dossiers, filters = requested_dossiers(request)
    order = filters.sort or ("due" if "list" in parameters else filters.order)
    recorded = {name: value[:500] for name, value in parameters.items() if name in _PARAMETER_NAMES}
    return Export(dossiers=dossiers, order=order, form=extension, actor=actor, now=now, parameters=recorded)


def _download_response(requested: Export, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(chunks, content_type=FORMS[requested.form])
    answer["Content-Disposition"] = f'attachment; filename="{requested.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _list_address(request: HttpRequest) -> str:
    page = "dossiers:work" if "list" in request.GET else "dossiers:list"
    return f"{reverse(page)}?{request.GET.urlencode()}"
