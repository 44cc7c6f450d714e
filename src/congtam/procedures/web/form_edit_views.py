"""Pages on which the electronic form of a procedure is made, tried and fetched as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound, Problem, msgid
from congtam.procedures.actions.edit_form import ElectronicForm, edit_form
from congtam.procedures.catalogue.desk_queries import desk_procedure
from congtam.procedures.catalogue.web.edit_views import newest_version
from congtam.procedures.domain.content import Content, from_json
from congtam.procedures.domain.desk_parts import form_problems
from congtam.procedures.domain.forms import ReadForm, from_flat, to_flat
from congtam.procedures.domain.forms.values import ticked_of
from congtam.procedures.editing.row_forms import Reader
from congtam.procedures.form_writing import MEDIA_TYPES, to_xlsx, to_yaml
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.permissions import require_edit
from congtam.procedures.readers.form_file import read_form_file
from congtam.procedures.web import form_page, form_trial
from congtam.procedures.web.form_state import BLANK, FormState

_LARGEST: Final = 2 << 20


@dataclass
class Editing:
    """The form that is being edited, and what is said about it."""

    version: ProcedureVersion
    state: FormState
    problems: list[Problem] = field(default_factory=list)
    """Of the form, at their rows, and of the fields beside it."""

    @property
    def content(self) -> Content:
        """What is on record."""
        return from_json(self.version.details)

    def read(self) -> ReadForm:
        """The fields that the rows describe."""
        return from_flat(self.state.rows)

    def check(self) -> ReadForm:
        """Find everything that is wrong with the form."""
        read = self.read()
        content = ElectronicForm(fields=read.fields, papers=self.state.papers).put_into(self.content)
        self.problems += [*read.problems, *(read.moved(problem) for problem in form_problems(content))]
        return read


@require_http_methods(["GET", "POST"])
def edit_electronic_form(request: HttpRequest, code: str) -> HttpResponse:
    """The fields of the form, one open at a time; saving makes a version from the chosen day."""
    actor = actor_of(request)
    require_edit(actor)
    version = newest_version(code)
    if request.method != "POST":
        return _page(request, Editing(version, FormState.of_content(from_json(version.details))))
    editing = Editing(version, FormState.of_post(request.POST))
    asked = request.POST.get("do", "")
    if asked == "save":
        if _save(request, editing, actor):
            return redirect("procedures:detail", code)
        return _page(request, editing, status=422)
    _act(request, editing, asked)
    return _page(request, editing)


def _act(request: HttpRequest, editing: Editing, asked: str) -> None:
    if asked == "read":
        _read_file(request, editing)
    elif asked == "copy":
        _copy(request, editing)
    elif asked == "check":
        editing.check()
        if not editing.problems:
            messages.success(request, _("Nothing is wrong with the form."))
    else:
        editing.state.act(asked)


def _read_file(request: HttpRequest, editing: Editing) -> None:
    """Take the rows of a file into the page; nothing is saved, and what is wrong is told at its place."""
    sent = request.FILES.get("file")
    if sent is None:
        editing.problems.append(Problem(code="file_missing", message=msgid("Choose a file."), column="file"))
        return
    try:
        listed = read_form_file(sent.read(_LARGEST + 1), sent.name or "")
    except DomainError as error:
        editing.problems.append(
            Problem(code=error.code, message=error.message, data=error.data, column="file")
        )
        return
    editing.state = FormState([dict(row) for row in listed.rows], papers=editing.state.papers)
    read = editing.check()
    editing.state.rows = _completed(editing.state.rows, read)
    told = [listed.located(problem) for problem in editing.problems]
    editing.problems += [*listed.problems, *told]


def _completed(rows: Sequence[dict[str, str]], read: ReadForm) -> list[dict[str, str]]:
    """The rows with every key, as they were read; where something could not be read, as they stand in the file."""
    if not read.problems:
        return to_flat(read.fields)
    said = [{**BLANK, **row} for row in rows]
    return [{**row, "is_required": "yes" if ticked_of(row["is_required"]) else ""} for row in said]


def _copy(request: HttpRequest, editing: Editing) -> None:
    """Take the form of another procedure into the page."""
    code = request.POST.get("copy_from", "").split(" ")[0].strip()
    found = desk_procedure(code, today(clock()))
    if found is None or not found.form_fields:
        message = msgid("There is no procedure {procedure} with an electronic form.")
        editing.problems.append(
            Problem(code="no_form", message=message, data={"procedure": code}, column="copy_from")
        )
        return
    editing.state = FormState(to_flat(found.form_fields), papers=editing.state.papers)
    editing.check()


def _save(request: HttpRequest, editing: Editing, actor: Actor) -> bool:
    """Whether it was saved; else everything that is wrong is told."""
    read = editing.read()
    found = list(read.problems)
    single = Reader({name: request.POST.get(name, "") for name in request.POST}, found)
    day = single.day("valid_from")
    try:
        edit_form(
            editing.version.procedure.code,
            ElectronicForm(fields=read.fields, papers=editing.state.papers),
            valid_from=day or today(clock()),
            ground=single.text("ground"),
            actor=actor,
            base=single.text("base"),
            found=found,
        )
    except InputRefused as refused:
        editing.problems += [read.moved(problem) for problem in refused.problems]
        return False
    return True


def _page(request: HttpRequest, editing: Editing, *, status: int = 200) -> HttpResponse:
    context = form_page.context(
        editing.version,
        editing.state,
        read=editing.read(),
        content=editing.content,
        problems=editing.problems,
        post=request.POST,
    )
    return render(request, "procedures/form_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def try_electronic_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form as a citizen meets it, with its conditions and checks; nothing is kept."""
    procedure = desk_procedure(code, today(clock()))
    if procedure is None:
        raise NotFound(kind="procedure", key=code)
    form, draft = procedure.form_fields, ""
    if request.POST.get("form"):
        require_edit(actor_of(request))
        state = FormState.of_post(request.POST)
        form, draft = from_flat(state.rows).fields, state.as_json()
    context = form_trial.context(procedure, form, request.POST, today=today(clock()))
    context["state"] = draft
    return render(request, "procedures/form_trial.html", context)


@require_GET
def electronic_form_file(_request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The form in force today as a file, to be read by a jurist or copied by another office."""
    found = desk_procedure(code, today(clock()))
    if found is None or extension not in MEDIA_TYPES:
        raise NotFound(kind="form", key=code)
    content = to_xlsx(found.form_fields) if extension == "xlsx" else to_yaml(code, found.form_fields)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[extension])
    answer.headers["Content-Disposition"] = f'attachment; filename="to-khai-{code}.{extension}"'
    return answer
