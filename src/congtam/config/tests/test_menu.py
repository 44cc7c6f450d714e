"""The menu shows who works at the desk the way to it, and marks the section a page belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


def marked(client: Client, address: str) -> dict[str, bool]:
    """The addresses of the menu, and whether each is marked."""
    return {item["url"]: item["is_current"] for item in client.get(address).context["navigation"]}


@pytest.mark.parametrize(("part", "has_desk"), [("clerk", True), ("officer", True), ("inspector", False)])
def test_the_desk_is_for_who_works_there(
    *, small_tree: None, cast: Cast, client_for: Callable[[object], Client], part: str, has_desk: bool
) -> None:
    menu = marked(client_for(getattr(cast, part)), reverse("dossiers:list"))
    assert (reverse("dossiers:work") in menu) is has_desk
    assert menu[reverse("dossiers:list")] is True


def test_a_page_of_the_desk_marks_the_desk_only(
    small_tree: None, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    menu = marked(client_for(cast.clerk), reverse("dossiers:receive"))
    assert [url for url, is_current in menu.items() if is_current] == [reverse("dossiers:work")]


def test_the_page_of_imports_marks_imports_only(
    small_tree: None, cast: Cast, client_for: Callable[[object], Client]
) -> None:
    menu = marked(client_for(cast.administrator), reverse("imports:upload"))
    assert [url for url, is_current in menu.items() if is_current] == [reverse("imports:upload")]
