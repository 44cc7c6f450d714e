"""The scenarios that a demonstration can play (kịch bản trình diễn): when, where, and which desks are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from congtam.kernel.clock import LOCAL

CITY: Final = "024"
"""Thành phố Hà Giang, the city that is inspected."""
WARD: Final = "00694"
"""Phường Nguyễn Trãi, since July 2025 Phường Hà Giang 1: one code, for the ward goes on."""
MORNING: Final = time(7, 30)

WARD_PROCEDURES: Final = (
    "1.004884",
    "1.004873",
    "1.001022",
    "1.004837",
    "1.001653",
    "1.001731",
    "2.000913",
    "1.001776",
)
CITY_PROCEDURES: Final = ("1.001612", "2.000720", "1.001570", "1.011441", "1.011443", "1.012784")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A one-stop desk that can be tried (Bộ phận Một cửa): its unit, what is received there, where applicants live."""

    unit_code: str
    agency_code: str
    procedures: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class SubordinateUnit:
    """A unit below a unit of the register: a division of the city, a school."""

    code: str
    name: str
    kind: str
    parent: str = CITY


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What a demonstration plays."""

    code: str
    summary: str
    day: date | None
    """The day on which the scenario stands; None: today."""
    year: int
    """The year that is shown; the one before it comes along, to compare with."""
    place: str
    desks: tuple[Desk, ...]
    also_works_at: Mapping[str, str]
    """Units whose accounts have their roles over another one too."""
    units: tuple[SubordinateUnit, ...] = ()
    divisions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Which division of the city handles a field of work."""
    paid_online: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """The share of fees paid online where it is not the usual one."""

    @property
    def starts_at(self) -> datetime | None:
        """When the clock of the demonstration begins."""
        return datetime.combine(self.day, MORNING, LOCAL) if self.day else None

    def end_of_rows(self, year: int) -> date:
        """The first day of which the drawn dossiers know nothing."""
        return self.day or date(year + 1, 1, 1)


_BUSINESS: Final = "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)"
_FINANCE, _LAND, _JUSTICE, _SOCIAL, _EDUCATION = (
    "H22.24.11",
    "H22.24.12",
    "H22.24.13",
    "H22.24.14",
    "H22.24.15",
)

INSPECTION: Final = Scenario(
    code="inspection",
    summary="Thành phố Hà Giang, thứ Năm 05/10/2023: ngày mai đoàn kiểm tra làm việc với thành phố",
    day=date(2023, 10, 5),
    year=2023,
    place="Hà Giang",
    desks=(
        Desk(
            unit_code=CITY,
            agency_code="H22.24.01",
            procedures=CITY_PROCEDURES,
            address="phường Trần Phú, thành phố Hà Giang, tỉnh Hà Giang",
        ),
        Desk(
            unit_code=WARD,
            agency_code="H22.24.02",
            procedures=WARD_PROCEDURES,
            address="phường Nguyễn Trãi, thành phố Hà Giang, tỉnh Hà Giang",
        ),
    ),
    also_works_at={},
    units=(
        SubordinateUnit(code="H22.24.10", name="Phòng Nội vụ thành phố Hà Giang", kind="division"),
        SubordinateUnit(code=_FINANCE, name="Phòng Tài chính - Kế hoạch thành phố Hà Giang", kind="division"),
        SubordinateUnit(
            code=_LAND, name="Phòng Tài nguyên và Môi trường thành phố Hà Giang", kind="division"
        ),
        SubordinateUnit(code=_JUSTICE, name="Phòng Tư pháp thành phố Hà Giang", kind="division"),
        SubordinateUnit(
            code=_SOCIAL,
            name="Phòng Lao động - Thương binh và Xã hội thành phố Hà Giang",
            kind="division",
        ),
        SubordinateUnit(
            code=_EDUCATION, name="Phòng Giáo dục và Đào tạo thành phố Hà Giang", kind="division"
        ),
        SubordinateUnit(
            code="H22.24.16", name="Phòng Văn hóa và Thông tin thành phố Hà Giang", kind="division"
        ),
        SubordinateUnit(
            code="H22.24.51",
            name="Trường Trung học cơ sở Mẫu, thành phố Hà Giang",
            kind="school",
            parent=_EDUCATION,
        ),
    ),
    divisions=MappingProxyType(
        {
            _BUSINESS: _FINANCE,
            "Đất đai": _LAND,
            "Đăng ký biện pháp bảo đảm": _LAND,
            "Hộ tịch": _JUSTICE,
            "Bảo trợ xã hội": _SOCIAL,
            "Giáo dục tiểu học": _EDUCATION,
            "Kiểm định chất lượng giáo dục": _EDUCATION,
        }
    ),
    paid_online=MappingProxyType({"00946": 0.12, "00949": 0.08, "00692": 0.24}),
)

TWO_TIER: Final = Scenario(
    code="two-tier",
    summary="Tỉnh Tuyên Quang, chính quyền hai cấp từ 01/7/2025; số liệu của Hà Giang cũ đến hết năm 2024",
    day=None,
    year=2024,
    place="Tuyên Quang",
    desks=(
        Desk(unit_code=CITY, agency_code="H22.24.01"),
        Desk(
            unit_code=WARD,
            agency_code="H22.24.02",
            procedures=WARD_PROCEDURES,
            address="phường Hà Giang 1, tỉnh Tuyên Quang",
        ),
    ),
    also_works_at={CITY: WARD},
)

SCENARIOS: Final = {scenario.code: scenario for scenario in (INSPECTION, TWO_TIER)}
"""The scenarios by their codes; the first one is what a visitor meets."""
DEFAULT: Final = INSPECTION.code
