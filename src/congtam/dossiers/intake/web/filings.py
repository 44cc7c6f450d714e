"""Applications filed online, as the desk sees them (hồ sơ nộp trực tuyến): taken in or turned down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.files.take_file import PREVIEWED
from congtam.dossiers.form.answers import readable_form
from congtam.dossiers.intake.duplicates import duplicate_codes
from congtam.dossiers.intake.filings import accept_filing, decline_filing
from congtam.dossiers.models import Dossier, Filing
from congtam.dossiers.record.desk_queries import filings as list_filings
from congtam.dossiers.record.desk_queries import get_filing, require_may_receive
from congtam.dossiers.record.labels import APPLICANT_KINDS, RETURN_WAYS
from congtam.dossiers.record.web.problems import problems_of, serialize_problems
from congtam.dossiers.slots import PRINTED_FORM
from congtam.forms.public import is_filled_form
from congtam.foundation.public import actor_of, clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import DomainError, Problem
from congtam.org_units.public import unit_name
from congtam.procedures.public import DeskProcedure, desk_procedure
from congtam.ui.public import bytes_text, current_language, elapsed_time_text

STATES: Final = ("submitted", "accepted", "declined")


@require_GET
def filings_page(request: HttpRequest) -> HttpResponse:
    """What was filed online for the units of the clerk; what is to be answered first comes first."""
    actor, now = actor_of(request), clock().now()
    require_may_receive(actor)
    requested_state = request.GET.get("state", "")
    state = requested_state if requested_state in STATES else STATES[0]
    filings = list_filings(to=actor, state=state)
    context = {
        "rows": [_filing_row(filing, now) for filing in filings],
        "is_waiting": state == STATES[0],
        "tabs": [
            {"url": f"?state={code}", "label": text, "is_current": code == state}
            for code, text in _state_names().items()
        ],
    }
    return render(request, "dossiers/desk/filings.html", context)


def _state_names() -> dict[str, str]:
    return {"submitted": _("Waiting"), "accepted": _("Accepted"), "declined": _("Declined")}


@require_http_methods(["GET", "HEAD", "POST"])
def filing_page(request: HttpRequest, code: str) -> HttpResponse:
    """One application: what was filled in, its files; accept it, or decline it with a reason."""
    actor = actor_of(request)
    require_may_receive(actor)
    filing = get_filing(code, to=actor)
    if request.method != "POST":
        return _render_filing(request, filing)
    try:
        if request.POST.get("do") == "accept":
            return redirect("dossiers:slip", _accept_from_form(request, filing).code)
        decline_filing(filing.code, reason=request.POST.get("reason", ""), actor=actor)
    except DomainError as error:
        return _render_filing(request, filing, problems=list(problems_of(error)), status=400)
    messages.success(request, _("Declined: {filing}").format(filing=filing.code))
    return redirect("dossiers:filings")


def _accept_from_form(request: HttpRequest, filing: Filing) -> Dossier:
    is_confirmed = request.POST.get("duplicate_confirmed") == filing.code
    return accept_filing(filing.code, actor=actor_of(request), is_duplicate_confirmed=is_confirmed)


def _render_filing(
    request: HttpRequest, filing: Filing, *, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    papers = _paper_names(filing)
    context = {
        "filing": filing,
        "row": _filing_row(filing, clock().now()),
        "rows": _filing_facts(filing),
        "form_parts": readable_form(filing.form, language=current_language()),
        "form_prints": _application_prints(filing) if filing.form else {},
        "papers_filled": _papers_filled_online(filing),
        "files": [_file_row(filing, file, papers=papers) for file in filing.files],
        "is_waiting": filing.state == STATES[0],
        "problems": serialize_problems(problems or []),
        "duplicates": duplicate_codes(problems or []),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "dossiers/desk/filing.html", context, status=status)


def _application_prints(filing: Filing) -> dict[str, str]:
    """The form that was filled in, on paper; nothing where the room of reports is not installed."""
    return {each: PRINTED_FORM.url(filing.code, "application", each) for each in ("pdf", "docx")}


def _papers_filled_online(filing: Filing) -> list[str]:
    """The papers that the form filled in stands for."""
    procedure = _procedure_of_filing(filing) if is_filled_form(filing.form) else None
    papers = procedure.papers_for(filing.case_kind) if procedure else ()
    return [paper.name for paper in papers if paper.filled_online]


def _filing_row(filing: Filing, now: datetime) -> dict[str, Any]:
    is_late = filing.answered_at is None and now > filing.answer_due_at
    return {
        "code": filing.code,
        "procedure": filing.procedure_name,
        "applicant": filing.applicant.get("name", ""),
        "unit": unit_name(filing.unit_code, filing.submitted_at),
        "sent": moment(filing.submitted_at),
        "age": elapsed_time_text(now - filing.submitted_at),
        "answer_due": moment(filing.answer_due_at),
        "is_late": is_late,
        "answered": moment(filing.answered_at),
        "reason": filing.reason,
        "dossier_code": filing.dossier_code,
        "file_count": len(filing.files),
        "state": _state_names().get(filing.state, filing.state),
        "tone": {"submitted": "warn", "accepted": "good"}.get(filing.state, "neutral"),
    }


def _filing_facts(filing: Filing) -> list[dict[str, Any]]:
    kind = filing.applicant.get("kind", "")
    way = RETURN_WAYS.get(filing.return_way)
    rows = [
        {
            "label": _("Procedure"),
            "value": filing.procedure_name,
            "url": reverse("procedures:detail", args=[filing.procedure_code]),
        },
        {"label": _("Kind of case"), "value": _case_kind_name(filing)},
        {"label": _("Unit"), "value": unit_name(filing.unit_code, filing.submitted_at)},
        {"label": _("Applicant"), "value": filing.applicant.get("name", "")},
        {
            "label": _("Kind of applicant"),
            "value": APPLICANT_KINDS[kind].text if kind in APPLICANT_KINDS else "",
        },
        {"label": _("Telephone"), "value": filing.applicant.get("phone", "")},
        {"label": _("E-mail"), "value": filing.applicant.get("email", "")},
        {"label": _("Identity or tax number"), "value": filing.applicant.get("id_number", "")},
        {"label": _("Address"), "value": filing.applicant.get("address", "")},
        {"label": _("Return of the result"), "value": way.text if way else filing.return_way},
    ]
    return [row for row in rows if row["value"]]


def _case_kind_name(filing: Filing) -> str:
    procedure = _procedure_of_filing(filing)
    kinds = procedure.case_kinds if procedure else ()
    return next((kind.name for kind in kinds if kind.code == filing.case_kind), filing.case_kind)


def _procedure_of_filing(filing: Filing) -> DeskProcedure | None:
    """The version it was filed under."""
    return desk_procedure(filing.procedure_code, local_day(filing.submitted_at))


def _paper_names(filing: Filing) -> dict[int, str]:
    """The checklist of the procedure, by place."""
    procedure = _procedure_of_filing(filing)
    return {paper.position: paper.name for paper in procedure.papers} if procedure else {}


def _file_row(filing: Filing, file: dict[str, Any], *, papers: Mapping[int, str]) -> dict[str, str]:
    url = reverse("dossiers:filing_file", args=[filing.code, file["digest"]])
    return {
        "name": file["name"],
        "paper": papers.get(file.get("position", -1), ""),
        "url": url,
        "preview": f"{url}?inline=1" if file["media_type"] in PREVIEWED else "",
        "size": bytes_text(file["size"], current_language()),
    }
