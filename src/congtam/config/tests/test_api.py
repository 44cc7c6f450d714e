"""What the API says of itself: the same everywhere, and true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from congtam.foundation.public import console_actor
from congtam.foundation.tokens import issue_token, list_tokens
from congtam.testing.cast import Cast

SNAPSHOT = Path(__file__).parents[4] / "docs" / "openapi.json"
SignIn = Callable[[object], Client]


@pytest.mark.django_db  # the middleware asks which clock the installation goes by
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


def test_the_description_is_sound() -> None:
    """What a validator of OpenAPI 3.1 found once, and what it would find."""
    told = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert not list(faults_of_references(told, told))
    for path, methods in told["paths"].items():
        holes = set(re.findall(r"\{(\w+)\}", path))
        for operation in methods.values():
            own = [one for one in operation["parameters"] if "$ref" not in one]
            assert {one["name"] for one in own if one["in"] == "path"} == holes, path
            assert all("examples" not in one and one["schema"] for one in own), path
            assert all(
                answer.get("description") or "$ref" in answer for answer in operation["responses"].values()
            )
            assert operation["description"], path
            assert operation["security"] == [{"Token": []}, {"Session": []}]


def faults_of_references(value: Any, told: dict[str, Any]) -> Iterator[str]:
    """References that lead nowhere."""
    if isinstance(value, list):
        for each in value:
            yield from faults_of_references(each, told)
    if isinstance(value, dict):
        if "$ref" in value:
            _, part, kind, name = value["$ref"].split("/")
            if name not in told[part][kind]:
                yield value["$ref"]
        for each in value.values():
            yield from faults_of_references(each, told)


@pytest.mark.django_db
def test_an_administrator_sees_all_tokens_and_revokes_any(cast: Cast, client_for: SignIn) -> None:
    issue_token("clerk", name="Máy quét", days=3, actor=console_actor())
    client = client_for(cast.administrator)
    page = client.get("/administration/tokens/").content.decode()
    assert "Máy quét" in page
    assert "Sắp hết hạn" in page
    assert client_for(cast.clerk).get("/administration/tokens/").status_code == 403
    assert client_for(cast.unit_head).post("/administration/tokens/", {}).status_code == 403
    assert (
        client.post("/administration/tokens/", {"account": "clerk", "revoke": "Máy quét"}).status_code == 302
    )
    assert (
        client.post("/administration/tokens/", {"account": "clerk", "revoke": "Máy quét"}).status_code == 404
    )
    assert "Đã thu hồi" in client_for(cast.clerk).get("/api/").content.decode()


@pytest.mark.django_db
def test_people_read_it_too(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).get("/api/reference/").content.decode()
    assert "/api/v1/dossiers/{code}/ask_supplement" in page
    assert "Send them the version" not in page
    assert "curl -H" in page


@pytest.mark.django_db
def test_a_token_is_shown_once_and_works_until_it_is_revoked(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    page = client.post("/api/", {"name": "Phần mềm kế toán", "days": "30"})
    token = page.context["issued"]
    assert token in page.content.decode()
    assert token not in client.get("/api/").content.decode()
    assert token not in {row.digest for row in list_tokens("clerk")}
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/dossiers").status_code == 200
    client.post("/api/", {"revoke": "Phần mềm kế toán"})
    assert program.get("/api/v1/dossiers").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "days"), [("", "30"), ("x", "0"), ("x", "367"), ("x", "viele")])
def test_a_token_has_a_name_and_an_end(*, cast: Cast, client_for: SignIn, name: str, days: str) -> None:
    page = client_for(cast.clerk).post("/api/", {"name": name, "days": days})
    assert page.context["error"]
    assert list_tokens("clerk") == []
