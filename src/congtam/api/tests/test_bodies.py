"""Bodies that no schema expects are refused in words, whatever they hold."""

from __future__ import annotations

from typing import Any

import pytest

from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]


def nested(levels: int) -> Any:
    """A list in a list in a list …"""
    value: Any = "x"
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("levels", [60, 900, 5_000])
def test_a_deeply_nested_body_is_refused(cast: Cast, levels: int) -> None:
    api = Api(cast.clerk)
    content = '{"form": {"a": ' + "[" * levels + "]" * levels + "}}"
    answer = api.client.post("/api/v1/dossiers", data=content, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "json_malformed")


def test_a_body_that_is_nested_a_little_is_read(cast: Cast) -> None:
    answer = Api(cast.clerk).post("/dossiers", {"form": {"a": nested(10)}})
    assert answer.json()["code"] == "request_invalid"


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b"1" * 5_000, b"NaN", b'"x"', b"[]"])
def test_a_body_that_is_no_object_is_refused(cast: Cast, content: bytes) -> None:
    answer = Api(cast.clerk).client.post("/api/v1/dossiers", data=content, content_type="application/json")
    assert answer.status_code in {400, 422}
