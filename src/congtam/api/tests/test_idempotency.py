"""A request with a key is carried out once; another request under the key is refused, whatever its form is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from congtam.api.idempotency import KeyReused, idempotent
from congtam.foundation.public import Account
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]


class Counting:
    """A view that says how often it was carried out."""

    def __init__(self) -> None:
        numbers = count(1)

        @idempotent
        def view(_request: HttpRequest) -> HttpResponse:
            return HttpResponse(str(next(numbers)))

        self.view = view

    def send(self, account: Account, form: Mapping[str, Any]) -> str:
        request = RequestFactory(headers={"Idempotency-Key": "k"}).post("/x", form)
        request.user = account
        return self.view(request).content.decode()


def file(content: bytes, name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ({"a": ["1", "2"]}, {"a": ["9", "2"]}),
        ({"a": ["1", "2"]}, {"a": ["2", "1"]}),
        ({"a": ["1", "2"]}, {"a": ["2"]}),
        ({"a": "1\nb=2"}, {"a": "1", "b": "2"}),
        ({"a": "1"}, {"a": "1", "b": ""}),
        ({"f": file(b"one")}, {"f": file(b"two")}),
        ({"f": file(b"one")}, {"f": file(b"one", "b.pdf")}),
        ({"f": [file(b"one"), file(b"two")]}, {"f": [file(b"two"), file(b"one")]}),
        ({"f": [file(b"a.pdf:"), file(b"x")]}, {"f": file(b"a.pdf:x")}),
        ({"f": file(b"one")}, {"f": "one"}),
    ],
    ids=[
        "first of two",
        "order",
        "one less",
        "line feed",
        "blank field",
        "content",
        "name",
        "order of files",
        "joined",
        "field for file",
    ],
)
def test_another_form_is_another_request(
    cast: Cast, first: Mapping[str, Any], other: Mapping[str, Any]
) -> None:
    counting = Counting()
    assert counting.send(cast.clerk, first) == "1"
    with pytest.raises(KeyReused):
        counting.send(cast.clerk, other)


def test_the_same_form_is_the_same_request(cast: Cast) -> None:
    """Fields may come in another order and between other boundaries."""
    counting = Counting()
    first = {"a": ["1", "2"], "b": "x", "f": [file(b"one"), file(b"two")]}
    again = {"f": [file(b"one"), file(b"two")], "b": "x", "a": ["1", "2"]}
    assert (counting.send(cast.clerk, first), counting.send(cast.clerk, again)) == ("1", "1")


WITH_KEY, FORM = {"Idempotency-Key": "k"}, "multipart/form-data"


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/uploads", {}), ("/uploads", WITH_KEY), ("/webhooks/x/deliveries", WITH_KEY)],
    ids=["no key", "key", "no body"],
)
def test_a_form_without_a_boundary_is_refused(cast: Cast, path: str, headers: Mapping[str, str]) -> None:
    assert_refused(Api(cast.clerk).client.generic("POST", f"/api/v1{path}", b"a", FORM, headers=headers))


@pytest.mark.parametrize("boundary", ["", "é"], ids=["blank", "not ASCII"])
def test_a_form_with_an_unusable_boundary_is_refused(cast: Cast, boundary: str) -> None:
    form = f"{FORM}; boundary={boundary}"
    client = Api(cast.clerk).client
    assert_refused(client.generic("POST", "/api/v1/uploads", b"a", form, headers=WITH_KEY))


def test_a_form_of_too_many_fields_is_refused(cast: Cast, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    form = {f"n{number}": "" for number in range(6)}
    assert_refused(Api(cast.clerk).client.post("/api/v1/webhooks/x/deliveries", form, headers=WITH_KEY))


def assert_refused(response: Any) -> None:
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["code"] == "form_malformed"
