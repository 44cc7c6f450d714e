"""Receiving at the desk (tiếp nhận hồ sơ): one page for the keyboard, and what it asks while one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, Final, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congtam.dossiers.files.take_file import IncomingFile, take_files
from congtam.dossiers.intake.receive import receive as receive_dossier
from congtam.dossiers.intake.web import receive_page
from congtam.dossiers.intake.web.form_data import FormData, blank_form_data, is_position, parse_form_data
from congtam.dossiers.intake.web.receive_form import build_receipt, merge_form_answers
from congtam.dossiers.record.desk_queries import earlier_applicants, require_may_receive
from congtam.dossiers.record.permissions import receivable_units
from congtam.dossiers.record.web.problems import problems_of
from congtam.foundation.idempotency import StoredResult, carry_out_once
from congtam.foundation.public import Actor, actor_of
from congtam.kernel.errors import DomainError, InputRefused, Problem
from congtam.kernel.identity import plain_identity

_LONGEST_TOKEN: Final = 64


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The receiving page; what was refused comes back as it was typed, with the files that were sent."""
    actor = actor_of(request)
    require_may_receive(actor)
    if request.method != "POST":
        start = {"received_unit_code": receive_page.starting_unit(actor)}
        return _render_page(
            request, blank_form_data(**start | receive_page.prefilled_fields(request.GET)), actor=actor
        )
    form_data, problems = _parse_request(request, actor)
    form_data, is_about_rows = merge_form_answers(form_data, request.POST)
    if request.POST.get("do") == "choose" or is_about_rows:
        return _render_page(request, form_data, actor=actor, problems=problems, status=200)
    try:
        if problems:
            raise InputRefused([*problems, *_receipt_problems(form_data)])
        return redirect("dossiers:slip", _receive_once(request, form_data, actor=actor))
    except DomainError as error:
        return _render_page(request, form_data, actor=actor, problems=problems_of(error), status=400)


def _render_page(
    request: HttpRequest,
    form_data: FormData,
    *,
    actor: Actor,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    context = receive_page.context(
        form_data, actor=actor, problems=problems, token=request.POST.get("token", "")
    )
    return render(request, "dossiers/desk/receive.html", context, status=status)


def _parse_request(request: HttpRequest, actor: Actor) -> tuple[FormData, Sequence[Problem]]:
    """What was typed, the procedure found where only words of it were typed, and the files that could be taken."""
    form_data = parse_form_data(request.POST, username=actor.username)
    if not form_data["procedure_code"] and form_data["procedure_text"]:
        fields = {**form_data.fields, "procedure_code": _sole_matching_code(form_data["procedure_text"])}
        form_data = replace(form_data, fields=fields)
    taken, problems = take_files(uploaded_files(request), actor=actor)
    return replace(form_data, carried_files=(*form_data.carried_files, *taken)), problems


def _sole_matching_code(text: str) -> str:
    codes = [row["code"] for row in receive_page.suggestions(text)]
    return codes[0] if len(codes) == 1 or codes[:1] == [text] else ""


def uploaded_files(request: HttpRequest) -> Iterator[IncomingFile]:
    """The files of a form: those of a paper by its place, and the others."""
    for field, files in request.FILES.lists():
        position = field.removeprefix("file.")
        for file in files:
            content = cast("BinaryIO", file.file)
            column = f"papers.{position}" if is_position(position) else "files"
            yield IncomingFile(
                content, file.name or "", int(position) if is_position(position) else None, column
            )


def _receipt_problems(form_data: FormData) -> Sequence[Problem]:
    """What can be told beside a refused file without trying to receive."""
    try:
        build_receipt(form_data)
    except InputRefused as error:
        return error.problems
    return ()


@transaction.atomic
def _receive_once(request: HttpRequest, form_data: FormData, *, actor: Actor) -> str:
    """The code of the dossier; a page that is sent twice, even at once, makes one dossier."""

    def receive_it() -> StoredResult:
        return StoredResult(body=receive_dossier(build_receipt(form_data), actor=actor).code)

    token = request.POST.get("token", "")[:_LONGEST_TOKEN]
    if not token or not token.isprintable():
        return receive_it().body
    return carry_out_once(actor.username, f"dossiers.receive:{token}", carry_out=receive_it).body


@require_GET
def procedures(request: HttpRequest) -> JsonResponse:
    """Procedures in force that may be meant, without regard to diacritics; what the unit receives most comes first."""
    actor = actor_of(request)
    require_may_receive(actor)
    text, unit = request.GET.get("q", "").strip()[:200], request.GET.get("unit", "")[:40]
    own = unit if unit in receivable_units(actor) else ""
    return JsonResponse({"rows": list(receive_page.suggestions(text, unit_code=own))})


@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """Papers, kinds of case, fee and due date of the procedure chosen."""
    actor = actor_of(request)
    require_may_receive(actor)
    form_data = blank_form_data(**receive_page.prefilled_fields(request.GET))
    context = {
        "values": form_data.fields,
        "problems_by_field": {},
        **receive_page.panel(form_data, actor=actor),
    }
    return render(request, "dossiers/desk/receive_panel.html", context)


@require_POST
def applicants(request: HttpRequest) -> JsonResponse:
    """Who applied before with this telephone or paper number; by POST, for addresses are written into logs."""
    actor = actor_of(request)
    require_may_receive(actor)
    parties = earlier_applicants(
        phone=request.POST.get("phone", "")[:40],
        id_number=plain_identity(request.POST.get("id_number", "")[:40]),
        to=actor,
    )
    names = ("name", "phone", "id_number", "email", "address")
    rows = [{name: getattr(party, name) for name in names} for party in parties]
    kinds = [{"kind": party.dossier.applicant_kind} for party in parties]
    return JsonResponse({"rows": [row | kind for row, kind in zip(rows, kinds, strict=True)]})
