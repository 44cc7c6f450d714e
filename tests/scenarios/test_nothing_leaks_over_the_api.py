"""No read of the API names a dossier, an applicant or a count that the caller's own list would hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client

from congtam.config.openapi import document
from congtam.dossiers.lists.queries.work import WorkKind
from congtam.foundation.public import Account, Role, actor_for
from congtam.org_units.public import visible_units
from congtam.testing.api_contract import check_answer
from congtam.testing.doors.dossiers import visible_to
from tests.scenarios.leaks import SECRET, Country, make_account, make_country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]
CODE, PERSON = re.compile(r"XX\d{4}XX"), re.compile(f"{SECRET} (\\d+)")
NEEDED = {"suggest_procedures": "?q=thu", "search_visible_units": "?q=c", "read_slip": "?code={code}"}
HOLES = {"form": "control", "extension": "docx", "year": "2026"}
PERSONS = frozenset(Role) - {Role.OBSERVER}


def reads() -> Iterator[tuple[str, str]]:
    """Every address that is read, by the name of its operation."""
    for path, methods in document()["paths"].items():
        if "get" in methods:
            yield methods["get"]["operationId"], path


def addresses(country: Country) -> Iterator[str]:
    """All of them: for each dossier where one is named, each work list, searches, units in sight and out of it."""
    for name, path in reads():
        filled = re.sub(r"\{(\w+)\}", lambda hole: HOLES.get(hole[1], "{" + hole[1] + "}"), path)
        address = (filled if name != "read_slip" else filled.replace("control", "handover")) + NEEDED.get(
            name, ""
        )
        if name == "list_work":
            yield from (address.replace("{kind}", kind.value) for kind in WorkKind)
        elif name == "read_unit":
            yield from (address.replace("{code}", unit) for unit in country.units)
        elif name == "read_document":
            yield from (address.replace("{code}", row.code) for row in country.dossiers[:2])
        elif "{code}" in address and path.startswith(("/api/v1/dossiers", "/api/v1/slips")):
            dossiers = country.dossiers[:20] if name == "read_dossier" else country.dossiers[:3]
            yield from (address.replace("{code}", row.code) for row in dossiers)
        else:
            yield re.sub(r"\{\w+\}", "none", address)
    yield from (f"/api/v1/dossiers?unit={unit}&count=true" for unit in country.units)
    yield from (f"/api/v1/dossiers?q={SECRET}+{number}&count=true" for number in range(4))
    yield from (f"/api/v1/work-lists/overdue?q={SECRET}+{number}" for number in range(4))


def check(account: Account, country: Country) -> None:
    client, actor = Client(), actor_for(account)
    client.force_login(account)
    allowed = set(visible_to(actor).values_list("code", flat=True))
    with_person = visible_units(actor, *PERSONS)
    named = {row.code for row in country.dossiers if row.unit_code in with_person}
    for address in addresses(country):
        answer = client.get(address)
        check_answer("get", address, answer)
        assert answer.status_code in {200, 403, 404, 409, 422}, address
        text = content_of(answer)
        if answer.status_code == 200:
            assert set(CODE.findall(text)) <= allowed, address
            assert {f"XX{int(number):04}XX" for number in PERSON.findall(text)} <= named, address
        for code in CODE.findall(address):
            assert code in allowed or answer.status_code == 404, address
        if "count=true" in address and answer.status_code == 200:
            assert answer.json()["count"] == len(answer.json()["items"]) <= len(allowed), address
    assert client.get("/api/v1/dossiers?count=true").json()["count"] == len(allowed)


def content_of(answer: Any) -> str:
    """The text of an answer; of a file nothing but its bytes as they are."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


@pytest.mark.parametrize(("seed", "role"), [(3, Role.OBSERVER), (8, Role.CLERK)])
def test_no_read_names_what_is_out_of_sight(*, seed: int, role: Role, warehouse_dir: Path) -> None:
    draw = Random(seed)  # noqa: S311 - test data
    country = make_country(draw)
    account = make_account("somebody", draw, country.units)
    grants: Any = account.role_grants
    grants.create(role=role, unit_code=country.dossiers[0].unit_code, valid=(None, None))
    assert 0 < visible_to(actor_for(account)).count() < len(country.dossiers)
    check(account, country)
