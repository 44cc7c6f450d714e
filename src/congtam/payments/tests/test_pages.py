"""The pages of payments: who sees what, what they do, and the gateway for trying out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congtam.foundation.public import actor_for, clock, console_actor, set_installation
from congtam.kernel.clock import FixedClock, today
from congtam.payments.actions.settle import receive_callback
from congtam.payments.domain.signing import signature
from congtam.payments.models import FeeRequest, Payment
from congtam.payments.public import TRY_GATEWAY, enter_bank_account, enter_gateway, request_fee
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture
def asked(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    enter_bank_account("024", bank_bin="970415", number="1133", holder="UBND", actor=console_actor())
    return request_fee(
        dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Lệ phí", actor=actor_for(cast.clerk)
    )


def test_the_list_and_the_page_are_for_who_may_see_the_unit(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, outsider = client_for(cast.clerk), client_for(cast.outsider)
    assert asked in clerk.get("/payments/").content.decode()
    assert asked not in outsider.get("/payments/").content.decode()
    page = clerk.get(f"/payments/{asked}/").content.decode()
    assert "30.000 ₫" in page
    assert "<svg" in page
    assert outsider.get(f"/payments/{asked}/").status_code == 404


def test_cash_is_taken_on_the_page(asked: str, cast: Cast, client_for: SignIn) -> None:
    clerk = client_for(cast.clerk)
    wrong = clerk.post(f"/payments/{asked}/", {"deed": "cash", "amount": "3.000"})
    assert wrong.status_code == 400
    assert "30000" in wrong.content.decode()
    right = clerk.post(f"/payments/{asked}/", {"deed": "cash", "amount": "30.000"})
    assert right.status_code == 302
    assert FeeRequest.objects.get(code=asked).state == "paid"


def test_a_refund_is_asked_for_and_carried_out_by_two_people(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.unit_head)
    clerk.post(f"/payments/{asked}/", {"deed": "cash", "amount": "30000"})
    payment = Payment.objects.get().code
    asking = {"deed": "ask_refund", "payment": payment, "amount": "30000", "reason": "Rút hồ sơ"}
    assert clerk.post(f"/payments/{asked}/", asking).status_code == 302
    doing = {"deed": "do_refund", "payment": payment, "reference": "UNC-1"}
    assert clerk.post(f"/payments/{asked}/", doing).status_code == 400
    assert 'name="waiting" value="30000"' in head.get(f"/payments/{asked}/").content.decode()
    assert head.post(f"/payments/{asked}/", {**doing, "waiting": "20000"}).status_code == 400
    assert head.post(f"/payments/{asked}/", doing).status_code == 302
    assert FeeRequest.objects.get(code=asked).state == "refunded"


def test_the_daily_file_is_for_administrators(asked: str, cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get("/payments/reconciliation/").status_code == 403
    administrator = client_for(cast.administrator)
    assert administrator.get("/payments/reconciliation/").status_code == 200
    answer = administrator.post("/payments/reconciliation/", {"gateway": "x", "day": str(date(2026, 3, 2))})
    assert answer.status_code == 400


def pay_online(request: str, secret: str, *, at: datetime) -> None:
    told = {"reference": "GD-1", "request": request, "amount": 30_000, "paid_at": at.isoformat()}
    body, sent_at = json.dumps(told).encode(), str(int(at.timestamp()))
    given = signature(secret, sent_at=sent_at, body=body)
    receive_callback("thu-nghiem", sent_at=sent_at, given=given, body=body)


def test_days_without_their_daily_file_are_told(
    asked: str, cast: Cast, client_for: SignIn, *, frozen_clock: FixedClock
) -> None:
    administrator = client_for(cast.administrator)

    def told() -> str:
        return administrator.get("/payments/reconciliation/").content.decode()

    assert "Chưa có gì để đối soát" in told()
    secret = enter_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    pay_online(asked, secret, at=clock().now())
    assert "có sau khi hết ngày" in told()
    assert "chưa nhập" not in told()
    paid_on = today(clock())
    frozen_clock.instant += timedelta(days=1)
    assert "chưa nhập" in told()
    assert "Không có chênh lệch" not in told()
    file = SimpleUploadedFile("ngay.csv", b"reference,request,amount,paid_at\n")
    sent = {"gateway": "thu-nghiem", "day": str(paid_on), "file": file}
    assert administrator.post("/payments/reconciliation/", sent).status_code == 302
    assert "chưa nhập" not in told()
    assert "GD-1" in told()


def test_a_refused_daily_file_keeps_its_day(asked: str, cast: Cast, client_for: SignIn) -> None:
    enter_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    sent = {
        "gateway": "thu-nghiem",
        "day": "2026-02-27",
        "file": SimpleUploadedFile("ngay.csv", b"reference;amount\n"),
    }
    answer = client_for(cast.administrator).post("/payments/reconciliation/", sent)
    assert answer.status_code == 400
    assert 'value="2026-02-27"' in answer.content.decode()


def test_the_gateway_for_trying_out_exists_only_where_all_is_made_up(asked: str, client: Client) -> None:
    enter_gateway(TRY_GATEWAY, address="/payments/try/", actor=console_actor())
    address = f"/payments/try/?request={asked}"
    assert client.get(address).status_code == 404
    set_installation(synthetic=True)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 200
    assert client.post(address).status_code == 200
    assert FeeRequest.objects.get(code=asked).state == "paid"
    assert Payment.objects.filter(counts=True).count() == 1


def test_a_refund_is_turned_down_by_the_head_or_by_who_asked(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.unit_head)
    clerk.post(f"/payments/{asked}/", {"deed": "cash", "amount": "30000"})
    payment = Payment.objects.get()
    asking = {"deed": "ask_refund", "payment": payment.code, "amount": "30000", "reason": "Nhầm"}
    no = {"deed": "turn_down", "payment": payment.code, "reason": "Không có căn cứ"}
    assert head.post(f"/payments/{asked}/", no).status_code == 400
    clerk.post(f"/payments/{asked}/", asking)
    assert "Không hoàn trả" in head.get(f"/payments/{asked}/").content.decode()
    assert head.post(f"/payments/{asked}/", {**no, "reason": " "}).status_code == 400
    assert head.post(f"/payments/{asked}/", no).status_code == 302
    assert "Không có căn cứ" in clerk.get(f"/payments/{asked}/").content.decode()
    assert "Không có căn cứ" not in client_for(cast.observer).get(f"/payments/{asked}/").content.decode()
    clerk.post(f"/payments/{asked}/", asking)
    assert clerk.post(f"/payments/{asked}/", no).status_code == 302
    assert not payment.refunds.exists()
    assert FeeRequest.objects.get(code=asked).state == "paid"


def test_money_to_be_given_back_is_found(asked: str, cast: Cast, client_for: SignIn) -> None:
    set_installation(synthetic=True)
    enter_gateway(TRY_GATEWAY, address="/payments/try/", actor=console_actor())
    clerk = client_for(cast.clerk)
    clerk.post(f"/payments/{asked}/", {"deed": "cash", "amount": "30000"})
    assert asked not in clerk.get("/payments/?state=surplus").content.decode()
    Client().post(f"/payments/try/?request={asked}")
    assert asked in clerk.get("/payments/?state=surplus").content.decode()
    surplus = Payment.objects.get(counts=False).code
    asking = {"deed": "ask_refund", "payment": surplus, "amount": "30000", "reason": "Nộp hai lần"}
    clerk.post(f"/payments/{asked}/", asking)
    client_for(cast.unit_head).post(f"/payments/{asked}/", {"deed": "do_refund", "payment": surplus})
    assert asked not in clerk.get("/payments/?state=surplus").content.decode()
