"""A small tree of units for tests: real codes and names, few of them."""

from __future__ import annotations

from typing import Final

from congtam.foundation.public import console_actor
from congtam.org_units.public import UnitVersionRow, enter_units

SMALL_TREE: Final = (
    ("02", "Tỉnh Hà Giang", "province", None),
    ("024", "Thành phố Hà Giang", "city", "02"),
    ("00688", "Phường Quang Trung", "ward", "024"),
    ("00691", "Phường Trần Phú", "ward", "024"),
    ("026", "Huyện Đồng Văn", "district", "02"),
    ("00712", "Thị trấn Phó Bảng", "township", "026"),
    ("H22.09", "Sở Nội vụ", "department", "02"),
)


def enter_small_tree() -> None:
    """Enter the units of the small tree, valid for all time."""
    enter_units(
        [
            UnitVersionRow(code=code, name=name, kind=kind, parent=parent)
            for code, name, kind, parent in SMALL_TREE
        ],
        actor=console_actor(),
    )
