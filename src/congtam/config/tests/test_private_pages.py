"""What a browser and the caches on the way may keep, and what is said of a form that is not accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
ACCEPTS = {"accept-encoding": "gzip"}


def main_part(content: bytes) -> str:
    """What a page says, without its head."""
    return content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/dossiers/", "/units/", "/api/", "/accounts/password/change/", "/nowhere/"]
)
def test_no_cache_keeps_the_page_of_somebody_signed_in(cast: Cast, client_for: SignIn, path: str) -> None:
    answer = client_for(cast.administrator).get(path)
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


@pytest.mark.django_db
def test_nor_answers_of_the_api_with_or_without_a_session(cast: Cast, client_for: SignIn) -> None:
    for client in (client_for(cast.clerk), Client()):
        answer = client.get("/api/v1/dossiers")
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_signed_in_page_travels_compressed_although_no_cache_keeps_it(
    cast: Cast, client_for: SignIn
) -> None:
    answer = client_for(cast.leader).get("/units/", headers=ACCEPTS)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_public_pages_without_a_person_may_be_kept(small_tree: None) -> None:
    assert "no-store" not in Client().get("/public/").headers.get("Cache-Control", "")


@pytest.mark.django_db
def test_signing_out_leaves_nothing_to_go_back_to(cast: Cast, client_for: SignIn) -> None:
    assert "no-store" in client_for(cast.clerk).post("/accounts/logout/").headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Chưa có gì được lưu", "Tải lại trang đó", "Quay lại bằng trình duyệt", "cookie")),
        ("en", ("Nothing was saved", "Reload that page", "Go back with your browser", "cookie")),
    ],
)
def test_a_form_that_is_not_accepted_says_what_to_do(
    cast: Cast, language: str, words: tuple[str, ...]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    client.cookies["django_language"] = language
    answer = client.post("/accounts/password/change/", {"oldpassword": "x"})
    page = main_part(answer.content)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    for word in words:
        assert word in page
    assert "CSRF" not in page


@pytest.mark.django_db
def test_a_stale_form_is_not_blamed_on_cookies(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    client.get("/accounts/password/change/")
    page = main_part(client.post("/accounts/password/change/", {"csrfmiddlewaretoken": "x" * 64}).content)
    assert "Chưa có gì được lưu" in page
    assert "cookie" not in page
