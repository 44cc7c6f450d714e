"""Pages of imports: send a file, see what it holds, confirm, follow (trang nhập dữ liệu)."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.dossiers.public import may_store_anywhere
from congtam.dossiers.storing.public import UndoRefused
from congtam.foundation.files import open_file
from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems_to
from congtam.imports.absent_list import absent_csv
from congtam.imports.actions.imports import absent_name, refused_name
from congtam.imports.actions.stop import stop_import
from congtam.imports.actions.undo import undo_import
from congtam.imports.models import Import, OldFonts
from congtam.imports.queries import get_visible_import, latest_imports, may_handle
from congtam.imports.uploads import confirm, upload
from congtam.imports.web import import_page
from congtam.imports.web.forms import UploadForm
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound, Problem
from congtam.org_units.public import resolve_unit_code


@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request: HttpRequest) -> HttpResponse:
    """Send a file, and the imports so far."""
    actor = actor_of(request)
    if request.method != "POST":
        return _form_page(request, UploadForm(), actor=actor)
    if not may_store_anywhere(actor):
        raise NotAllowed(right="exchange.upload")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, actor=actor, problems=form.problems)
    try:
        unit_code = resolve_unit_code(form.cleaned_data["unit"], on=today(clock()), to=actor)
    except InputRefused as error:
        add_problems_to(form, error)
        return _form_page(request, form, actor=actor)
    try:
        return redirect("imports:import_detail", _upload_from_form(form, unit_code, actor).key)
    except InputRefused as error:
        return _form_page(request, form, actor=actor, problems=error.problems)


def _upload_from_form(form: UploadForm, unit_code: str, actor: Actor) -> Import:
    sent = form.cleaned_data["file"]
    return upload(
        sent.file,
        name=sent.name,
        mapping=form.chosen,
        mapping_text=form.mapping_text,
        unit_code=unit_code,
        actor=actor,
    )


def _form_page(
    request: HttpRequest, form: UploadForm, *, actor: Actor, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "may_upload": may_store_anywhere(actor),
        "units": import_page.unit_choices(actor),
        "problems": import_page.translate_problems(problems),
        "imports": import_page.list_rows(latest_imports(to=actor)),
    }
    return render(request, "imports/upload.html", context, status=400 if form.errors or problems else 200)


@require_GET
def import_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One import: progress, preview, result."""
    actor = actor_of(request)
    started = get_visible_import(key, to=actor)
    context = import_page.context(started, actor=actor, may_handle=may_handle(started, actor))
    return render(request, "imports/import_detail.html", context)


@require_GET
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """The progress fragment; when the work is over the page is asked to load again."""
    actor = actor_of(request)
    started = get_visible_import(key, to=actor)
    context = {"progress": import_page.progress_context(started, to=actor)}
    response = render(request, "ui/part/progress.html", context)
    if not import_page.is_working(started):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def confirm_import(request: HttpRequest, key: str) -> HttpResponse:
    """Carry out a checked import."""
    actor = actor_of(request)
    choice = request.POST.get("old_fonts", "")
    old_fonts = OldFonts(choice) if choice in OldFonts.values else OldFonts.ASK
    confirm(get_visible_import(key, to=actor).key, actor=actor, old_fonts=old_fonts)
    return redirect("imports:import_detail", key)


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop an import before it is stored."""
    actor = actor_of(request)
    stop_import(get_visible_import(key, to=actor).key, actor=actor)
    return redirect("imports:import_detail", key)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo an import that is stored; a refusal is shown on its page."""
    actor = actor_of(request)
    started = get_visible_import(key, to=actor)
    try:
        undo_import(key, actor=actor)
    except UndoRefused as refusal:
        context = import_page.context(started, actor=actor, may_handle=may_handle(started, actor))
        context["undo_refused"] = refusal.format_message(gettext)
        return render(request, "imports/import_detail.html", context, status=409)
    return redirect("imports:import_detail", key)


@require_GET
def refused_rows(request: HttpRequest, key: str) -> FileResponse:
    """The refused rows as a file to correct; they may hold personal data, so only for those who may import."""
    actor = actor_of(request)
    started = get_visible_import(key, to=actor)
    if not may_handle(started, actor):
        raise NotAllowed(right="exchange.refused_rows")
    if not started.refused_digest:
        raise NotFound(kind="file", key=key)
    name = refused_name(started.file_name)
    return FileResponse(
        open_file(started.refused_digest), as_attachment=True, filename=name, content_type="text/csv"
    )


@require_GET
def absent_dossiers(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The dossiers that earlier imports have and this one lacks, as a file: those the actor may see."""
    actor = actor_of(request)
    started = get_visible_import(key, to=actor)
    if not started.absent_digest:
        raise NotFound(kind="file", key=key)
    answer = StreamingHttpResponse(absent_csv(started, to=actor), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=absent_name(started.file_name)
    )
    return answer
