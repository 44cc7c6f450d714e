"""What a caller may not slip past the desk: other people's dossiers, money nobody took, times nobody believes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from congtam.dossiers.handling.actions import confirm_payment
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import DossierRow, ask_payment, receive, store_dossiers
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api, body_of
from congtam.foundation.public import clock, console_actor
from congtam.kernel.errors import NotFound
from congtam.payments.public import fee_requests
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: object, *, small_tree: None, cast: Cast) -> Cast:
    return cast


def waiting_for_payment(cast: Cast) -> str:
    code = desk.handled(cast).code
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=desk.part(cast, "officer"))
    return code


def test_a_dossier_is_tied_only_to_one_in_sight(at_the_desk: Cast) -> None:
    foreign = receive(desk.application("026"), actor=desk.part(at_the_desk, "outsider")).code
    api = Api(at_the_desk.clerk)
    refused = api.post("/dossiers", {**body_of(), "parent_code": foreign})
    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["problems"]] == ["parent_unknown"]
    unknown = api.post("/dossiers", {**body_of(), "parent_code": "H22-000000-0000"})
    assert unknown.json()["problems"][0]["code"] == "parent_unknown"
    own = api.post("/dossiers", body_of()).json()["code"]
    assert api.post("/dossiers", {**body_of(), "parent_code": own}).status_code == 201
    assert not DeskRecord.objects.filter(parent_code=foreign).exists()


def test_nobody_says_by_hand_that_a_request_was_paid_online(at_the_desk: Cast) -> None:
    code = waiting_for_payment(at_the_desk)
    api = Api(at_the_desk.clerk)
    for address, more in (
        (f"/dossiers/{code}/confirm_payment", {}),
        ("/bulk/confirm_payment", {"codes": [code]}),
    ):
        api.post(address, {"way": "online", **more})
        assert Dossier.objects.get().state == "awaiting_payment"
    unknown = api.post(f"/dossiers/{code}/confirm_payment", {"way": "cash", "request": "CT2345678923"})
    assert unknown.status_code == 404
    assert api.post(f"/dossiers/{code}/confirm_payment", {"way": "cash"}).status_code == 200
    assert [each.state for each in fee_requests([code], to=console_actor())] == ["paid"]


@pytest.mark.parametrize("paid_at", ["2026-03-05T09:00:00+07:00", "0001-01-01T00:00:00Z"])
def test_a_payment_lies_between_the_receipt_and_now(at_the_desk: Cast, paid_at: str) -> None:
    code = waiting_for_payment(at_the_desk)
    body = {"way": "cash", "paid_at": paid_at}
    answer = Api(at_the_desk.clerk).post(f"/dossiers/{code}/confirm_payment", body)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "paid_at_impossible"
    assert fee_requests([code], to=console_actor())[0].state == "open"


@pytest.mark.parametrize(("part", "counter"), [("clerk", "024"), ("outsider", "026")])
def test_cash_is_taken_by_the_office_that_asks_or_where_it_was_handed_in(
    at_the_desk: Cast, part: str, counter: str
) -> None:
    receipt = replace(desk.application("026", procedure=desk.COPY), received_unit_code="024", papers=())
    code = receive(receipt, actor=desk.part(at_the_desk, "clerk")).code
    with pytest.raises(NotFound):
        confirm_payment(code, way="cash", actor=desk.part(at_the_desk, "citizen"))
    confirm_payment(code, way="cash", actor=desk.part(at_the_desk, part))
    (fee,) = fee_requests([code], to=console_actor())
    assert (fee.state, fee.paid_at_unit_code) == ("paid", counter)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_an_unbelievable_time_of_receipt_is_told(at_the_desk: Cast, at: str) -> None:
    answer = Api(at_the_desk.clerk).post("/dossiers", {**body_of(), "received_at": at})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "received_at_not_today"


def test_an_instant_without_a_zone_is_refused(at_the_desk: Cast) -> None:
    received = Api(at_the_desk.clerk).post("/dossiers", {**body_of(), "received_at": "2026-03-02T08:00:00"})
    body = {"way": "cash", "paid_at": "2026-03-02T09:00:00"}
    paid = Api(at_the_desk.clerk).post(f"/dossiers/{waiting_for_payment(at_the_desk)}/confirm_payment", body)
    for answer in (received, paid):
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["code"] == "timezone_aware"


@pytest.mark.parametrize("email", ["a@b.vn\nBcc: c@d.vn", "a@b.vn, c@d.vn", "ai do"])
def test_an_address_no_mail_can_be_sent_to_is_told(at_the_desk: Cast, email: str) -> None:
    body = body_of()
    body["applicant"]["email"] = email
    answer = Api(at_the_desk.clerk).post("/dossiers", body)
    assert [each["code"] for each in answer.json()["problems"]] == ["email_unreadable"]


def test_no_place_or_day_of_a_list_is_a_fault_of_the_server(at_the_desk: Cast) -> None:
    api = Api(at_the_desk.clerk)
    code = api.post("/dossiers", body_of()).json()["code"]
    row = DossierRow(code="IMP-1", unit_code="024", procedure_name="x", received_at=clock().now())
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="k", source="t")
    asked = {
        f"sort=due&after=0001-01-01T00:00:00%2B23:59~{code}": 404,
        f"sort=due&after=9999-12-31T23:59:59-23:59~{code}": 404,
        "sort=step_due&after=IMP-1": 200,
        "received_to=9999-12-31": 422,
        "due_from=0001-01-01": 422,
    }
    told = {query: api.get(f"/dossiers?{query}").status_code for query in asked}
    assert told == asked


@pytest.mark.parametrize("form", ['{"x": "\\ud800"}', '{"x": NaN}', '{"x": "\\u0000"}'])
def test_a_form_that_no_column_takes_is_told(at_the_desk: Cast, form: str) -> None:
    sent = json.dumps(body_of())[:-1] + f', "form": {form}}}'
    answer = Api(at_the_desk.clerk).client.post("/api/v1/dossiers", sent, content_type="application/json")
    assert answer.status_code in {400, 422}


def test_a_version_of_any_length_is_one_we_never_gave(at_the_desk: Cast) -> None:
    api = Api(at_the_desk.clerk)
    code = api.post("/dossiers", body_of()).json()["code"]
    body, tag = {"reason": "Thiếu", "ground": "Điều 7"}, 'W/"' + "9" * 6000 + '"'
    assert api.post(f"/dossiers/{code}/refuse", body, headers={"If-Match": tag}).status_code == 412
    assert api.post(f"/dossiers/{code}/refuse", body, headers={"If-Match": 'W/"1"'}).status_code == 200
