"""Who types a wrong password reads why in their own language."""

from __future__ import annotations

import pytest
from django.test import Client

from congtam.testing.cast import Cast


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Tên đăng nhập hoặc mật khẩu không đúng."),
        ("en", "The user name or the password is not correct."),
    ],
)
def test_a_wrong_password_is_told_in_the_language_of_the_page(
    cast: Cast, client: Client, *, language: str, words: str
) -> None:
    client.cookies["django_language"] = language
    page = client.post("/accounts/login/", {"login": cast.clerk.username, "password": "wrong"})
    text = page.content.decode()
    assert words in text
    assert "specified" not in text
