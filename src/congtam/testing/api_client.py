"""A caller of the API in tests: an account's token and JSON both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partialmethod
from typing import Any

from django.test import Client

from congtam.foundation.public import Account, console_actor
from congtam.foundation.tokens import issue_token
from congtam.testing.api_contract import check_answer


class Api:
    """Calls the API with a token of an account; every answer must be as the description says."""

    def __init__(self, account: Account, *, is_privileged: bool = True) -> None:
        token = issue_token(
            account.username, name="tests", days=1, actor=console_actor(), is_privileged=is_privileged
        )
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
    put = partialmethod(call, "put")
    delete = partialmethod(call, "delete")
    patch = partialmethod(call, "patch")
