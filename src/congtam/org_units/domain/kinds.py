"""The kinds a unit can be (loại đơn vị): administrative levels, and agencies that work at one of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """The level of government a unit works at (cấp hành chính)."""

    PROVINCE = 1
    DISTRICT = 2
    COMMUNE = 3


@dataclass(frozen=True)
class Kind:
    """One kind of unit, with its name in both languages."""

    code: str
    vi: str
    en: str
    level: Level

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
    Kind("province", "Tỉnh", "Province", Level.PROVINCE),
    Kind("municipality", "Thành phố trực thuộc trung ương", "Municipality", Level.PROVINCE),
    Kind("city", "Thành phố thuộc tỉnh", "City", Level.DISTRICT),
    Kind("town", "Thị xã", "Town", Level.DISTRICT),
    Kind("urban_district", "Quận", "Urban district", Level.DISTRICT),
    Kind("district", "Huyện", "District", Level.DISTRICT),
    Kind("ward", "Phường", "Ward", Level.COMMUNE),
    Kind("township", "Thị trấn", "Township", Level.COMMUNE),
    Kind("commune", "Xã", "Commune", Level.COMMUNE),
    Kind("special_zone", "Đặc khu", "Special zone", Level.COMMUNE),
    Kind("department", "Sở", "Department", Level.PROVINCE),
    Kind("agency", "Cơ quan thuộc tỉnh", "Provincial agency", Level.PROVINCE),
    Kind("service_centre", "Trung tâm Phục vụ hành chính công", "Public service centre", Level.PROVINCE),
    Kind("division", "Phòng chuyên môn", "Division", Level.DISTRICT),
    Kind("branch_office", "Chi nhánh", "Branch office", Level.DISTRICT),
    Kind("commune_department", "Phòng thuộc cấp xã", "Commune-level department", Level.COMMUNE),
    Kind("school", "Trường học", "School", Level.COMMUNE),
    Kind("public_service_unit", "Đơn vị sự nghiệp công lập", "Public service unit", Level.PROVINCE),
    Kind("vertical_agency", "Cơ quan ngành dọc", "Vertical agency", Level.PROVINCE),
    Kind("party_body", "Cơ quan Đảng", "Party body", Level.PROVINCE),
    Kind("mass_organisation", "Mặt trận, đoàn thể", "Mass organisation", Level.PROVINCE),
    Kind("steering_committee", "Ban Chỉ đạo", "Steering committee", Level.PROVINCE),
    Kind("other", "Đơn vị khác", "Other unit", Level.COMMUNE),
)

KINDS: Final[dict[str, Kind]] = {kind.code: kind for kind in _TABLE}
"""Every kind by its code, in the order in which they are listed to people."""

ORDER: Final[dict[str, int]] = {code: place for place, code in enumerate(KINDS)}


def kind_of(code: str) -> Kind:
    """The kind with this code; a code that is not in the table counts as “other”.

    >>> kind_of("ward").name("vi")
    'Phường'
    """
    return KINDS.get(code, KINDS["other"])
