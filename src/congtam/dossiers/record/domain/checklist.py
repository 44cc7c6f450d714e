"""The checklist of a dossier as it was handed in (danh mục giấy tờ), parsed once from its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from congtam.dossiers.record.domain.receipt import HandedInPaper


@dataclass(frozen=True, kw_only=True)
class ChecklistPaper:
    """One paper of the checklist with the counts that were handed in (giấy tờ trong hồ sơ)."""

    position: int
    name: str
    is_required: bool
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_filled_online: bool = False
    """The electronic form that was filled in stands for it."""

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> ChecklistPaper:
        """From one row of `DeskRecord.papers`."""
        return cls(
            position=int(row["position"]),
            name=str(row.get("name", "")),
            is_required=bool(row.get("is_required")),
            originals=int(row.get("originals") or 0),
            certified=int(row.get("certified") or 0),
            copies=int(row.get("copies") or 0),
            is_filled_online=bool(row.get("is_filled_online")),
        )

    def serialize(self) -> dict[str, Any]:
        """As it is stored; that it was filled in online is only said where it was."""
        row = {
            "position": self.position,
            "name": self.name,
            "is_required": self.is_required,
            "originals": self.originals,
            "certified": self.certified,
            "copies": self.copies,
        }
        return row | {"is_filled_online": True} if self.is_filled_online else row

    def plus(self, handed_in: HandedInPaper) -> ChecklistPaper:
        """With the counts of what came later."""
        return replace(
            self,
            originals=self.originals + handed_in.originals,
            certified=self.certified + handed_in.certified,
            copies=self.copies + handed_in.copies,
        )


@dataclass(frozen=True)
class Checklist:
    """The papers in their order."""

    papers: tuple[ChecklistPaper, ...]

    @classmethod
    def parse(cls, stored: Iterable[Mapping[str, Any]]) -> Checklist:
        """From the JSON of `DeskRecord.papers`.

        >>> Checklist.parse([{"position": 1, "name": "Đơn", "is_required": True, "copies": 2}]).names
        {1: 'Đơn'}
        """
        return cls(tuple(map(ChecklistPaper.parse, stored)))

    def serialize(self) -> list[dict[str, Any]]:
        """As it is stored."""
        return [paper.serialize() for paper in self.papers]

    @property
    def names(self) -> dict[int, str]:
        """What the papers are called, by position."""
        return {paper.position: paper.name for paper in self.papers}

    def unknown_positions(self, handed_in: Iterable[HandedInPaper]) -> list[int]:
        """The positions of papers that are not on the list."""
        return sorted({paper.position for paper in handed_in} - self.names.keys())

    def plus(self, handed_in: Iterable[HandedInPaper]) -> Checklist:
        """With what came later."""
        came = {paper.position: paper for paper in handed_in}
        return Checklist(
            tuple(
                paper.plus(came[paper.position]) if paper.position in came else paper for paper in self.papers
            )
        )
