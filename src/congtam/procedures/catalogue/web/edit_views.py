"""Pages on which the catalogue is kept: the desk's parts, internal processes, lists of processes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from congtam.foundation.files import FileRefused
from congtam.foundation.public import Actor, actor_of, clock
from congtam.kernel.clock import today
from congtam.kernel.errors import DomainError, InputRefused, NotFound, Problem
from congtam.procedures.catalogue.edit_desk import edit_desk_parts, store_form_file
from congtam.procedures.catalogue.queries import get_procedure
from congtam.procedures.catalogue.web import desk_form
from congtam.procedures.domain.content import Content, from_json
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.editing.row_forms import FormReader, Rows, place_problems
from congtam.procedures.labels import CHANNELS, ONLINE_LEVELS, UNITS
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.permissions import require_edit

_SINGLE: Final = (
    *("channels", "any_office", "supplement_days", "online_level", "online_level_reason"),
    *("results", "valid_from", "ground"),
)

_CHOICES: Final[dict[str, Any]] = {
    "ways": [{"code": way, "name": CHANNELS[way]} for way in ("desk", "online", "post")],
    "any_way": CHANNELS[""],
    "other_way": CHANNELS["unknown"],
    "units": list(UNITS.items()),
    "online_levels": [("", gettext_lazy("Not stated")), *ONLINE_LEVELS.items()],
}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Papers, fees, limits, cases and ways of filing; saving makes a version from the chosen day."""
    actor = actor_of(request)
    require_edit(actor)
    version = newest_version(code)
    content = from_json(version.details)
    if request.method != "POST":
        lists = desk_form.rows_from_content(content)
        return _render_page(request, version, parts=DeskParts.from_content(content), lists=lists)
    lists = desk_form.rows_from_post(request.POST)
    problems = _store_forms(request, lists["papers"], actor)
    parts = desk_form.parse_parts(request.POST, lists, recorded=content, problems=problems)
    if "more" in request.POST:
        return _render_page(request, version, parts=parts, lists=lists)
    if _save_from_form(request, code, parts, actor=actor, problems=problems):
        return redirect("procedures:detail", code)
    return _render_page(request, version, parts=parts, lists=lists, problems=problems)


def newest_version(code: str) -> ProcedureVersion:
    """The version of a procedure that has no end, which is the one to be edited."""
    _procedure, versions = get_procedure(code)
    if versions[0].valid.upper is not None:
        raise NotFound(kind="procedure", key=code)
    return versions[0]


def _save_from_form(
    request: HttpRequest, code: str, parts: DeskParts, *, actor: Actor, problems: list[Problem]
) -> bool:
    """Whether it was saved; else everything that is wrong is added to the problems."""
    single = FormReader({name: request.POST.get(name, "") for name in request.POST}, problems)
    day = single.day("valid_from")
    try:
        if not problems:
            edit_desk_parts(
                code,
                parts,
                valid_from=day or today(clock()),
                ground=single.text("ground"),
                actor=actor,
                base=single.text("base"),
            )
    except InputRefused as refused:
        problems += refused.problems
    return not problems


def _store_forms(request: HttpRequest, papers: Rows, actor: Actor) -> list[Problem]:
    """Keep the forms that were sent along, so that they are not lost when something else is wrong."""
    problems: list[Problem] = []
    for row in papers.rows:
        sent = request.FILES.get(f"papers-{row.number}-form")
        if sent is None:
            continue
        try:
            row.values["form_digest"] = store_form_file(sent.file, name=sent.name or "", actor=actor)  # type: ignore[arg-type]
            row.values["form_name"] = sent.name or ""
        except FileRefused as refused:
            problems.append(_form_problem(refused, papers, row.number))
    return problems


def _form_problem(refused: DomainError, papers: Rows, number: int) -> Problem:
    position = next((at for at, row in enumerate(papers.counted) if row.number == number), 0)
    return Problem(
        code=refused.code, message=refused.message, data=refused.data, column=f"papers.{position}.form"
    )


def _render_page(
    request: HttpRequest,
    version: ProcedureVersion,
    *,
    parts: DeskParts,
    lists: dict[str, Rows],
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    context = {
        "code": version.procedure.code,
        "name": version.name,
        "parts": parts,
        "lists": lists,
        "problems": place_problems(problems, lists.values(), _SINGLE),
        "sources": [text for text in _unread_texts(from_json(version.details)) if text],
        **_CHOICES,
        **_single_values(request.POST, version, parts),
    }
    return render(request, "procedures/edit.html", context, status=422 if problems else 200)


def _single_values(post: QueryDict, version: ProcedureVersion, parts: DeskParts) -> dict[str, Any]:
    """The single fields as they were typed, else as they are on record."""
    default_day = max(today(clock()), version.valid.lower or date.min)
    return {
        "results": post.get("results", "\n".join(parts.results)),
        "supplement_days": post.get("supplement_days", parts.supplement_days or ""),
        "valid_from": post.get("valid_from") or default_day.isoformat(),
        "online_level": post.get("online_level", parts.online_level),
        "online_level_reason": post.get("online_level_reason", parts.online_level_reason),
        "ground": post.get("ground", ""),
        "base": post.get("base") or version.digest,
    }


def _unread_texts(content: Content) -> list[str]:
    """The words of the source that were not read, to be entered by hand."""
    unread = [row.limit.raw_text for row in content.limits if row.limit.amount is None]
    return [*unread, *(fee.raw_text for fee in content.fees if fee.amount_dong is None)]
