"""Pages travel compressed; those with secrets and files do not."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from congtam.config.web.compression import CompressPages
from congtam.testing.cast import Cast

ACCEPTS = {"accept-encoding": "gzip, br"}


@pytest.mark.django_db
def test_a_page_travels_compressed(cast: Cast, client_for: Callable[[object], Client]) -> None:
    client = client_for(cast.leader)
    plain, packed = client.get("/units/"), client.get("/units/", headers=ACCEPTS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) * 2 < len(plain.content)
    assert gzip.decompress(packed.content)[:15] == plain.content[:15]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/administration/tokens/", "/administration/accounts/open/"])
def test_a_page_with_secrets_does_not(cast: Cast, client_for: Callable[[object], Client], path: str) -> None:
    answer = client_for(cast.administrator).get(path, headers=ACCEPTS)
    assert not answer.has_header("Content-Encoding")


def compressed(answer: HttpResponse) -> HttpResponse:
    """An answer as it leaves for a browser that reads gzip."""
    request = RequestFactory().get("/", headers=ACCEPTS)
    sent = CompressPages(lambda _request: answer)(request)
    assert isinstance(sent, HttpResponse)
    return sent


@pytest.mark.parametrize(
    ("kind", "cache", "is_compressed"),
    [
        pytest.param("text/html; charset=utf-8", "", True, id="page"),
        pytest.param("text/csv; charset=utf-8", "", True, id="table of texts"),
        pytest.param("application/json", "private", True, id="answer of the API"),
        pytest.param("text/html; charset=utf-8", "no-store, private", False, id="page of a citizen"),
        pytest.param("application/pdf", "", False, id="PDF"),
        pytest.param("application/zip", "", False, id="archive"),
    ],
)
def test_what_is_compressed(kind: str, cache: str, is_compressed: bool) -> None:
    answer = HttpResponse("Công Tâm " * 200, content_type=kind)
    answer.headers["Cache-Control"] = cache
    assert compressed(answer).has_header("Content-Encoding") is is_compressed


def test_the_same_page_differs_in_length() -> None:
    assert len({len(compressed(HttpResponse("Công Tâm " * 200)).content) for _ in range(20)}) > 1
