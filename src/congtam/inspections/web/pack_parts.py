"""What the page of a pack shows, as values (phần của trang bộ số liệu)."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, Final

LONGEST_NAME: Final = 110


@dataclass(frozen=True, kw_only=True)
class ComparedValue:
    """An earlier value with the difference since; the icon shows the way, the tone whether it is the right one."""

    text: str
    tone: str = ""
    icon: str = ""
    judgement: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One indicator in the table of figures."""

    name: str
    value: str
    counts: str
    target: str
    verdict: str
    tone: str
    previous: ComparedValue
    last_year: ComparedValue
    rank: str
    rank_note: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PackDossierRow:
    """One dossier in a list of flags or in the sample."""

    code: str
    url: str
    procedure: str
    received_on: str
    due_on: str
    finished_on: str
    stratum: str = ""
    probability: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def procedure_short(self) -> str:
        """The name cut at a word, so that a row has two or three lines."""
        return shorten(self.procedure, LONGEST_NAME, placeholder="…") if self.is_cut else self.procedure

    @property
    def is_cut(self) -> bool:
        """Whether the name is longer than is shown."""
        return len(self.procedure) > LONGEST_NAME


@dataclass(frozen=True, kw_only=True)
class FlagSection:
    """A red flag with its first dossiers."""

    code: str
    name: str
    why: str
    count: str
    summary: str
    rows: tuple[PackDossierRow, ...]
    compared: str = ""
    """How many show it, beside how many were expected."""
    left_out: str = ""
    url: str = ""
    """The page of all its dossiers; empty for a pack that does not hold them."""
    url_text: str = ""


@dataclass(frozen=True, kw_only=True)
class PackView:
    """Everything on the page of a pack."""

    unit: str
    unit_url: str
    period: str
    written_period: str
    map_on: str
    tiles: tuple[dict[str, Any], ...]
    figures: tuple[FigureRow, ...]
    flags: tuple[FlagSection, ...]
    quiet_flags: tuple[str, ...]
    sample_rows: tuple[PackDossierRow, ...]
    sample_summary: str
    strata: tuple[dict[str, str], ...]
    redraw: tuple[str, ...]
    flag_list_url: str = ""
    charts: tuple[dict[str, Any], ...] = field(default=())
    peers_hidden: bool = False
    synthetic: bool = False
    reasons_hidden: bool = False
    compares_twice: bool = True
