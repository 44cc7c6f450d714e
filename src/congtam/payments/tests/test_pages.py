"""The pages of payments: who sees what, and what they do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from congtam.foundation.public import actor_for, console_actor, set_installation_notes
from congtam.gateways.public import TRY_GATEWAY, create_or_update_gateway
from congtam.payments.models import FeeRequest, Payment
from congtam.payments.public import enter_bank_account, request_fee
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
    wrong = clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "3.000"})
    assert wrong.status_code == 400
    assert "30000" in wrong.content.decode()
    right = clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "30.000"})
    assert right.status_code == 302
    assert FeeRequest.objects.get(code=asked).state == "paid"


def test_a_refund_is_asked_for_and_carried_out_by_two_people(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.unit_head)
    clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "30000"})
    payment = Payment.objects.get().code
    asking = {"operation": "request_refund", "payment": payment, "amount": "30000", "reason": "Rút hồ sơ"}
    assert clerk.post(f"/payments/{asked}/", asking).status_code == 302
    doing = {"operation": "complete_refund", "payment": payment, "reference": "UNC-1"}
    assert clerk.post(f"/payments/{asked}/", doing).status_code == 400
    assert 'name="expected_pending" value="30000"' in head.get(f"/payments/{asked}/").content.decode()
    assert head.post(f"/payments/{asked}/", {**doing, "expected_pending": "20000"}).status_code == 400
    assert head.post(f"/payments/{asked}/", doing).status_code == 302
    assert FeeRequest.objects.get(code=asked).state == "refunded"


def test_a_refund_is_turned_down_by_the_head_or_by_who_asked(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, head = client_for(cast.clerk), client_for(cast.unit_head)
    clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "30000"})
    payment = Payment.objects.get()
    asking = {"operation": "request_refund", "payment": payment.code, "amount": "30000", "reason": "Nhầm"}
    no = {"operation": "refuse_refund", "payment": payment.code, "reason": "Không có căn cứ"}
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
    set_installation_notes(synthetic=True)
    create_or_update_gateway(TRY_GATEWAY, address="/payments/try/", actor=console_actor())
    clerk = client_for(cast.clerk)
    clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "30000"})
    assert asked not in clerk.get("/payments/?state=surplus").content.decode()
    Client().post(f"/payments/try/?request={asked}")
    assert asked in clerk.get("/payments/?state=surplus").content.decode()
    surplus = Payment.objects.get(counts=False).code
    asking = {"operation": "request_refund", "payment": surplus, "amount": "30000", "reason": "Nộp hai lần"}
    clerk.post(f"/payments/{asked}/", asking)
    client_for(cast.unit_head).post(
        f"/payments/{asked}/", {"operation": "complete_refund", "payment": surplus}
    )
    assert asked not in clerk.get("/payments/?state=surplus").content.decode()
