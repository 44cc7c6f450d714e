"""Questions of other units (phiếu lấy ý kiến), for the office that is asked; it need not see the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.handling.reactions import answer_consultation
from congtam.dossiers.models import Letter
from congtam.dossiers.record.desk_queries import consultations as list_consultations
from congtam.dossiers.record.desk_queries import get_consultation
from congtam.dossiers.record.people import display_names
from congtam.dossiers.record.visibility import visible_to
from congtam.dossiers.record.web.problems import problems_of, serialize_problems
from congtam.foundation.public import actor_of, clock
from congtam.kernel.errors import DomainError, Problem
from congtam.org_units.public import unit_name


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """The questions put to the units where the actor handles dossiers."""
    actor, now = actor_of(request), clock().now()
    answered = request.GET.get("answered") == "1"
    letters = list_consultations(to=actor, answered=answered)
    names = display_names(each for letter in letters for each in (letter.issued_by, letter.answered_by))
    context = {
        "rows": [_consultation_row(letter, names, now) for letter in letters],
        "answered": answered,
        "tabs": [
            {"url": "?", "label": _("Waiting for an answer"), "is_current": not answered},
            {"url": "?answered=1", "label": _("Answered"), "is_current": answered},
        ],
    }
    return render(request, "dossiers/desk/consultations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, number: str) -> HttpResponse:
    """One question and the field for its answer."""
    actor = actor_of(request)
    letter = get_consultation(number, to=actor)
    if request.method != "POST":
        return _render_page(request, letter)
    try:
        answer_consultation(letter.number, text=request.POST.get("text", ""), actor=actor)
    except DomainError as error:
        return _render_page(request, letter, problems=problems_of(error), status=400)
    messages.success(request, _("Answered: {number}").format(number=letter.number))
    return redirect("dossiers:consultations")


def _render_page(
    request: HttpRequest, letter: Letter, *, problems: Sequence[Problem] = (), status: int = 200
) -> HttpResponse:
    names = display_names([letter.issued_by, letter.answered_by])
    sees = visible_to(actor_of(request)).filter(pk=letter.dossier_id).exists()
    context = {
        "row": _consultation_row(letter, names, clock().now()),
        "sees_dossier": sees,
        "problems": serialize_problems(problems),
        "text": request.POST.get("text", ""),
    }
    return render(request, "dossiers/desk/consultation.html", context, status=status)


def _consultation_row(letter: Letter, names: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """What the asked office learns: the procedure, the question, who asks; nothing else of the dossier."""
    return {
        "number": letter.number,
        "code": letter.dossier.code,
        "procedure": letter.dossier.procedure_name,
        "asker": names.get(letter.issued_by, letter.issued_by),
        "from_unit": unit_name(letter.dossier.unit_code, letter.issued_at),
        "to_unit": unit_name(letter.to_unit_code, letter.issued_at),
        "asked_on": moment(letter.issued_at),
        "due": moment(letter.due_at),
        "is_late": letter.answered_at is None and letter.due_at is not None and letter.due_at < now,
        "question": letter.content.get("question", ""),
        "answered": moment(letter.answered_at) if letter.answered_at else "",
        "answered_by": names.get(letter.answered_by, letter.answered_by),
        "answer": letter.answer.get("text", ""),
    }
