"""Pages of the catalogue of procedures (trang thủ tục hành chính)."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.org_units.public import visible_units
from congtam.procedures.catalogue.conflict_queries import count_open_conflicts
from congtam.procedures.catalogue.desk_search import search_for_desk
from congtam.procedures.catalogue.public_queries import form_file
from congtam.procedures.catalogue.queries import get_procedure
from congtam.procedures.catalogue.web import compare_page, detail_page, list_page, suggest_page
from congtam.procedures.permissions import EDITORS


@require_GET
def procedure_list(request: HttpRequest) -> HttpResponse:
    """The procedures in force on a day, found as one types."""
    filters = list_page.parse_filters(request.GET, now=today(clock()))
    only_results = bool(request.headers.get("HX-Request"))
    template = "procedures/results.html" if only_results else "procedures/list.html"
    context = list_page.context(filters, with_choices=not only_results)
    context["conflict_count"] = 0 if only_results else count_open_conflicts()
    context["may_enter"] = actor_of(request).has_role(*EDITORS)
    return render(request, template, context)


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: limits, papers, fees, and how it changed."""
    procedure, versions = get_procedure(code)
    requested_day, now = request.GET.get("on", ""), today(clock())
    context = detail_page.context(
        procedure, versions, requested_day=requested_day, now=now, actor=actor_of(request)
    )
    return render(request, "procedures/detail.html", context)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Procedures that may be meant by what is typed: options for a list, or JSON for whoever asks for it."""
    arguments = suggest_page.parse_search(request.GET, now=today(clock()))
    if arguments["unit_code"] not in visible_units(actor_of(request)):
        arguments["unit_code"] = ""
    suggestions = suggest_page.serialize_suggestions(search_for_desk(**arguments))
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse({"suggestions": suggestions})
    return render(request, "procedures/suggestions.html", {"suggestions": suggestions})


@require_GET
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What holds of a procedure on two days, side by side."""
    get_procedure(code)
    return render(request, "procedures/compare.html", compare_page.context(code, request.GET))


@require_GET
def form(_request: HttpRequest, code: str, digest: str) -> FileResponse:
    """The form of a paper, to be kept and filled in."""
    file = form_file(code, digest)
    return FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name)
