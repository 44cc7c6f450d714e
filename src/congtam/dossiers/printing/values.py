"""What printed forms are filled with (dữ liệu in mẫu): frozen values, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congtam.dossiers.domain.states import Verdict
from congtam.kernel.clock import local_day


@dataclass(frozen=True, kw_only=True)
class PrintedUnit:
    """A unit as it was called on a day (tên đơn vị), and what it stood under."""

    code: str
    name: str
    kind: str = "other"
    parent_name: str = ""
    parent_kind: str = ""
    province_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintedPaper:
    """A paper of the checklist as it was handed in (giấy tờ đã nộp)."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_filled_online: bool = False
    """The form that was filled in stands for it."""
    has_file: bool = False
    """A file of it was sent or scanned."""

    @property
    def is_electronic(self) -> bool:
        """Whether it came as a file alone, as with a filing online; one handed over at the counter is scanned too."""
        return self.has_file and not (self.originals or self.certified or self.copies)

    @property
    def is_handed_in(self) -> bool:
        return bool(self.originals or self.certified or self.copies or self.is_filled_online or self.has_file)


@dataclass(frozen=True, kw_only=True)
class PrintedLetter:
    """A letter of the office about the dossier (phiếu, thông báo)."""

    sequence: int
    kind: str
    number: str
    issued_at: datetime
    issued_by: str
    content: Mapping[str, Any]
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PrintedStep:
    """One hand-over (giao, nhận): from whom to whom, and how the step before it ended."""

    office: str
    name: str
    handed_over_by: str
    handed_over_at: datetime | None
    received_by: str
    received_at: datetime | None
    finished_at: datetime | None
    due_at: datetime | None
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintedPerson:
    """Who applies (chủ hồ sơ, người nộp); empty for a reader who may not see persons."""

    name: str = ""
    kind: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    submitter: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintedDossier:
    """One dossier as the forms need it; ``promised_at`` is the due date of the receipt, ``due_at`` the one of now."""

    code: str
    state: str
    unit: PrintedUnit
    received_at_unit: PrintedUnit
    procedure_code: str
    procedure_name: str
    field_name: str
    channel: str
    person: PrintedPerson
    has_person: bool
    received_at: datetime
    received_by: str
    promised_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    limit_text: str
    is_of_desk: bool
    fee_dong: int | None = None
    payment: str = ""
    papers: tuple[PrintedPaper, ...] = ()
    letters: tuple[PrintedLetter, ...] = ()
    steps: tuple[PrintedStep, ...] = ()
    legal: tuple[str, ...] = ()
    result: Mapping[str, Any] | None = None
    return_way: str = ""
    lookup_secret: str = ""

    @property
    def received_on(self) -> date:
        return local_day(self.received_at)

    def last_letter(self, kind: str, *, sequence: int | None = None) -> PrintedLetter | None:
        """The latest letter of a kind, or the one with a number within the dossier."""
        matches = [one for one in self.letters if one.kind == kind and sequence in {None, one.sequence}]
        return matches[-1] if matches else None
