"""A page of the guided form: what is written so far, what is wrong with it, where one is (trang soạn hồ sơ)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.kernel.errors import Problem
from congtam.portal.filing.domain.application import STEPS, Step
from congtam.portal.filing.domain.positions import Position
from congtam.portal.filing.web import filing_fields, filing_summary
from congtam.portal.filing.web.content_step import news_of
from congtam.portal.filing.web.writing import Writing

TRAP: Final = "website"
"""A field people do not see."""


def page_context(writing: Writing, at: Position, *, problems: Sequence[Problem]) -> dict[str, Any]:
    """The values of the template for a page."""
    draft, procedure = writing.draft, writing.procedure
    context: dict[str, Any] = {
        "draft": draft,
        "procedure": procedure,
        "title": title_of(writing, at),
        "steps": _track(writing, at),
        "place": writing.way.index(at) + 1 if at in writing.way else 1,
        "count": len(writing.way),
        "fields": filing_fields.fields_of(at.step, draft=draft, procedure=procedure, problems=problems),
        "wrong": [_wrong(writing, each, at) for each in problems],
        "trap": TRAP,
        "news": news_of(draft, procedure),
    }
    if at.step is Step.CONTENT:
        context["sections"] = writing.form.sections(at.page, problems)
    if at.step is Step.PAPERS:
        context["papers"] = filing_summary.papers_of(writing, problems)
    if at.step is Step.CHECK:
        context |= {
            "summary": filing_summary.summary_of(writing),
            "fee": procedure.fee_for(channel="online", case_kind=writing.form.case_kind),
            "asked": writing.asked_digest,
        }
    return context


def title_of(writing: Writing, at: Position) -> str:
    """The heading of a page; a long form has one for each of its pages."""
    if at.step is not Step.CONTENT or not writing.form.is_own:
        return str(filing_fields.TITLES[at.step])
    pages = writing.form.asked_pages
    if len(pages) < 2 or at.page not in pages:
        return _("The form")
    return _("The form, part {part} of {parts}").format(part=pages.index(at.page) + 1, parts=len(pages))


def _wrong(writing: Writing, problem: Problem, at: Position) -> dict[str, str]:
    """A problem with the way to where it is mended."""
    column, place = problem.column or "", writing.place_of(problem) or at
    page = "" if place == at else reverse("portal:draft", args=[writing.draft.key, place.slug])
    return {"text": problem.in_words(_), "url": f"{page}#{column}" if column else ""}


def _track(writing: Writing, at: Position) -> list[dict[str, Any]]:
    """The steps, those behind one to go back to."""
    here = STEPS.index(at.step)
    title = {Step.CONTENT: _("The form")} if writing.form.is_own else {}
    return [
        {
            "title": title.get(step, filing_fields.TITLES[step]),
            "url": reverse("portal:draft", args=[writing.draft.key, _first(writing, step).slug])
            if number < here
            else "",
            "is_current": number == here,
            "is_done": number < here,
        }
        for number, step in enumerate(STEPS)
    ]


def _first(writing: Writing, step: Step) -> Position:
    return next(position for position in writing.way if position.step is step)
