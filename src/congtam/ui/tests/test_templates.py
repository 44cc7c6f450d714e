"""Every template of the shared look renders in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from congtam.testing.cast import Cast


@pytest.fixture
def debugging(settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.usefixtures("debugging")
def test_the_gallery_shows_every_component(
    cast: Cast, client_for: Callable[[object], Client], language: str
) -> None:
    client = client_for(cast.officer)
    client.cookies["django_language"] = language

    page = client.get("/ui/").content.decode()

    assert f'<html lang="{language}">' in page
    assert page.count("<h1>Gallery of components</h1>") == 1
    assert "<title>Gallery of components · Công Tâm</title>" in page


def test_the_gallery_is_not_part_of_the_product(cast: Cast, client_for: Callable[[object], Client]) -> None:
    assert client_for(cast.officer).get("/ui/").status_code == 404


@pytest.mark.django_db
def test_the_sign_in_page_has_labelled_fields(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert '<label for="id_login">' in page
    assert 'autocomplete="current-password"' in page
