"""What a caller of the API needs in tests of dossiers: a procedure, and an application for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from congtam.foundation.public import console_actor
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.api_client import Api

__all__ = ["MARRIAGE", "Api", "body_of", "enter_marriage"]
MARRIAGE = "1.000894"


def enter_marriage() -> None:
    """A procedure of three working days with two papers."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit), ChannelLimit(channel="online", limit=limit)),
        papers=(
            CataloguePaper(name="Tờ khai", originals=1),
            CataloguePaper(name="Giấy xác nhận", originals=1),
        ),
    )
    enter_procedure_list({MARRIAGE: content}, valid_from=None, source="test", actor=console_actor())


def body_of(*, name: str = "Vừ Thị Mỷ", unit: str = "024") -> dict[str, Any]:
    """A complete application."""
    return {
        "procedure_code": MARRIAGE,
        "unit_code": unit,
        "applicant": {"name": name, "phone": "0912 345 678"},
        "papers": [{"position": 0, "originals": 1}, {"position": 1, "originals": 1}],
        "is_duplicate_confirmed": True,
    }
