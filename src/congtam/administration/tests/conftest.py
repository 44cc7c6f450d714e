"""What the tests of the administration share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from congtam.foundation.public import Account
from congtam.testing.cast import Cast

Act = Callable[..., Any]


@pytest.fixture
def administrator(small_tree: None, cast: Cast, client_for: Callable[[object], Client]) -> Client:
    """The administrator at the pages, in English."""
    return _english(client_for(cast.administrator))


@pytest.fixture
def head(small_tree: None, cast: Cast, client_for: Callable[[object], Client]) -> Client:
    """The head of unit 024 at the pages, in English."""
    return _english(client_for(cast.unit_head))


@pytest.fixture
def act() -> Act:
    """Press a button of an account's page, having seen the account as it is now."""

    def press(client: Client, username: str, verb: str, **data: object) -> Any:
        version = Account.objects.get(username=username).version
        return client.post(f"/administration/account/{username}/{verb}/", {"version": version, **data})

    return press


def _english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client
