"""A caller of the API in tests: an account's token and JSON both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import partialmethod
from typing import Any

from django.test import Client

from congtam.foundation.public import Account, console_actor, issue_token
from congtam.procedures.public import (
    Amount,
    ChannelLimit,
    Content,
    Paper,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.api_contract import check_answer

MARRIAGE = "1.000894"


class Api:
    """Calls the API with a token of an account; every answer must be as the description says."""

    def __init__(self, account: Account) -> None:
        token = issue_token(account.username, name="tests", days=1, actor=console_actor())
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        language: str = "vi",
    ) -> Any:
        """One request; a body is sent as JSON."""
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        more = {"Accept-Language": language, **(headers or {})}
        answer = getattr(self.client, method)(f"/api/v1{path}", headers=more, **sent)
        check_answer(method, f"/api/v1{path}", answer)
        return answer

    get = partialmethod(call, "get")
    post = partialmethod(call, "post")
    delete = partialmethod(call, "delete")
    patch = partialmethod(call, "patch")


def enter_marriage() -> None:
    """A procedure of three working days with two papers."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit), ChannelLimit(channel="online", limit=limit)),
        papers=(Paper(name="Tờ khai", originals=1), Paper(name="Giấy xác nhận", originals=1)),
    )
    enter_procedure_list({MARRIAGE: content}, valid_from=None, source="test", actor=console_actor())


def body_of(*, name: str = "Vừ Thị Mỷ", unit: str = "024") -> dict[str, Any]:
    """A complete application."""
    return {
        "procedure_code": MARRIAGE,
        "unit_code": unit,
        "applicant": {"name": name, "phone": "0912 345 678"},
        "papers": [{"place": 0, "originals": 1}, {"place": 1, "originals": 1}],
    }
