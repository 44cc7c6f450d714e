"""Dossiers over the API: received once, read by who may, listed in pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.models import Dossier
from congtam.dossiers.tests.rest_client import Api, body_of, enter_marriage
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marriage(frozen_clock: None, small_tree: None) -> None:
    enter_marriage()


def test_a_dossier_is_received_and_read(cast: Cast) -> None:
    api = Api(cast.clerk)
    made = api.post("/dossiers", body_of())
    assert made.status_code == 201
    told = made.json()
    assert told["code"].endswith("-0001")
    assert len(told["lookup_secret"]) == 8
    read = api.get(made.headers["Location"].removeprefix("/api/v1"))
    assert read.status_code == 200
    assert made.headers["ETag"] == 'W/"1"'
    assert read.headers["ETag"].startswith('W/"1-')
    whole = read.json()
    assert whole["applicant"] == "Vừ Thị Mỷ"
    assert [line["kind"] for line in whole["clock"]["lines"]] == ["given"]
    assert whole["clock"]["explanation"]


def test_who_has_this_version_already_is_told_so(cast: Cast) -> None:
    api = Api(cast.clerk)
    made = api.post("/dossiers", body_of())
    path = f"/dossiers/{made.json()['code']}"
    read = api.get(path)
    same = api.get(path, headers={"If-None-Match": read.headers["ETag"]})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", read.headers["ETag"])
    english = api.get(path, language="en", headers={"If-None-Match": read.headers["ETag"]})
    assert english.status_code == 200


def test_who_polls_sees_the_dossier_become_overdue(cast: Cast, frozen_clock: FixedClock) -> None:
    api = Api(cast.clerk)
    path = f"/dossiers/{api.post('/dossiers', body_of()).json()['code']}"
    read = api.get(path)
    frozen_clock.advance(timedelta(days=9))
    api = Api(cast.clerk)
    later = api.get(path, headers={"If-None-Match": read.headers["ETag"]})
    assert (later.status_code, later.json()["clock"]["by_instant"]) == (200, "overdue")
    assert later.json()["version"] == read.json()["version"] == 1
    again = api.get(path, headers={"If-None-Match": later.headers["ETag"]})
    assert again.status_code == 304


def test_a_change_heeds_the_version_of_a_tag_and_not_what_time_changed(
    cast: Cast, frozen_clock: FixedClock
) -> None:
    api = Api(cast.clerk)
    made = api.post("/dossiers", body_of())
    path = f"/dossiers/{made.json()['code']}"
    seen = api.get(path).headers["ETag"]
    frozen_clock.advance(timedelta(days=9))
    api = Api(cast.clerk)
    changed = api.post(f"{path}/hand_over", {}, headers={"If-Match": seen})
    assert (changed.status_code, changed.headers["ETag"]) == (200, 'W/"2"')
    for late in (seen, made.headers["ETag"], 'W/"2-"', 'W/"2-zz"'):
        assert api.post(f"{path}/take_back", {}, headers={"If-Match": late}).status_code == 412
    by_version = api.post(f"{path}/take_back", {}, headers={"If-Match": changed.headers["ETag"]})
    assert by_version.status_code == 200


def test_everything_wrong_is_told_with_pointers(cast: Cast) -> None:
    wrong = body_of() | {"papers": [], "unit_code": "999", "applicant": {"name": " "}}
    answer = Api(cast.administrator).post("/dossiers", wrong, language="en")
    assert answer.status_code in {403, 422}
    answer = Api(cast.clerk).post("/dossiers", wrong | {"unit_code": "024"}, language="en")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert [found["pointer"] for found in told["problems"]] == ["/applicant/name", "/papers/0", "/papers/1"]
    assert told["code"] == "input_refused"


def test_a_body_of_the_wrong_form_is_refused(cast: Cast) -> None:
    answer = Api(cast.clerk).post("/dossiers", {"unit_code": 7, "surprise": True})
    assert answer.status_code == 422
    pointers = {found["pointer"] for found in answer.json()["problems"]}
    assert {"/procedure_code", "/applicant", "/surprise", "/unit_code"} <= pointers


def test_a_key_makes_a_receipt_happen_once(cast: Cast) -> None:
    api, key = Api(cast.clerk), {"Idempotency-Key": "slip-17"}
    first, again = (api.post("/dossiers", body_of(), headers=key) for _ in range(2))
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert Dossier.objects.count() == 1
    other = api.post("/dossiers", body_of(name="Giàng A Páo"), headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
    somebody = Api(cast.outsider).post("/dossiers", body_of(unit="026"), headers=key)
    assert somebody.status_code == 201


def test_a_refused_receipt_leaves_its_key_free(cast: Cast) -> None:
    api, key = Api(cast.clerk), {"Idempotency-Key": "slip-18"}
    assert api.post("/dossiers", body_of() | {"papers": []}, headers=key).status_code == 422
    assert api.post("/dossiers", body_of(), headers=key).status_code == 201


def test_pages_follow_one_another(cast: Cast) -> None:
    api = Api(cast.clerk)
    codes = [api.post("/dossiers", body_of()).json()["code"] for _ in range(5)]
    for sort in ("-received", "received", "due", "code"):
        found: list[str] = []
        address: str | None = f"/api/v1/dossiers?limit=2&sort={sort}"
        while address:
            told: dict[str, Any] = api.get(address.removeprefix("/api/v1")).json()
            found += [row["code"] for row in told["items"]]
            address = told["next"]
        assert found == (codes[::-1] if sort == "-received" else codes)


def test_the_list_counts_only_when_asked_and_what_is_seen(cast: Cast) -> None:
    Api(cast.clerk).post("/dossiers", body_of())
    assert "count" not in Api(cast.clerk).get("/dossiers").json()
    assert Api(cast.clerk).get("/dossiers?count=true").json()["count"] == 1
    assert Api(cast.outsider).get("/dossiers?count=true").json()["count"] == 0


def test_an_observer_sees_the_row_without_the_person(cast: Cast) -> None:
    code = Api(cast.clerk).post("/dossiers", body_of()).json()["code"]
    row = Api(cast.observer).get("/dossiers").json()["items"][0]
    assert len(row) >= 45
    assert (row["code"], row["applicant"], row["phone"]) == (code, None, None)
    whole = Api(cast.observer).get(f"/dossiers/{code}").json()
    assert "Vừ" not in str(whole)


def test_an_outsider_finds_nothing(cast: Cast) -> None:
    code = Api(cast.clerk).post("/dossiers", body_of()).json()["code"]
    assert Api(cast.outsider).get(f"/dossiers/{code}").status_code == 404


def test_a_list_takes_two_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    api = Api(cast.clerk)
    for _ in range(3):
        api.post("/dossiers", body_of())
    api.get("/dossiers")
    with django_assert_max_num_queries(4):  # token, installation notes, rows
        assert len(api.get("/dossiers").json()["items"]) == 3


def test_unknown_filters_are_refused(cast: Cast) -> None:
    assert Api(cast.clerk).get("/dossiers?stat=received").status_code == 422
    assert Api(cast.clerk).get("/dossiers?limit=501").status_code == 422


def test_a_stranger_and_a_wrong_method(client: Client, cast: Cast) -> None:
    assert client.get("/api/v1/dossiers").status_code == 401
    assert Api(cast.clerk).delete("/dossiers").status_code == 405


@pytest.mark.parametrize("address", ["/dossiers/H%00", "/dossiers?q=%00", "/nowhere%00", "/units/%00"])
def test_a_zero_byte_in_an_address_is_told_as_a_problem(cast: Cast, address: str) -> None:
    answer = Api(cast.clerk).get(address)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (400, "text_not_storable")


def test_a_zero_byte_and_broken_json_are_told_as_problems(cast: Cast) -> None:
    api = Api(cast.clerk)
    zero = api.post("/dossiers", body_of(name="Vừ\x00Mỷ"))
    assert (zero.status_code, zero.json()["code"]) == (400, "text_not_storable")
    broken = api.client.post("/api/v1/dossiers", "{", content_type="application/json")
    assert (broken.status_code, broken.headers["Content-Type"]) == (400, "application/problem+json")
