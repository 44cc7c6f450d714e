"""What the API says of itself: the same everywhere, and true."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from congtam.foundation.public import tokens_of
from congtam.testing.cast import Cast

SNAPSHOT = Path(__file__).parents[4] / "docs" / "openapi.json"
SignIn = Callable[[object], Client]


def test_the_description_is_the_one_in_the_documentation(client: Client) -> None:
    """Refresh it with: .venv/bin/python -m tools.openapi"""
    served = client.get("/api/v1/openapi.json")
    assert served.content.decode() == SNAPSHOT.read_text(encoding="utf-8")
    assert served.json()["openapi"].startswith("3.1")


def test_operations_have_names_of_their_own() -> None:
    told = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    names = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)) > 50
    assert all("__" not in name and name.isidentifier() for name in names)


@pytest.mark.django_db
def test_people_read_it_too(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).get("/api/reference/").content.decode()
    assert "/api/v1/dossiers/{code}/ask_supplement" in page
    assert "Send them the version" not in page


@pytest.mark.django_db
def test_a_token_is_shown_once_and_works_until_it_is_revoked(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    page = client.post("/api/", {"name": "Phần mềm kế toán", "days": "30"})
    token = page.context["issued"]
    assert token in page.content.decode()
    assert token not in client.get("/api/").content.decode()
    assert token not in {row.digest for row in tokens_of("clerk")}
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/dossiers").status_code == 200
    client.post("/api/", {"revoke": "Phần mềm kế toán"})
    assert program.get("/api/v1/dossiers").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "days"), [("", "30"), ("x", "0"), ("x", "367"), ("x", "viele")])
def test_a_token_has_a_name_and_an_end(*, cast: Cast, client_for: SignIn, name: str, days: str) -> None:
    page = client_for(cast.clerk).post("/api/", {"name": name, "days": days})
    assert page.context["error"]
    assert tokens_of("clerk") == []
