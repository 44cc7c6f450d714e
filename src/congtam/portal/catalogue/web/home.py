"""The first page for people, and the catalogue they search (trang chủ, danh mục thủ tục)."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congtam.foundation.public import clock
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.input.days import day_or_none
from congtam.portal.access.web import access
from congtam.portal.catalogue.web import procedure_view
from congtam.portal.queries import drafts_of
from congtam.procedures.public import LEVELS, desk_procedure, form_file, public_procedure_on, public_search
from congtam.ui.public import current_language

_SHOWN: Final = 40
_LONGEST: Final = 200


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search a procedure, look up a dossier, go on with what one was writing."""
    day = today(clock())
    drafts = [
        {
            "key": draft.key,
            "name": current.name if current else draft.procedure_code,
            "changed_at": draft.changed_at,
        }
        for draft in drafts_of(access.read_browser_key(request))[:5]
        for current in [desk_procedure(draft.procedure_code, day)]
    ]
    return render(request, "portal/home.html", {"drafts": drafts})


@login_not_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures in force that hold every word, with or without diacritics."""
    text = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    level = request.GET.get("level", "") if request.GET.get("level", "") in LEVELS else ""
    results = public_search(text, on=today(clock()), level=level, limit=_SHOWN)
    language = current_language()
    context: dict[str, Any] = {
        "text": text,
        "level": level,
        "levels": [{"code": each.code, "name": each.name(language)} for each in LEVELS.values()],
        "rows": [procedure_view.suggestion_row(each) for each in results.rows],
        "count": results.count,
        "has_more": results.count > len(results.rows),
    }
    return render(request, "portal/procedures.html", context)


@login_not_required
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """All that is disclosed of a procedure, as in force today or on a day asked for."""
    now_on = today(clock())
    day = day_or_none(request.GET.get("on", "")) or now_on
    public_procedure = public_procedure_on(code, day)
    if public_procedure is None:
        raise NotFound(kind="procedure", key=code)
    context = procedure_view.procedure_context(public_procedure, day=day, is_today=day == now_on)
    return render(request, "portal/procedure.html", context)


@login_not_required
@require_safe
def form(request: HttpRequest, code: str, digest: str) -> FileResponse:  # noqa: ARG001 - what a view is given
    """A form to fill in, as a file."""
    file = form_file(code, digest)
    return FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name)
