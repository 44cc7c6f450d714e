"""What stands around a dossier over the API: work lists, saved views, links, due dates, files of filings."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from congtam.dossiers.tests.rest_client import MARRIAGE, Api, body_of, enter_marriage
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marriage(frozen_clock: None, small_tree: None) -> None:
    enter_marriage()


def test_a_work_list_is_narrowed_as_any_list(cast: Cast) -> None:
    client = Api(cast.clerk)
    codes = [
        client.post("/dossiers", body_of(name=name)).json()["code"] for name in ("Vừ Thị Mỷ", "Lý A Páo")
    ]
    every = client.get("/work-lists/office").json()["items"]
    assert {row["code"] for row in every} == set(codes)
    found = client.get("/work-lists/office?q=pao").json()["items"]
    assert [row["code"] for row in found] == [codes[1]]
    assert client.get("/work-lists/office?state=nonsense").status_code == 422


def test_what_a_desk_took_in_for_others_is_for_those_who_receive(cast: Cast) -> None:
    assert Api(cast.clerk).get("/work-lists/elsewhere").json() == {"items": []}
    assert Api(cast.observer).get("/work-lists/elsewhere").status_code == 403


def test_views_are_ones_own(cast: Cast) -> None:
    client = Api(cast.clerk)
    made = client.post("/saved-views", {"name": "Quá hạn", "query": "list=overdue&unit=024"})
    assert made.status_code == 201
    assert made.json()["items"] == [{"name": "Quá hạn", "query": "list=overdue&unit=024"}]
    assert Api(cast.officer).get("/saved-views").json() == {"items": []}
    assert Api(cast.officer).delete("/saved-views/Quá hạn").status_code == 404
    wrong = client.post("/saved-views", {"name": "x", "query": "colour=blue&state=nonsense"}, language="en")
    assert wrong.json()["problems"][0]["message"] == "There is no filter “colour”."
    renamed = client.patch("/saved-views/Quá hạn", {"name": "Trễ 3/2026?"}).json()["items"]
    assert [view["name"] for view in renamed] == ["Trễ 3/2026?"]
    assert client.delete("/saved-views/Trễ").status_code == 404
    assert client.delete(f"/saved-views/{quote('Trễ 3/2026?', safe='')}").json() == {"items": []}


def test_due_date_and_reasons_are_told_before_anything_is_received(cast: Cast) -> None:
    client = Api(cast.clerk)
    told = client.get(f"/procedures/{MARRIAGE}/due?at=2026-03-02T08:00:00%2B07:00", language="en").json()
    received = client.post("/dossiers", body_of() | {"received_at": "2026-03-02T08:00:00+07:00"}).json()
    assert told["due_at"] == received["due_at"]
    assert (told["limit_value"], told["limit_unit"]) == (3, "working_days")
    assert told["explanation"]
    assert client.get("/procedures/9.999999/due").status_code == 404
    assert client.get(f"/procedures/{MARRIAGE}/due?at=2026-03-02T08:00:00").status_code == 422


def test_linked_dossiers_know_each_other(cast: Cast) -> None:
    client = Api(cast.clerk)
    code = client.post("/dossiers", body_of()).json()["code"]
    child = client.post("/dossiers", body_of() | {"parent_code": code})
    told: dict[str, Any] = client.get(f"/dossiers/{code}/linked").json()
    assert (told["parent"], told["hidden_count"]) == (None, 0)
    if child.status_code == 201:
        assert [row["code"] for row in told["children"]] == [child.json()["code"]]
        above = client.get(f"/dossiers/{child.json()['code']}/linked").json()
        assert above["parent"]["code"] == above["parent_code"] == code
    assert Api(cast.outsider).get(f"/dossiers/{code}/linked").status_code == 404


def test_the_papers_of_a_dossier_are_listed_and_handed_out(cast: Cast) -> None:
    client = Api(cast.clerk)
    code = client.post("/dossiers", body_of()).json()["code"]
    told = client.get(f"/dossiers/{code}/documents").json()["items"]
    assert [one["form"] for one in told] == ["control", "receipt"]
    answer = client.get(told[1]["docx"].removeprefix("/api/v1"))
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert [one["form"] for one in Api(cast.observer).get(f"/dossiers/{code}/documents").json()["items"]] == [
        "control"
    ]
    assert Api(cast.observer).get(f"/dossiers/{code}/documents/receipt.pdf").status_code == 403
    assert Api(cast.outsider).get(f"/dossiers/{code}/documents").status_code == 404
    assert client.get(f"/dossiers/{code}/documents/receipt.exe").status_code == 422
    assert client.get(f"/dossiers/{code}/documents/nonsense.pdf").status_code == 404


def test_a_slip_names_the_dossiers_that_change_hands(cast: Cast) -> None:
    client = Api(cast.clerk)
    codes = [client.post("/dossiers", body_of()).json()["code"] for _ in range(2)]
    query = "&".join(f"code={code}" for code in codes)
    slip = client.get(f"/slips/handover.docx?{query}")
    assert slip.content.startswith(b"PK")
    assert Api(cast.outsider).get(f"/slips/handover.docx?{query}").status_code == 404
    assert client.get("/slips/handover.docx").status_code == 422
