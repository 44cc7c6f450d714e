"""A procedure as the desk needs it (thủ tục tại Một cửa): what to ask for, how long it may take, who does what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Final

from congtam.forms.definitions import FormField, fields_of_case

ALL_CHANNELS: Final = ""


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """A kind of case with papers, fees or a limit of its own (trường hợp)."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DeskPaper:
    """A paper to be handed in (thành phần hồ sơ); ``case_kind`` empty: in every case."""

    position: int
    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_required: bool = True
    case_kind: str = ""
    form_digest: str = ""
    form_name: str = ""
    group: str = ""
    """The heading the paper stands under in the catalogue, such as “Giấy tờ phải xuất trình”."""
    filled_online: bool = False
    """The form filled in online stands for it (tờ khai điện tử): nobody is asked for a file."""


@dataclass(frozen=True, kw_only=True)
class DeskFee:
    """A fee of one case (phí, lệ phí), in đồng; ``channel`` empty: however it is filed."""

    name: str
    amount_dong: int
    case_kind: str = ""
    channel: str = ALL_CHANNELS


@dataclass(frozen=True, kw_only=True)
class DeskLimit:
    """A time limit that can be counted (thời hạn); ``raw_text`` as the catalogue words it."""

    value: Decimal
    unit: str
    raw_text: str = ""
    latest_receipt: time | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessStep:
    """One step of the internal process (bước của quy trình nội bộ); ``role`` is who acts, ``hours`` office hours."""

    position: int
    code: str
    name: str
    office: str
    role: str
    hours: Decimal | None = None
    product: str = ""
    """The form or paper that the step leaves behind (biểu mẫu, kết quả)."""


@dataclass(frozen=True, kw_only=True)
class DeskProcess:
    """An internal process in force (quy trình nội bộ): its code, the decision behind it, its steps in order."""

    code: str = ""
    decision: str = ""
    decided_on: date | None = None
    valid_from: date | None = None
    unit_code: str = ""
    steps: tuple[ProcessStep, ...] = ()

    @property
    def hours(self) -> Decimal:
        """The office hours of all steps together; steps without a number count nothing."""
        return sum((step.hours for step in self.steps if step.hours), Decimal(0))


DEFAULT_PROCESS: Final = (
    ProcessStep(position=1, code="receive", name="Tiếp nhận hồ sơ", office="Bộ phận Một cửa", role="clerk"),
    ProcessStep(position=2, code="handle", name="Thụ lý hồ sơ", office="Bộ phận chuyên môn", role="officer"),
    ProcessStep(
        position=3, code="approve", name="Phê duyệt kết quả", office="Lãnh đạo đơn vị", role="unit_head"
    ),
    ProcessStep(position=4, code="return", name="Trả kết quả", office="Bộ phận Một cửa", role="clerk"),
)
"""The four steps every one-stop dossier goes through (NĐ 118/2025 Điều 12–19), where no process is entered."""


@dataclass(frozen=True, kw_only=True)
class DeskProcedure:
    """What is in force for a procedure on a day; a dossier keeps ``digest`` and is judged by this version."""

    code: str
    name: str
    field_name: str
    digest: str
    valid_from: date | None
    levels: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("desk", "online", "post")
    case_kinds: tuple[CaseKind, ...] = ()
    papers: tuple[DeskPaper, ...] = ()
    fees: tuple[DeskFee, ...] = ()
    limits: Mapping[tuple[str, str], DeskLimit] = field(default_factory=dict)
    """By (channel, case kind); an empty channel or case kind stands for all that have none of their own."""
    limit_text: str = ""
    fee_texts: tuple[str, ...] = ()
    """What the catalogue says of fees where nobody can tell the amount of a case from it."""
    legal: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    process: tuple[ProcessStep, ...] = DEFAULT_PROCESS
    process_code: str = ""
    process_decision: str = ""
    any_office: bool = False
    """Any one-stop shop of the province may receive it (phi địa giới hành chính)."""
    supplement_days: int = 30
    """Calendar days the applicant has to supplement."""
    form_fields: tuple[FormField, ...] = ()
    """What the form asks that is filled in online (tờ khai điện tử tương tác)."""
    online_level: str = ""
    """“full” or “partial” (dịch vụ công trực tuyến toàn trình, một phần); empty: not stated."""
    online_level_reason: str = ""

    def limit_for(self, *, channel: str, case_kind: str = "") -> DeskLimit | None:
        """The limit of the narrowest description that has one: channel and case, channel, case, any."""
        keys = ((channel, case_kind), (channel, ""), (ALL_CHANNELS, case_kind), (ALL_CHANNELS, ""))
        return next((self.limits[key] for key in keys if key in self.limits), None)

    def papers_for(self, case_kind: str) -> tuple[DeskPaper, ...]:
        """The papers of a case."""
        return tuple(paper for paper in self.papers if paper.case_kind in {"", case_kind})

    def form_for(self, case_kind: str) -> tuple[FormField, ...]:
        """The fields of the form of a case; conditions among them are left to `shown_fields`."""
        return fields_of_case(self.form_fields, case_kind)

    def fee_for(self, *, channel: str, case_kind: str = "") -> int:
        """The fee of a case in đồng; 0 when it is free."""
        case_kinds = {"", case_kind}
        return sum(
            fee.amount_dong
            for fee in self.fees
            if fee.case_kind in case_kinds and fee.channel in {ALL_CHANNELS, channel}
        )
