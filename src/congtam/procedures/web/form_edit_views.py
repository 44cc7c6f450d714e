"""Pages on which the electronic form of a procedure is made, tried and fetched as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congtam.forms.public import (
    MEDIA_TYPES,
    FormEditor,
    FormField,
    to_xlsx,
    to_yaml,
    trial_context,
)
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.procedures.actions.edit_form import ElectronicForm, edit_form
from congtam.procedures.catalogue.desk_queries import desk_procedure
from congtam.procedures.catalogue.web.edit_views import newest_version
from congtam.procedures.domain.content import Content, from_json
from congtam.procedures.domain.desk_parts import validate_form
from congtam.procedures.editing.row_forms import FormReader
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.permissions import require_edit
from congtam.procedures.readers.tables import xlsx_sheets
from congtam.procedures.web import form_editor

_LARGEST: Final = 2 << 20


@dataclass
class Editing:
    """The form of a procedure that is being edited, and the papers it stands for."""

    version: ProcedureVersion
    editor: FormEditor
    papers: set[int] = field(default_factory=set)

    @classmethod
    def from_version(cls, version: ProcedureVersion) -> Self:
        """What is on record."""
        content = from_json(version.details)
        papers = {number for number, paper in enumerate(content.papers) if paper.filled_online}
        return cls(version, FormEditor.of_form(content.form_fields), papers)

    @classmethod
    def from_post(cls, version: ProcedureVersion, post: QueryDict) -> Self:
        """What the page sent back."""
        papers = {int(each) for each in post.getlist("papers") if each.isdecimal() and len(each) < 4}
        return cls(version, FormEditor.of_post(post), papers)

    @property
    def recorded_content(self) -> Content:
        """The content of the version as it is stored, without the edits."""
        return from_json(self.version.details)

    def form(self, fields: Sequence[FormField]) -> ElectronicForm:
        """The form as it would be put into force."""
        return ElectronicForm(fields=tuple(fields), papers=self.papers)

    def validate(self, fields: Sequence[FormField]) -> list[Problem]:
        """Everything wrong with the form and the papers it stands for."""
        return validate_form(self.form(fields).put_into(self.recorded_content))


@require_http_methods(["GET", "POST"])
def edit_electronic_form(request: HttpRequest, code: str) -> HttpResponse:
    """The fields of the form, one open at a time; saving makes a version from the chosen day."""
    actor = actor_of(request)
    require_edit(actor)
    version = newest_version(code)
    if request.method != "POST":
        return _render_page(request, Editing.from_version(version))
    editing = Editing.from_post(version, request.POST)
    button = request.POST.get("do", "")
    if button == "save":
        if _save_from_form(request, editing, actor):
            return redirect("procedures:detail", code)
        return _render_page(request, editing, status=422)
    _carry_out_button(request, editing, button)
    return _render_page(request, editing)


def _carry_out_button(request: HttpRequest, editing: Editing, button: str) -> None:
    if button == "read":
        _load_file_into_editor(request, editing)
    elif button == "copy":
        _copy_form(request, editing)
    elif button == "check":
        editing.editor.check(editing.validate)
        if not editing.editor.problems:
            messages.success(request, _("The form has no errors."))
    else:
        editing.editor.press(button)


def _load_file_into_editor(request: HttpRequest, editing: Editing) -> None:
    """Take the rows of a file into the page; nothing is saved."""
    file = request.FILES.get("file")
    if file is None:
        problem = Problem(code="file_missing", message=msgid("Choose a file."), column="file")
        editing.editor.problems.append(problem)
        return
    editing.editor.replace_by_file(
        file.read(_LARGEST + 1), file.name or "", read_sheets=xlsx_sheets, problems_of=editing.validate
    )


def _copy_form(request: HttpRequest, editing: Editing) -> None:
    """Take the form of another procedure into the page."""
    code = request.POST.get("copy_from", "").split(" ")[0].strip()
    other = desk_procedure(code, today(clock()))
    if other is None or not other.form_fields:
        message = msgid("There is no procedure {procedure} with an electronic form.")
        editing.editor.problems.append(
            Problem(code="no_form", message=message, data={"procedure": code}, column="copy_from")
        )
        return
    editing.editor.replace_form(other.form_fields, editing.validate)


def _save_from_form(request: HttpRequest, editing: Editing, actor: Actor) -> bool:
    """Whether it was saved; else everything that is wrong is on the page."""
    read = editing.editor.read()
    problems = list(read.problems)
    single = FormReader({name: request.POST.get(name, "") for name in request.POST}, problems)
    day = single.day("valid_from")
    try:
        edit_form(
            editing.version.procedure.code,
            editing.form(read.fields),
            valid_from=day or today(clock()),
            ground=single.text("ground"),
            actor=actor,
            base=single.text("base"),
            problems=problems,
        )
    except InputRefused as refused:
        editing.editor.problems += [read.at_row(problem) for problem in refused.problems]
        return False
    return True


def _render_page(request: HttpRequest, editing: Editing, *, status: int = 200) -> HttpResponse:
    context = form_editor.context(
        editing.version,
        editing.editor,
        papers=editing.papers,
        content=editing.recorded_content,
        post=request.POST,
    )
    return render(request, "procedures/form_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def preview_electronic_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form as a citizen meets it, with its conditions and checks; nothing is kept."""
    procedure = desk_procedure(code, today(clock()))
    if procedure is None:
        raise NotFound(kind="procedure", key=code)
    form, draft = procedure.form_fields, ""
    if request.POST.get("form"):
        require_edit(actor_of(request))
        editor = FormEditor.of_post(request.POST)
        form, draft = editor.read().fields, editor.as_json()
    cases = {kind.code: kind.name for kind in procedure.case_kinds}
    context = trial_context(form, request.POST, cases=cases, today=today(clock()))
    context |= {"code": code, "name": procedure.name, "state": draft}
    return render(request, "procedures/form_trial.html", context)


@require_GET
def electronic_form_file(_request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The form in force today as a file, to be read by a jurist or copied by another office."""
    procedure = desk_procedure(code, today(clock()))
    if procedure is None or extension not in MEDIA_TYPES:
        raise NotFound(kind="form", key=code)
    is_sheet = extension == "xlsx"
    content = to_xlsx(procedure.form_fields) if is_sheet else to_yaml(procedure.form_fields, procedure=code)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[extension])
    answer.headers["Content-Disposition"] = f'attachment; filename="to-khai-{code}.{extension}"'
    return answer
