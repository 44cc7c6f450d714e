"""No operation escapes: each one of the API is tried by a stranger, an outsider, a wrong role and a wrong method."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from django.test import Client

from congtam.config.openapi import document
from congtam.dossiers.tests.rest_client import Api, body_of, enter_marriage
from congtam.testing.api_contract import check_answer
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {
    "list_dossiers",
    "suggest_procedures",
    "read_procedure",
    "count_work",
    "list_work",
    "list_filings",
}
"""Operations that answer everybody, with what that person may see; another test compares it with the pages."""
OPEN_TO_ALL |= {"list_consultations", "receive_dossier", "upload_file", "answer_consultation"}
OPEN_TO_ALL |= {
    "preview_due",
    "search_visible_units",
    "read_calendar",
    "read_correction",
    "list_fee_requests",
}
OPEN_TO_ALL |= {"list_views", "save_list_view", "rename_list_view", "delete_list_view"}
OPEN_TO_ALL |= {"read_ratings", "list_supplements"}
FOR_ADMINISTRATORS = "webhook"
SAMPLES: dict[str, Any] = {
    "to_unit": "024",
    "unit_code": "024",
    "procedure_code": "1.000894",
    "answer_within_hours": 8,
    "letter": 1,
    "missing": ["Tờ khai"],
    "amount_dong": 1000,
    "way": "cash",
    "new_due_on": "2026-03-20",
    "file": {"handle": "x"},
    "is_active": True,
    "url": "http://127.0.0.1:9/",
    "query": "overdue=1",
}
HOLES = {"kind": "mine", "year": "2026", "form": "control", "extension": "pdf"}


@cache
def told() -> dict[str, Any]:
    """The description of the API, made once."""
    return document()


@cache
def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, path and description by name."""
    return {
        one["operationId"]: (method, path, one)
        for path, methods in told()["paths"].items()
        for method, one in methods.items()
    }


def body_for(operation: dict[str, Any]) -> dict[str, Any]:
    """A body of the right form, with what is required."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return {}
    schema = told()["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
    ways = {"return_result_dossier": {"way": "desk"}}.get(operation["operationId"], {})
    return {name: SAMPLES.get(name, "x") for name in schema.get("required", [])} | ways


def ask(client: Client, name: str, *, code: str = "none", method: str = "") -> Any:
    right, path, operation = operations()[name]
    address = re.sub(r"\{(\w+)\}", lambda hole: HOLES.get(hole[1], "none"), path.replace("{code}", code))
    how: dict[str, Any] = {"content_type": "application/json", "data": json.dumps(body_for(operation))}
    answer = getattr(client, method or right)(address, **({} if right == "get" and not method else how))
    check_answer(method or right, address, answer)
    return answer


ALL = sorted(operations())
OF_ONE = [name for name in ALL if operations()[name][1].startswith("/api/v1/dossiers/{code}")]
BULK = [name for name in ALL if operations()[name][1].startswith("/api/v1/bulk/")]


@pytest.fixture
def code(frozen_clock: None, small_tree: None, cast: Cast) -> str:
    """A dossier of unit 024."""
    enter_marriage()
    received = Api(cast.clerk).post("/dossiers", body_of())
    assert received.status_code == 201
    return str(received.json()["code"])


def test_a_stranger_is_told_to_sign_in(client: Client, db: None) -> None:
    wrong = Client(headers={"Authorization": "Bearer ct_wrong"})
    for name in ALL:
        answer = ask(client, name)
        assert (name, answer.status_code) == (name, 401)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert ask(wrong, name).status_code == 401


def test_a_wrong_method_is_refused(client: Client, db: None) -> None:
    for name in ALL:
        described = told()["paths"][operations()[name][1]]
        for method in sorted({"put", "delete", "patch"} - set(described)):
            answer = ask(client, name, method=method)
            assert (name, answer.status_code) == (name, 405)
            assert answer.json()["code"] == "method_not_allowed"


def test_an_outsider_does_not_learn_that_it_exists(code: str, cast: Cast) -> None:
    client = Api(cast.outsider).client
    for name in OF_ONE:
        there, nowhere = (ask(client, name, code=one) for one in (code, "none"))
        # A file that is not the caller's is refused before the dossier is looked for.
        assert (name, there.status_code) == (name, 422 if name == "attach_dossier" else 404)
        assert there.status_code == nowhere.status_code
        assert there.json()["detail"].replace(code, "none") == nowhere.json()["detail"]


def test_who_only_reads_changes_nothing(code: str, cast: Cast) -> None:
    client = Api(cast.observer).client
    for name in [one for one in OF_ONE if operations()[one][0] == "post"]:
        # Fees are sought among those that the caller sees: there the right is not reached.
        expected = {404} if "fee" in name else {422} if name == "attach_dossier" else {403}
        assert (name, ask(client, name, code=code).status_code in expected) == (name, True)
    assert Api(cast.clerk).get(f"/dossiers/{code}").json()["version"] == 1


def test_in_bulk_each_is_refused_by_itself(code: str, cast: Cast) -> None:
    for name in BULK:
        path, body = operations()[name][1], body_for(operations()[name][2]) | {"codes": [code]}
        body |= {"way": "desk"} if name == "return_result_dossiers" else {}
        for account, status in ((cast.outsider, 404), (cast.observer, 403)):
            answer = Api(account).post(path.removeprefix("/api/v1"), body).json()
            assert (name, [row["status"] for row in answer["refused"]]) == (name, [status])
            assert answer["done"] == []


def test_subscriptions_are_for_administrators(cast: Cast) -> None:
    client = Api(cast.unit_head).client
    for name in [one for one in ALL if FOR_ADMINISTRATORS in operations()[one][1]]:
        assert (name, ask(client, name).status_code) == (name, 403)


def test_every_operation_belongs_to_a_group() -> None:
    rest = set(ALL) - set(OF_ONE) - set(BULK) - OPEN_TO_ALL
    assert {name for name in rest if FOR_ADMINISTRATORS not in operations()[name][1]} == {
        "accept_filing",
        "decline_filing",
        "read_filing",
        "read_filing_file",
        "accept_supplement",
        "decline_supplement",
        "read_supplement_file",
        "read_fee_request",
        "request_fee_refund",
        "complete_fee_refund",
        "refuse_fee_refund",
        "list_elsewhere",
        "preview_calendar",
        "save_calendar",
        "read_unit",
        "read_slip",
    }


def test_what_is_no_address_is_a_problem_too(client: Client, db: None) -> None:
    answer = client.get("/api/v1/nonsense", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["title"]) == (404, "Not found")
    assert answer.headers["Content-Language"] == "en"


def test_a_session_needs_its_csrf_token(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.clerk)
    assert browser.get("/api/v1/dossiers").status_code == 200
    refused = browser.post("/api/v1/dossiers", "{}", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_missing")
