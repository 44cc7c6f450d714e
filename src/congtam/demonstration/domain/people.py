"""Names of people who do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

_FAMILY: Final = [
    "Nguyễn",
    "Hoàng",
    "Trần",
    "Vàng",
    "Giàng",
    "Sùng",
    "Lò",
    "Mã",
    "Phàn",
    "Triệu",
    "Đặng",
    "Lý",
    "Thào",
    "Lục",
    "Nông",
    "Ma",
    "Vi",
    "Hầu",
    "Cư",
    "Đỗ",
    "Phạm",
    "Lê",
    "Bàn",
    "Chúng",
    "Hạng",
    "Tẩn",
]
_MIDDLE_WOMEN: Final = ["Thị", "Thu", "Minh", "Hồng", "Ngọc", "Thúy", "Mai", "Bích"]
_MIDDLE_MEN: Final = ["Văn", "Đức", "Quốc", "Mí", "Seo", "Xuân", "Minh", "Mạnh", "A"]
_WOMEN: Final = [
    "Mai",
    "Hoa",
    "Lan",
    "Dính",
    "Mỷ",
    "Hương",
    "Nga",
    "Ly",
    "Say",
    "Huyền",
    "Thảo",
    "Yến",
    "Sua",
    "Pà",
    "Hạnh",
    "Nhung",
    "Xuyến",
    "Liên",
    "Dung",
    "Oanh",
]
_MEN: Final = [
    "Tuấn",
    "Hùng",
    "Páo",
    "Sính",
    "Dũng",
    "Long",
    "Chá",
    "Vàng",
    "Phong",
    "Thắng",
    "Nhè",
    "Lử",
    "Hải",
    "Khánh",
    "Sơn",
    "Pó",
    "Quân",
    "Tùng",
    "Cường",
    "Lâm",
]
_ORGANISATIONS: Final = ("Công ty TNHH", "Hợp tác xã", "Hộ kinh doanh", "Doanh nghiệp tư nhân")


def person_names(count: int, rng: np.random.Generator) -> list[str]:
    """Names put together by chance; a match with somebody real would be chance too (tên giả định)."""
    family, women = rng.integers(len(_FAMILY), size=count), rng.random(count) < 0.5
    middle, first_name = rng.random(count), rng.random(count)
    return [
        f"{_FAMILY[surname]} {_pick_by_share(_MIDDLE_WOMEN if woman else _MIDDLE_MEN, second)} "
        f"{_pick_by_share(_WOMEN if woman else _MEN, first)}"
        for surname, woman, second, first in zip(family, women, middle, first_name, strict=True)
    ]


def organisation_names(count: int, rng: np.random.Generator) -> list[str]:
    """Names of firms that do not exist."""
    kinds, numbers = rng.integers(len(_ORGANISATIONS), size=count), rng.integers(100, 999, size=count)
    return [f"{_ORGANISATIONS[kind]} Mẫu {number}" for kind, number in zip(kinds, numbers, strict=True)]


def _pick_by_share(choices: Sequence[str], share: float) -> str:
    return choices[int(share * len(choices))]


@dataclass(frozen=True)
class Staff:
    """The people of an office: who receives, who examines, who signs (biên chế giả định)."""

    clerks: tuple[str, ...]
    officers: tuple[str, ...]
    leaders: tuple[str, ...]


def draw_staff(*, size: int, rng: np.random.Generator) -> Staff:
    """Staff for an office with so many examining officers."""
    names = person_names(size + 4, rng)
    return Staff(tuple(names[:2]), tuple(names[4:]), tuple(names[2:4]))
