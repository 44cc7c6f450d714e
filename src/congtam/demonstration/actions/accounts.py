"""The accounts of the demonstration: one for each role, over a city of old Hà Giang or the province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congtam.demonstration.domain.scenarios import CITY, Scenario
from congtam.foundation.public import EVERYWHERE, Grant, Role

PROVINCE: Final = "02"


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account of the demonstration (tài khoản trình diễn)."""

    username: str
    name: str
    position: str
    role: Role
    unit_code: str

    def grants(self, scenario: Scenario) -> list[Grant]:
        """The role over its unit, and over the one that its unit has become."""
        also = scenario.also_works_at.get(self.unit_code)
        return [Grant(role=self.role, unit_code=unit) for unit in (self.unit_code, also) if unit]


def _demo_account(username: str, name: str, position: str, *, role: Role, unit: str) -> DemoAccount:
    return DemoAccount(username=username, name=name, position=position, role=role, unit_code=unit)


ACCOUNTS: Final = (
    _demo_account(
        "kiemtra", "Lê Minh Kiểm", "Cán bộ kiểm tra cải cách hành chính", role=Role.INSPECTOR, unit=PROVINCE
    ),
    _demo_account(
        "cchc",
        "Trần Thu Cải",
        "Chuyên viên cải cách hành chính, Sở Nội vụ",
        role=Role.REFORM_OFFICER,
        unit=PROVINCE,
    ),
    _demo_account(
        "thamdinh", "Hoàng Văn Thẩm", "Thành viên tổ thẩm định", role=Role.APPRAISER, unit=PROVINCE
    ),
    _demo_account("lanhdao", "Nguyễn Đức Lãnh", "Lãnh đạo UBND tỉnh", role=Role.LEADER, unit=PROVINCE),
    _demo_account(
        "thutruong", "Vàng Thị Trưởng", "Chủ tịch UBND thành phố Hà Giang", role=Role.UNIT_HEAD, unit=CITY
    ),
    _demo_account(
        "motcua", "Giàng Mí Cửa", "Công chức Bộ phận Một cửa thành phố", role=Role.CLERK, unit=CITY
    ),
    _demo_account("chuyenvien", "Lò Thị Viên", "Chuyên viên thành phố", role=Role.OFFICER, unit=CITY),
    _demo_account("quansat", "Mã Văn Quan", "Quan sát viên", role=Role.OBSERVER, unit=PROVINCE),
    _demo_account("quantri", "Đỗ Thị Trị", "Quản trị hệ thống", role=Role.ADMINISTRATOR, unit=EVERYWHERE),
)
"""The first one is who a visitor should start with."""
