"""The internal process of a dossier as it was at receipt (quy trình nội bộ), parsed once from its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from congtam.procedures.public import ProcessStep


@dataclass(frozen=True)
class DossierProcess:
    """The steps in their order; positions rise and need not be without gaps."""

    steps: tuple[ProcessStep, ...]

    @classmethod
    def parse(cls, stored: Iterable[Mapping[str, Any]]) -> DossierProcess:
        """From the JSON of `DeskRecord.process`."""
        return cls(tuple(_parse_step(row) for row in stored))

    def serialize(self) -> list[dict[str, Any]]:
        """As it is stored: hours as text, so that none is rounded."""
        return [
            {**asdict(step), "hours": None if step.hours is None else str(step.hours)} for step in self.steps
        ]

    def find(self, position: int) -> ProcessStep | None:
        """The step at a position."""
        return next((step for step in self.steps if step.position == position), None)

    def at(self, position: int) -> ProcessStep:
        """The step at a position; the first one where the position is unknown."""
        return self.find(position) or self.steps[0]

    def after(self, position: int) -> ProcessStep | None:
        """The step that follows a position."""
        return next((step for step in self.steps if step.position > position), None)

    def before(self, position: int) -> ProcessStep | None:
        """The step that comes before a position."""
        return next((step for step in reversed(self.steps) if step.position < position), None)

    def first(self, role: str) -> ProcessStep:
        """The first step of a role; without one, the first of all."""
        return next((step for step in self.steps if step.role == role), self.steps[0])

    @property
    def returning(self) -> ProcessStep:
        """The step in which the result is returned: the last of that code or of a clerk; without one, the last."""
        steps = [step for step in self.steps if step.code == "return" or step.role == "clerk"]
        return steps[-1] if steps else self.steps[-1]

    @property
    def has_approval(self) -> bool:
        """Whether some step is the approval (bước phê duyệt)."""
        return any(map(is_approval, self.steps))

    def is_approval_at(self, position: int) -> bool:
        """Whether the step at a position is the approval."""
        return any(step.position == position and is_approval(step) for step in self.steps)


def is_approval(step: ProcessStep) -> bool:
    """Whether a step of the process is the approval (bước phê duyệt)."""
    return step.role in {"unit_head", "leader"} or step.code == "approve"


def _parse_step(row: Mapping[str, Any]) -> ProcessStep:
    hours = row.get("hours")
    return ProcessStep(
        position=int(row["position"]),
        code=str(row["code"]),
        name=str(row["name"]),
        office=str(row["office"]),
        role=str(row["role"]),
        hours=Decimal(str(hours)) if hours else None,
        product=str(row.get("product") or ""),
    )
