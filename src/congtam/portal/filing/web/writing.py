"""An application while it is written (hồ sơ đang soạn), with the procedure as it is in force today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from congtam.kernel.errors import Problem
from congtam.portal.access.web.offices import office_codes
from congtam.portal.filing.domain.application import STEPS, Step, Wanted, problems_of
from congtam.portal.filing.domain.positions import Position, way_of
from congtam.portal.filing.web.content_step import PREFIX, OwnForm, asked_of, own_form
from congtam.portal.models import Draft
from congtam.procedures.public import DeskPaper, DeskProcedure


@dataclass(frozen=True)
class Writing:
    """An application being written, and the procedure as it is in force today."""

    draft: Draft
    procedure: DeskProcedure

    def anew(self) -> Writing:
        """The same after what was typed has changed."""
        return Writing(self.draft, self.procedure)

    @cached_property
    def form(self) -> OwnForm:
        """The procedure's own form."""
        return own_form(self.procedure, self.draft.answers)

    @cached_property
    def way(self) -> tuple[Position, ...]:
        """All pages in their order."""
        return way_of(self.form.asked_pages)

    @property
    def papers(self) -> tuple[DeskPaper, ...]:
        """The papers of the case."""
        return self.procedure.papers_for(self.form.case_kind)

    @cached_property
    def asked_digest(self) -> str:
        """What the form asks today."""
        return str(asked_of(self.procedure)["digest"])

    def stands_for(self, paper: DeskPaper) -> bool:
        """Whether the form filled in here stands for a paper, so that no file is asked for it."""
        return paper.filled_online and self.form.is_own

    def problems(self) -> list[Problem]:
        """Everything that is wrong or missing."""
        by_step = self._by_step()
        return [each for step in STEPS for each in by_step.get(step, ())]

    def problems_at(self, at: Position) -> list[Problem]:
        """What is wrong or missing on a page."""
        found = self._by_step().get(at.step, [])
        if at.step is not Step.CONTENT:
            return found
        return [each for each in found if self.form.page_of(each.column or "") == at.page]

    def place_of(self, problem: Problem) -> Position | None:
        """The page on which a problem is mended; None where there is none."""
        column = problem.column or ""
        if column.startswith(PREFIX):
            return Position(Step.CONTENT, self.form.page_of(column))
        return next((Position(step) for step, found in self._by_step().items() if problem in found), None)

    def _by_step(self) -> dict[Step, list[Problem]]:
        answers = self.draft.answers
        places = frozenset(each["place"] for each in self.draft.files)
        return {
            **problems_of(answers, self._wanted(), places=places),
            Step.CONTENT: self.form.problems(),
        }

    def _wanted(self) -> Wanted:
        return Wanted(
            units=office_codes(self.procedure.levels),
            case_kinds=frozenset(kind.code for kind in self.procedure.case_kinds),
            required_papers={
                paper.place: paper.name
                for paper in self.papers
                if paper.is_required and not self.stands_for(paper)
            },
        )
