"""What the desks of the demonstration ask for, charge and give back, and who does what in how many hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from functools import cache
from typing import Any, Final

import yaml

from congtam.demonstration.domain.offices import CATALOGUE, DemoProcedure

_PAPER: Final = re.compile(
    r"(?P<optional>~)?(?:\[(?P<case>\w+)\])?(?P<originals>\d)/(?P<certified>\d)/(?P<copies>\d) (?P<name>.+)"
)
_FEE: Final = re.compile(r"(?:\[(?P<case>\w+)\] )?(?:\((?P<channel>\w+)\) )?(?P<amount>-?\d+) (?P<name>.+)")
_HALF: Final = Decimal("0.5")
_DAY: Final = 8
_OFFICES: Final = {
    "commune": ("Bộ phận Một cửa", "Công chức chuyên môn", "Lãnh đạo phụ trách", "Lãnh đạo UBND xã"),
    "district": ("Bộ phận Một cửa", "Phòng chuyên môn", "Lãnh đạo phòng", "Lãnh đạo UBND huyện"),
    "province": ("Trung tâm Phục vụ hành chính công", "Phòng chuyên môn", "Lãnh đạo phòng", "Lãnh đạo Sở"),
}
_PLAIN: Final = {
    "receive": ("Tiếp nhận, kiểm tra, số hóa hồ sơ", 0, "clerk", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "handle": ("Thẩm định hồ sơ, dự thảo kết quả", 1, "officer", "Dự thảo kết quả"),
    "review": ("Xem xét, trình ký", 2, "unit_head", "Phiếu trình"),
    "approve": ("Ký duyệt kết quả", 3, "unit_head", "Kết quả đã ký"),
    "return": ("Vào sổ, trả kết quả", 0, "clerk", "Sổ theo dõi hồ sơ"),
}
_SHARES: Final = {"receive": "0.06", "review": "0.12", "approve": "0.16", "return": "0.06"}


@dataclass(frozen=True, kw_only=True)
class DemoPaper:
    """A paper of the checklist (thành phần hồ sơ mẫu)."""

    name: str
    originals: int
    certified: int
    copies: int
    is_required: bool
    case: str


@dataclass(frozen=True, kw_only=True)
class DemoFee:
    """A fee in đồng."""

    name: str
    amount: int
    case: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class DemoDesk:
    """What the desk needs of one procedure."""

    papers: tuple[DemoPaper, ...]
    fees: tuple[DemoFee, ...]
    cases: dict[str, str]
    case_limits: dict[str, tuple[int, str]]
    results: tuple[str, ...]
    any_office: bool
    latest_receipt: time | None


@dataclass(frozen=True, kw_only=True)
class DemoStep:
    """A step of the internal process, in office hours."""

    code: str
    name: str
    office: str
    role: str
    hours: Decimal
    product: str


@cache
def _desk_catalogue() -> dict[str, dict[str, Any]]:
    with (CATALOGUE / "procedure_desk.yaml").open(encoding="utf-8") as stream:
        rows: dict[str, dict[str, Any]] = yaml.safe_load(stream)
        return rows


def read_desk(procedure: DemoProcedure) -> DemoDesk:
    """The desk's side of a procedure: its own entry, else the one for the first words of its name."""
    row = _catalogue_row(procedure)
    latest = row.get("latest_receipt")
    fees = tuple(_parse_fee(text) for text in row.get("fees", ()))
    return DemoDesk(
        papers=tuple(_parse_paper(text) for text in row["papers"]),
        fees=fees or (DemoFee(name="Phí, lệ phí", amount=procedure.fee_dong, case="", channel=""),),
        cases=row.get("cases", {}),
        case_limits={case: (limit[0], limit[1]) for case, limit in row.get("limits", {}).items()},
        results=tuple(row.get("results", ())) or (_result_name(procedure.name),),
        any_office=row.get("any_office", False),
        latest_receipt=time.fromisoformat(latest) if latest else None,
    )


def _catalogue_row(procedure: DemoProcedure) -> dict[str, Any]:
    rows = _desk_catalogue()
    if procedure.code in rows:
        return rows[procedure.code]
    starts = sorted((key[2:] for key in rows if key.startswith("* ")), key=len, reverse=True)
    prefix = next((start for start in starts if procedure.name.startswith(start)), None)
    return rows[f"* {prefix}" if prefix else "*"]


def _result_name(name: str) -> str:
    plain = re.sub(r"^(Thủ tục )?(cấp lại|cấp đổi|cấp) ", "", name, flags=re.IGNORECASE)
    return plain[:1].upper() + plain[1:] if plain != name else "Văn bản trả lời kết quả giải quyết"


def _parse_paper(text: str) -> DemoPaper:
    match = _PAPER.fullmatch(text)
    assert match, text  # noqa: S101 - our own file
    return DemoPaper(
        name=match["name"],
        originals=int(match["originals"]),
        certified=int(match["certified"]),
        copies=int(match["copies"]),
        is_required=not match["optional"],
        case=match["case"] or "",
    )


def _parse_fee(text: str) -> DemoFee:
    match = _FEE.fullmatch(text)
    assert match, text  # noqa: S101 - our own file
    return DemoFee(
        name=match["name"],
        amount=int(match["amount"]),
        case=match["case"] or "",
        channel=match["channel"] or "",
    )


def limit_in_office_hours(procedure: DemoProcedure) -> Decimal:
    """The office hours of the limit; calendar days are taken as the working days they hold on average."""
    if not procedure.limit:
        return Decimal(4)
    if procedure.unit == "calendar_days":
        return Decimal(max(1, round(procedure.limit * 5 / 7)) * _DAY)
    return Decimal(procedure.limit * _DAY)


def steps_of(procedure: DemoProcedure) -> tuple[DemoStep, ...]:
    """The internal process: its hours sum to those of the limit exactly."""
    total = limit_in_office_hours(procedure)
    names = [name for name in _PLAIN if name != "review" or "consult" in procedure.steps]
    hours = {name: _round_to_half(total * Decimal(_SHARES[name])) for name in names if name in _SHARES}
    hours["handle"] = total - sum(hours.values())
    return tuple(_build_step(name, hours[name], procedure.level) for name in names)


def _round_to_half(hours: Decimal) -> Decimal:
    return max(_HALF, (hours / _HALF).to_integral_value() * _HALF)


def _build_step(code: str, hours: Decimal, level: str) -> DemoStep:
    name, office, role, product = _PLAIN[code]
    return DemoStep(
        code=code, name=name, office=_OFFICES[level][office], role=role, hours=hours, product=product
    )
