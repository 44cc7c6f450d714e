"""What is sent, looked over once more (tóm tắt hồ sơ trước khi nộp), and the papers with their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from congtam.forms.public import readable_answers
from congtam.kernel.errors import Problem
from congtam.portal.filing.domain.application import FilingStep
from congtam.portal.filing.domain.positions import FilingPosition
from congtam.portal.filing.web.draft_application import DraftApplication
from congtam.portal.filing.web.filing_fields import TITLES, fields_of
from congtam.procedures.public import DeskPaper
from congtam.ui.public import current_language


def papers_of(application: DraftApplication, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The papers of the case with the files given for each, and a last line for anything else."""
    papers = [_paper_row(each, application) for each in application.papers]
    other = {"position": None, "name": _("Other papers"), "is_required": False, "form_url": ""}
    for row in [*papers, other]:
        row["files"] = [each for each in application.draft.files if each["position"] == row["position"]]
        row["column"] = "files" if row["position"] is None else f"papers.{row['position']}"
        row["problems"] = [each for each in problems if each.column == row["column"]]
    return [*papers, other]


def _paper_row(paper: DeskPaper, application: DraftApplication) -> dict[str, Any]:
    return {
        "position": paper.position,
        "name": paper.name,
        "is_required": paper.is_required,
        "is_filled_in": application.replaces_paper(paper),
        "form_name": paper.form_name,
        "form_digest": paper.form_digest,
        "code": application.procedure.code,
    }


def summary_of(application: DraftApplication) -> list[dict[str, Any]]:
    """Everything as it will be sent, by page."""
    return [
        _field_section(application, FilingStep.OFFICE),
        _field_section(application, FilingStep.PERSON),
        *_form_sections(application),
        _papers_section(application),
        _field_section(application, FilingStep.RETURN),
    ]


def _field_section(application: DraftApplication, step: FilingStep) -> dict[str, Any]:
    fields = fields_of(step, draft=application.draft, procedure=application.procedure, problems=())
    rows = [{"label": each["label"], "text": _format_answer(each)} for each in fields if each["value"]]
    return {"slug": step.value, "title": TITLES[step], "lines": rows}


def _form_sections(application: DraftApplication) -> list[dict[str, Any]]:
    """The form by heading, each with the way to the page it stands on."""
    form = application.form
    answered = readable_answers(form.fields, form.stored_answers, case_kind=form.case_kind)
    language = current_language()
    parts = [
        {
            "slug": FilingPosition(FilingStep.CONTENT, page).slug,
            "title": section or (_("The form") if form.is_own else TITLES[FilingStep.CONTENT]),
            "lines": [each.line(language) for each in group],
        }
        for (section, page), group in groupby(
            answered, key=lambda each: (each.section, form.page_of(f"form.{each.name}"))
        )
    ]
    empty: dict[str, Any] = {
        "slug": FilingStep.CONTENT.value,
        "title": TITLES[FilingStep.CONTENT],
        "lines": [],
    }
    return parts or [empty]


def _papers_section(application: DraftApplication) -> dict[str, Any]:
    lines = [
        {"label": row["name"], "text": _file_names(row)}
        for row in papers_of(application, ())
        if row["files"] or row["is_required"] or row.get("is_filled_in")
    ]
    return {"slug": FilingStep.PAPERS.value, "title": TITLES[FilingStep.PAPERS], "lines": lines}


def _file_names(row: Mapping[str, Any]) -> str:
    named = ", ".join(each["name"] for each in row["files"])
    return named or (_("filled in online") if row.get("is_filled_in") else "—")


def _format_answer(field: Mapping[str, Any]) -> str:
    value = str(field["value"])
    if field["kind"] == "choices":
        return str(dict(field["choices"]).get(value, value))
    if field["kind"] == "groups":
        return next(
            (name for _above, members in field["groups"] for code, name in members if code == value), value
        )
    return value
