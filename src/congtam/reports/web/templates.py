"""Pages of the templates of a province: an administrator sets, looks at and ends them (mẫu văn bản)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.foundation.files import FileRefused, open_file
from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, Problem
from congtam.reports.actions import templates
from congtam.reports.actions.templates import NoTemplateToEnd, TemplateInPast
from congtam.reports.permissions import require_set_templates
from congtam.reports.queries import get_template_file
from congtam.reports.web import template_page
from congtam.reports.web.template_page import TemplateForm, form_name
from congtam.typesetting.public import LARGEST_TEMPLATE, MEDIA_TYPES

REFUSED = 400


@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: HttpRequest) -> HttpResponse:
    """The templates in force; a file that is sent is checked, looked at or put in force."""
    require_set_templates(actor_of(request))
    if request.method != "POST":
        return _render_page(
            request, TemplateForm(initial={**request.GET.dict(), "valid_from": today(clock())})
        )
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render_page(request, form, status=REFUSED)
    try:
        return _handle_upload(request, form)
    except InputRefused as error:
        return _render_page(request, form, problems=error.problems, status=REFUSED)
    except (TemplateInPast, FileRefused) as error:
        return _render_page(request, form, problems=[_to_problem(error)], status=REFUSED)


@require_POST
def end(request: HttpRequest, form: str) -> HttpResponse:
    """Back to the standard layout from today on."""
    try:
        templates.end_template(form, valid_from=today(clock()), actor=actor_of(request))
    except NoTemplateToEnd as error:
        return _render_page(request, TemplateForm(), problems=[_to_problem(error)], status=REFUSED)
    return redirect("reports:templates")


@require_GET
def starter(request: HttpRequest, form: str) -> HttpResponse:
    """The standard layout with slots, to begin with."""
    return _download_response(
        templates.build_starter_template(form, actor=actor_of(request)), f"{form}-starter.docx"
    )


@require_GET
def template_file(request: HttpRequest, form: str, digest: str) -> HttpResponse:
    """A template as it is stored."""
    require_set_templates(actor_of(request))
    row = get_template_file(form, digest)
    with open_file(row.digest) as content:
        return _download_response(content.read(), row.name)


@require_GET
def preview(request: HttpRequest, form: str, digest: str) -> HttpResponse:
    """A made-up document in a stored template."""
    return _download_response(
        templates.preview_template(form, digest, actor=actor_of(request)), f"{form}-preview.docx"
    )


def _handle_upload(request: HttpRequest, form: TemplateForm) -> HttpResponse:
    """What the button asks for; raises as the actions do."""
    key, day, sent = form.cleaned_data["form"], form.cleaned_data["valid_from"], form.cleaned_data["file"]
    content, actor = sent.read(LARGEST_TEMPLATE + 1), actor_of(request)
    if request.POST.get("act") == "set":
        templates.set_template(key, content, name=sent.name, valid_from=day, actor=actor)
        return redirect("reports:templates")
    template = templates.check_form_template(key, content, name=sent.name, on=day, actor=actor)
    if request.POST.get("act") == "preview":
        return _download_response(templates.preview_upload(key, template, on=day), f"{key}-preview.docx")
    lost = template_page.slot_rows(templates.unused_form_slots(key, template, on=day))
    return _render_page(request, form, checked=sent.name, checked_form=form_name(key), lost=lost)


def _render_page(
    request: HttpRequest,
    form: TemplateForm,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = template_page.context(form, problems=problems)
    return render(request, "reports/templates.html", context | more, status=status)


def _to_problem(error: DomainError) -> Problem:
    return Problem(code=error.code, message=error.message, data=error.data)


def _download_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES["docx"])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response
