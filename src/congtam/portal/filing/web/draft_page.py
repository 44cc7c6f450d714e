"""A page of the guided form: what is written so far, what is wrong with it, where one is (trang soạn hồ sơ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.kernel.errors import Problem
from congtam.portal.filing.domain.application import STEPS, FilingStep
from congtam.portal.filing.domain.positions import FilingPosition
from congtam.portal.filing.web import filing_fields, filing_summary
from congtam.portal.filing.web.content_step import form_changes
from congtam.portal.filing.web.draft_application import DraftApplication
from congtam.portal.filing.web.second_look import TRAP


def page_context(
    application: DraftApplication, position: FilingPosition, *, problems: Sequence[Problem]
) -> dict[str, Any]:
    """The values of the template for a page."""
    draft, procedure = application.draft, application.procedure
    context: dict[str, Any] = {
        "draft": draft,
        "procedure": procedure,
        "title": page_title(application, position),
        "steps": _step_track(application, position),
        "page_number": application.route.index(position) + 1 if position in application.route else 1,
        "count": len(application.route),
        "fields": filing_fields.fields_of(position.step, draft=draft, procedure=procedure, problems=problems),
        "problems": [_problem_link(application, each, position) for each in problems],
        "trap": TRAP,
        "form_changes": form_changes(draft, procedure),
    }
    if position.step is FilingStep.CONTENT:
        context["sections"] = application.form.sections(position.page, problems)
    if position.step is FilingStep.PAPERS:
        context["papers"] = filing_summary.papers_of(application, problems)
    if position.step is FilingStep.CHECK:
        context |= {
            "summary": filing_summary.summary_of(application),
            "fee": procedure.fee_for(channel="online", case_kind=application.form.case_kind),
            "form_digest": application.form_digest,
        }
    return context


def page_title(application: DraftApplication, position: FilingPosition) -> str:
    """The heading of a page; a long form has one for each of its pages."""
    if position.step is not FilingStep.CONTENT or not application.form.is_own:
        return str(filing_fields.TITLES[position.step])
    pages = application.form.visible_pages
    if len(pages) < 2 or position.page not in pages:
        return _("The form")
    return _("The form, part {part} of {parts}").format(part=pages.index(position.page) + 1, parts=len(pages))


def _problem_link(
    application: DraftApplication, problem: Problem, position: FilingPosition
) -> dict[str, str]:
    """A problem with the way to where it is mended."""
    column, target = problem.column or "", application.position_of(problem) or position
    page = "" if target == position else reverse("portal:draft", args=[application.draft.key, target.slug])
    return {"text": problem.format_message(_), "url": f"{page}#{column}" if column else ""}


def _step_track(application: DraftApplication, position: FilingPosition) -> list[dict[str, Any]]:
    """The steps, those behind one to go back to."""
    here = STEPS.index(position.step)
    title = {FilingStep.CONTENT: _("The form")} if application.form.is_own else {}
    return [
        {
            "title": title.get(step, filing_fields.TITLES[step]),
            "url": reverse(
                "portal:draft", args=[application.draft.key, _first_position(application, step).slug]
            )
            if number < here
            else "",
            "is_current": number == here,
            "is_done": number < here,
        }
        for number, step in enumerate(STEPS)
    ]


def _first_position(application: DraftApplication, step: FilingStep) -> FilingPosition:
    return next(position for position in application.route if position.step is step)
