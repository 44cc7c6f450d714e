"""The kinds a unit can be (loại đơn vị): administrative levels, and agencies that work at one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class GovernmentLevel(IntEnum):
    """The level of government a unit works at (cấp hành chính)."""

    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3


@dataclass(frozen=True)
class UnitKind:
    """One kind of unit, with its name in both languages."""

    code: str
    vi: str
    en: str
    level: GovernmentLevel

    @property
    def is_territory(self) -> bool:
        """Whether it is a level of government over a place, not an agency."""
        return self.code not in _AGENCIES

    def name(self, language: str) -> str:
        """The name in the language; English for anything but Vietnamese."""
        return self.vi if language.startswith("vi") else self.en


_AGENCIES: Final = frozenset(
    {
        "department",
        "agency",
        "service_centre",
        "division",
        "branch_office",
        "commune_department",
        "school",
        "public_service_unit",
        "vertical_agency",
        "party_body",
        "mass_organisation",
        "steering_committee",
        "other",
    }
)

_TABLE: Final = (
    UnitKind("province", "Tỉnh", "Province", GovernmentLevel.PROVINCE),
    UnitKind("municipality", "Thành phố trực thuộc trung ương", "Municipality", GovernmentLevel.PROVINCE),
    UnitKind("city", "Thành phố thuộc tỉnh", "City", GovernmentLevel.DISTRICT),
    UnitKind("town", "Thị xã", "Town", GovernmentLevel.DISTRICT),
    UnitKind("urban_district", "Quận", "Urban district", GovernmentLevel.DISTRICT),
    UnitKind("district", "Huyện", "District", GovernmentLevel.DISTRICT),
    UnitKind("ward", "Phường", "Ward", GovernmentLevel.COMMUNE),
    UnitKind("township", "Thị trấn", "Township", GovernmentLevel.COMMUNE),
    UnitKind("commune", "Xã", "Commune", GovernmentLevel.COMMUNE),
    UnitKind("special_zone", "Đặc khu", "Special zone", GovernmentLevel.COMMUNE),
    UnitKind("department", "Sở", "Department", GovernmentLevel.PROVINCE),
    UnitKind("agency", "Cơ quan thuộc tỉnh", "Provincial agency", GovernmentLevel.PROVINCE),
    UnitKind(
        "service_centre",
        "Trung tâm Phục vụ hành chính công",
        "Public service centre",
        GovernmentLevel.PROVINCE,
    ),
    UnitKind("division", "Phòng chuyên môn", "Division", GovernmentLevel.DISTRICT),
    UnitKind("branch_office", "Chi nhánh", "Branch office", GovernmentLevel.DISTRICT),
    UnitKind("commune_department", "Phòng thuộc cấp xã", "Commune-level department", GovernmentLevel.COMMUNE),
    UnitKind("school", "Trường học", "School", GovernmentLevel.COMMUNE),
    UnitKind(
        "public_service_unit", "Đơn vị sự nghiệp công lập", "Public service unit", GovernmentLevel.PROVINCE
    ),
    UnitKind("vertical_agency", "Cơ quan ngành dọc", "Vertical agency", GovernmentLevel.PROVINCE),
    UnitKind("party_body", "Cơ quan Đảng", "Party body", GovernmentLevel.PROVINCE),
    UnitKind("mass_organisation", "Mặt trận, đoàn thể", "Mass organisation", GovernmentLevel.PROVINCE),
    UnitKind("steering_committee", "Ban Chỉ đạo", "Steering committee", GovernmentLevel.PROVINCE),
    UnitKind("other", "Đơn vị khác", "Other unit", GovernmentLevel.COMMUNE),
)

KINDS: Final[dict[str, UnitKind]] = {kind.code: kind for kind in _TABLE}
"""Every kind by its code, in the order in which they are listed to people."""

ORDER: Final[dict[str, int]] = {code: place for place, code in enumerate(KINDS)}


def find_kind(code: str) -> UnitKind:
    """The kind with this code; a code that is not in the table counts as “other”.

    >>> find_kind("ward").name("vi")
    'Phường'
    """
    return KINDS.get(code, KINDS["other"])


def are_comparable(one: str, other: str) -> bool:
    """Whether units of two kinds are compared: a city with a district of its province, an agency with agencies only.

    >>> are_comparable("city", "district"), are_comparable("city", "department")
    (True, False)
    """
    first, second = find_kind(one), find_kind(other)
    return (first.level, first.is_territory) == (second.level, second.is_territory)
