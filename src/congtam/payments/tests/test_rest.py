"""Fee requests over the API: who sees them, and giving money back by two people."""

from __future__ import annotations

import pytest

from congtam.foundation.public import actor_for, lines_about
from congtam.payments.public import pay_cash, request_fee
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    """A fee of unit 024 that was paid in cash."""
    clerk = actor_for(cast.clerk)
    code = request_fee(
        dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Lệ phí của bà Mỷ", actor=clerk
    )
    pay_cash(code, amount_dong=30_000, actor=clerk)
    return code


def test_fees_are_listed_and_read_by_who_sees_them(paid: str, cast: Cast) -> None:
    (row,) = Api(cast.clerk).get("/fees?state=paid").json()["items"]
    assert (row["code"], row["amount_dong"], row["reason"]) == (paid, 30_000, "Lệ phí của bà Mỷ")
    assert Api(cast.clerk).get("/fees?state=open").json()["items"] == []
    assert Api(cast.clerk).get("/fees?q=h-1").json()["items"] == [row]
    whole = Api(cast.clerk).get(f"/fees/{paid}").json()
    assert [payment["way"] for payment in whole["payments"]] == ["cash"]
    assert Api(cast.outsider).get("/fees").json()["items"] == []
    assert Api(cast.outsider).get(f"/fees/{paid}").status_code == 404
    assert Api(cast.observer).get(f"/fees/{paid}").json()["reason"] == ""


def test_money_is_given_back_by_two_people(paid: str, cast: Cast) -> None:
    clerk, head = Api(cast.clerk), Api(cast.unit_head)
    payment = clerk.get(f"/fees/{paid}").json()["payments"][0]["code"]
    path = f"/fees/{paid}/payments/{payment}"
    body = {"amount_dong": 30_000, "reason": "Nộp nhầm"}
    assert Api(cast.observer).post(f"{path}/refunds", body).status_code == 403
    assert Api(cast.outsider).post(f"{path}/refunds", body).status_code == 404
    asked = clerk.post(f"{path}/refunds", body).json()["payments"][0]["refunds"]
    assert [(one["amount_dong"], one["done_at"]) for one in asked] == [(30_000, None)]
    more = clerk.post(f"{path}/refunds", body)
    assert (more.status_code, more.json()["code"]) == (409, "payments.refund_refused")
    assert clerk.post(f"{path}/refunds/completion", {}).status_code == 403
    other = head.post(f"{path}/refunds/completion", {"amount_dong": 20_000})
    assert (other.status_code, other.json()["code"]) == (409, "payments.refund_changed")
    done = head.post(f"{path}/refunds/completion", {"reference": "PC-1"}).json()
    assert (done["state"], done["payments"][0]["refunds"][0]["reference"]) == ("refunded", "PC-1")
    assert clerk.post(f"/fees/{paid}/payments/none/refunds", body).status_code == 404


def test_a_refund_is_turned_down_and_asked_for_anew(paid: str, cast: Cast) -> None:
    clerk, head = Api(cast.clerk), Api(cast.unit_head)
    path = f"/fees/{paid}/payments/{clerk.get(f'/fees/{paid}').json()['payments'][0]['code']}"
    body, no = {"amount_dong": 30_000, "reason": "Nộp nhầm"}, {"reason": "Không có căn cứ"}
    assert head.post(f"{path}/refunds/refusal", no).status_code == 409
    clerk.post(f"{path}/refunds", body)
    assert Api(cast.observer).post(f"{path}/refunds/refusal", no).status_code == 403
    assert Api(cast.outsider).post(f"{path}/refunds/refusal", no).status_code == 404
    assert head.post(f"{path}/refunds/refusal", {"reason": ""}).status_code == 422
    assert head.post(f"{path}/refunds/refusal", no).json()["payments"][0]["refunds"] == []
    assert "Không có căn cứ" not in str(lines_about("payment", paid))
    assert clerk.post(f"{path}/refunds", body).status_code == 200
    assert clerk.get("/fees?state=surplus").json()["items"] == []
