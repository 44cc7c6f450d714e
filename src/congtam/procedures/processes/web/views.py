"""Pages of the internal processes: one by hand, many from a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem, msgid
from congtam.kernel.input.numbers import number_text
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.org_units.public import find_unit
from congtam.procedures.catalogue.desk_queries import desk_procedure
from congtam.procedures.catalogue.processes_in_force import process_in_force
from congtam.procedures.domain.desk import DEFAULT_PROCESS, DeskProcess, ProcessStep
from congtam.procedures.domain.processes import limit_exceeded_problem
from congtam.procedures.editing.row_forms import (
    DROP,
    FormReader,
    Rows,
    append_blank_rows,
    place_problems,
    posted_rows,
    recorded_rows,
)
from congtam.procedures.labels import ROLES
from congtam.procedures.permissions import EDITORS, may_edit, may_enter_process
from congtam.procedures.processes.edit import NewProcess, enter_process
from congtam.procedures.processes.import_processes import import_processes
from congtam.procedures.processes.process_list import COLUMNS
from congtam.procedures.processes.web.sheet import template_sheet

_FIELDS: Final = ("code", "name", "office", "role", "hours", "product", DROP)
_SINGLE: Final = ("unit_code", "process_code", "decision", "decided_on", "valid_from", "steps")
_LARGEST: Final = 5 << 20


@require_http_methods(["GET", "POST"])
def process(request: HttpRequest, code: str) -> HttpResponse:
    """The steps of a procedure, for all units or for one; saving makes them hold from the chosen day."""
    actor = actor_of(request)
    unit = request.POST.get("unit_code", request.GET.get("unit", "")).strip()
    if not (may_enter_process(actor, unit) if request.method == "GET" else actor.has_role(*EDITORS)):
        raise NotAllowed(right="procedures.process", unit=unit)
    if desk_procedure(code, today(clock())) is None:
        raise NotFound(kind="procedure", key=code)
    if request.method != "POST":
        return _render_page(request, code, _recorded_rows(code, unit))
    rows = posted_rows(request.POST, "steps", _FIELDS, not_alone=("role", "code"))
    if "more" in request.POST:
        return _render_page(request, code, append_blank_rows(rows, {}, 5))
    problems = _save_from_form(request, code, rows, actor=actor)
    if problems:
        return _render_page(request, code, rows, problems=problems)
    return redirect("procedures:detail", code)


def _recorded_rows(code: str, unit: str) -> Rows:
    recorded = process_in_force(code, today(clock()), unit_code=unit)
    steps = recorded.steps if recorded else DEFAULT_PROCESS
    values = [
        {name: value for name, value in asdict(step).items() if name in _FIELDS}
        | {"hours": number_text(step.hours) if step.hours else ""}
        for step in steps
    ]
    return append_blank_rows(recorded_rows("steps", values), {}, 2)


def _save_from_form(request: HttpRequest, code: str, rows: Rows, *, actor: Actor) -> list[Problem]:
    problems: list[Problem] = []
    single = FormReader({name: request.POST.get(name, "") for name in request.POST}, problems)
    new = NewProcess(
        procedure_code=code,
        valid_from=single.day("valid_from") or today(clock()),
        steps=rows.read(_step_from_form, problems),
        code=single.text("process_code"),
        decision=single.text("decision"),
        decided_on=single.day("decided_on"),
        unit_code=single.text("unit_code"),
        source=single.text("decision"),
    )
    try:
        if not problems:
            enter_process(new, actor=actor)
    except InputRefused as refused:
        problems += refused.problems
    return problems


def _step_from_form(row: FormReader) -> ProcessStep:
    return ProcessStep(
        position=0,
        code=row.text("code"),
        name=row.text("name"),
        office=row.text("office"),
        role=row.text("role"),
        hours=row.decimal("hours"),
        product=row.text("product"),
    )


def _render_page(
    request: HttpRequest, code: str, rows: Rows, *, problems: Sequence[Problem] = ()
) -> HttpResponse:
    procedure = desk_procedure(code, today(clock()))
    unit = request.POST.get("unit_code", request.GET.get("unit", ""))
    recorded = process_in_force(code, today(clock()), unit_code=unit)
    limit = procedure.limit_for(channel="desk") if procedure else None
    warning = limit_exceeded_problem(recorded.steps, limit) if recorded else None
    context = {
        "code": code,
        "name": procedure.name if procedure else "",
        "rows": rows,
        "roles": list(ROLES.items()),
        "warnings": [warning] if warning else [],
        "problems": place_problems(problems, [rows], _SINGLE),
        "unit_code": unit,
        "unit_name": getattr(find_unit(unit), "name", "") if unit else "",
        **_single_values(request.POST, recorded),
    }
    return render(request, "procedures/process.html", context, status=422 if problems else 200)


def _single_values(post: QueryDict, recorded: DeskProcess | None) -> dict[str, Any]:
    """The single fields as they were typed, else as they are on record."""
    decided_on = recorded.decided_on.isoformat() if recorded and recorded.decided_on else ""
    return {
        "process_code": post.get("process_code", recorded.code if recorded else ""),
        "decision": post.get("decision", recorded.decision if recorded else ""),
        "decided_on": post.get("decided_on", decided_on),
        "valid_from": post.get("valid_from", today(clock()).isoformat()),
    }


@require_http_methods(["GET", "POST"])
def process_list(request: HttpRequest) -> HttpResponse:
    """Enter many processes from a file, all or none, with every problem of the file at once."""
    actor = actor_of(request)
    if not actor.has_role(*EDITORS):
        raise NotAllowed(right="procedures.process")
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _import_from_form(request, actor)
        if not problems:
            return redirect("procedures:list")
    context = {
        "problems": problems,
        "columns": list(COLUMNS.values()),
        "valid_from": request.POST.get("valid_from", today(clock()).isoformat()),
        "may_edit": may_edit(actor),
    }
    return render(request, "procedures/process_list.html", context, status=422 if problems else 200)


def _import_from_form(request: HttpRequest, actor: Actor) -> list[Problem]:
    problems: list[Problem] = []
    day = FormReader({"valid_from": request.POST.get("valid_from", "")}, problems).day("valid_from")
    sent = request.FILES.get("file")
    if sent is None or problems:
        missing = Problem(code="file_missing", message=msgid("Choose a file."), column="file")
        return [*problems, *([missing] if sent is None else [])]
    name = sent.name or ""
    try:
        content = sent.read(_LARGEST)
        done = import_processes(content, name=name, valid_from=day or today(clock()), actor=actor)
    except InputRefused as refused:
        return list(refused.problems)
    except DomainError as error:
        return [Problem(code=error.code, message=error.message, data=error.data, file=name)]
    text = _("{processes} processes with {steps} steps read, {changed} new or changed").format(**vars(done))
    messages.success(request, text)
    return []


@require_GET
def process_sheet(_request: HttpRequest) -> FileResponse:
    """An empty list with the right columns and one example, to be filled in."""
    content, name = BytesIO(template_sheet()), "quy-trinh-noi-bo.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX_TYPE)
