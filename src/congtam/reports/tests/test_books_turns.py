"""A long book leaves when its turn has come, like any large file."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from congtam.reports.web import books
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
ADDRESS = "/reports/books/book.xlsx?unit=024&year=2026&part=02"


def test_a_long_book_waits_for_its_turn(
    cast: Cast, client_for: Callable[[object], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(answer: Any) -> bytes:
        return b"".join(answer.streaming_content)

    client = client_for(cast.clerk)
    short = whole(client.get(ADDRESS))
    monkeypatch.setattr(books, "SHORT", -1)
    first = client.get(ADDRESS)
    second = client.get(ADDRESS)
    assert (first.status_code, second.status_code) == (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)
    assert 'href="/reports/books/?unit=024' in second.content.decode()
    content = whole(first)
    assert int(first["Content-Length"]) == len(content)
    assert short[:2] == content[:2] == whole(client.get(ADDRESS))[:2] == b"PK"
