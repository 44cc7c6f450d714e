"""An application while it is written (hồ sơ đang soạn), with the procedure as it is in force today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from congtam.kernel.errors import Problem
from congtam.portal.access.web.offices import office_codes
from congtam.portal.filing.domain.application import (
    STEPS,
    FilingRequirements,
    FilingStep,
    validate_application,
)
from congtam.portal.filing.domain.positions import FilingPosition, ordered_filing_positions
from congtam.portal.filing.web.content_step import PREFIX, OwnForm, form_snapshot, form_with_answers
from congtam.portal.models import Draft
from congtam.procedures.public import DeskPaper, DeskProcedure


@dataclass(frozen=True)
class DraftApplication:
    """An application being written, and the procedure as it is in force today."""

    draft: Draft
    procedure: DeskProcedure

    def reload(self) -> DraftApplication:
        """The same after what was typed has changed."""
        return DraftApplication(self.draft, self.procedure)

    @cached_property
    def form(self) -> OwnForm:
        """The procedure's own form."""
        return form_with_answers(self.procedure, self.draft.answers)

    @cached_property
    def route(self) -> tuple[FilingPosition, ...]:
        """All pages in their order."""
        return ordered_filing_positions(self.form.visible_pages)

    @property
    def papers(self) -> tuple[DeskPaper, ...]:
        """The papers of the case."""
        return self.procedure.papers_for(self.form.case_kind)

    @cached_property
    def form_digest(self) -> str:
        """What the form asks today."""
        return str(form_snapshot(self.procedure)["digest"])

    def replaces_paper(self, paper: DeskPaper) -> bool:
        """Whether the form filled in here stands for a paper, so that no file is asked for it."""
        return paper.filled_online and self.form.is_own

    def problems(self) -> list[Problem]:
        """Everything that is wrong or missing."""
        by_step = self._problems_by_step()
        return [each for step in STEPS for each in by_step.get(step, ())]

    def problems_at(self, position: FilingPosition) -> list[Problem]:
        """What is wrong or missing on a page."""
        problems = self._problems_by_step().get(position.step, [])
        if position.step is not FilingStep.CONTENT:
            return problems
        return [each for each in problems if self.form.page_of(each.column or "") == position.page]

    def position_of(self, problem: Problem) -> FilingPosition | None:
        """The page on which a problem is mended; None where there is none."""
        column = problem.column or ""
        if column.startswith(PREFIX):
            return FilingPosition(FilingStep.CONTENT, self.form.page_of(column))
        return next(
            (
                FilingPosition(step)
                for step, problems in self._problems_by_step().items()
                if problem in problems
            ),
            None,
        )

    def _problems_by_step(self) -> dict[FilingStep, list[Problem]]:
        answers = self.draft.answers
        positions = frozenset(each["position"] for each in self.draft.files)
        return {
            **validate_application(answers, self._filing_requirements(), positions=positions),
            FilingStep.CONTENT: self.form.problems(),
        }

    def _filing_requirements(self) -> FilingRequirements:
        return FilingRequirements(
            units=office_codes(self.procedure.levels),
            case_kinds=frozenset(kind.code for kind in self.procedure.case_kinds),
            required_papers={
                paper.position: paper.name
                for paper in self.papers
                if paper.is_required and not self.replaces_paper(paper)
            },
        )
