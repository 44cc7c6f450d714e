"""Requests made up from the description of the API: none ends in an error of the server or an undocumented answer.

A few examples of each operation in every run, always the same; `CONGTAM_FUZZ_EXAMPLES=500` looks longer, at random.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NOT_SET

from congtam.config.openapi import document
from congtam.dossiers.tests.rest_client import Api, enter_marriage
from congtam.testing.api_contract import check_answer
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
_EXAMPLES = os.environ.get("CONGTAM_FUZZ_EXAMPLES", "")
BOUNDED = settings(
    max_examples=int(_EXAMPLES or 3),
    derandomize=not _EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(methods: frozenset[str]) -> Iterator[Any]:
    """The operations of the description with some methods."""
    for operation in schemathesis.openapi.from_dict(document()).get_all_operations():
        if (one := operation.ok()).method.upper() in methods:
            yield one


def send(client: Client, case: Any) -> Any:
    """A generated request, sent; its headers but for the token, which is ours."""
    path = quote(case.formatted_path, safe="/%:@")
    query = urlencode(case.query or {}, doseq=True)
    body, media_type = case.body, case.media_type or "application/json"
    if body is NOT_SET:
        content = b""
    elif media_type == "application/json":
        content = json.dumps(body).encode()
    else:
        content, media_type = b"--x\r\n\r\n", "multipart/form-data; boundary=x"
    headers = {name: value for name, value in (case.headers or {}).items() if name != "Authorization"}
    sendable = {
        name: value for name, value in headers.items() if str(value).isascii() and str(value).isprintable()
    }
    address = f"{path}?{query}" if query else path
    answer = client.generic(case.method, address, content, content_type=media_type, headers=sendable)
    return case.method.lower(), address, answer


@pytest.mark.parametrize(
    "methods", [{"GET"}, {"POST"}, {"PUT", "PATCH", "DELETE"}], ids=["read", "post", "change"]
)
def test_no_generated_request_breaks_the_server(methods: set[str], administrator: Client) -> None:
    failures: list[str] = []
    for operation in operations(frozenset(methods)):

        @BOUNDED
        @given(case=operation.as_strategy())
        def try_case(case: Any) -> None:
            method, address, answer = send(administrator, case)
            assert answer.status_code < 500, (method, address, answer.content[:500])
            check_answer(method, address, answer)

        try:
            try_case()
        except AssertionError as failure:
            failures.append(f"{operation.label}: {failure}")
    assert not failures, "\n".join(failures)


@pytest.fixture
def administrator(cast: Cast, frozen_clock: object) -> Client:
    """An administrator who is a clerk too, so that most requests get past the rights; one procedure is entered."""
    enter_marriage()
    return Api(cast.administrator).client
