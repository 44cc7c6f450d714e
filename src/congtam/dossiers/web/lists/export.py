"""Downloading a list (tải danh sách)."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from congtam.dossiers.export import FORMS, Export, begin_export
from congtam.dossiers.queries import dossiers_for, filters_from
from congtam.dossiers.queries.filters import PARAMETERS
from congtam.dossiers.queries.work import Asked, WorkKind, work_dossiers
from congtam.dossiers.web.lists.pages import days_of, kind_of
from congtam.foundation.public import actor_of, clock

_KNOWN: Final = frozenset({*PARAMETERS.values(), "list", "days"})


@require_GET
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The dossiers of a list in one file; filters that mean nothing are refused with what is wrong."""
    if extension not in FORMS:
        raise Http404(extension)
    actor, now, asked = actor_of(request), clock().now(), request.GET.dict()
    filters = filters_from(asked)
    if "list" in asked:
        kind = kind_of(request, actor)
        if kind is WorkKind.FILINGS:
            return redirect("dossiers:filings")
        found = work_dossiers(kind, Asked(to=actor, now=now, days=days_of(request)), filters)
    else:
        found = dossiers_for(filters, to=actor, now=now)
    order = filters.sort or ("due" if "list" in asked else filters.order)
    told = {name: value[:500] for name, value in asked.items() if name in _KNOWN}
    wanted = Export(found=found, order=order, form=extension, actor=actor, now=now, asked=told)
    answer = StreamingHttpResponse(begin_export(wanted), content_type=FORMS[extension])
    answer["Content-Disposition"] = f'attachment; filename="{wanted.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer
