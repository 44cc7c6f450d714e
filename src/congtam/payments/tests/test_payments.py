"""Cash comes in once, settles once, and can be given back; a request is paid by transfer too."""

from __future__ import annotations

import pytest

from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.payments.actions.refunds import complete_refund, request_refund
from congtam.payments.models import FeeRequest, Payment
from congtam.payments.public import (
    RequestNotOpen,
    enter_bank_account,
    fee_requests,
    pay_cash,
    request_fee,
    vietqr,
)
from congtam.testing.cast import Cast
from congtam.testing.ledger import audit_lines, outbox_payloads


def ask(actor: Actor) -> str:
    return request_fee(dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Lệ phí", actor=actor)


@pytest.fixture
def asked(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    return ask(actor_for(cast.clerk))


def test_cash_settles_a_request_once(asked: str, cast: Cast) -> None:
    clerk = actor_for(cast.clerk)
    assert pay_cash(asked, amount_dong=30_000, actor=clerk) == "024-2026-000001"
    with pytest.raises(RequestNotOpen):
        pay_cash(asked, amount_dong=30_000, actor=clerk)
    (view,) = fee_requests(["H-1"], to=clerk)
    assert (view.state, view.paid_dong, view.way) == ("paid", 30_000, "cash")
    (told,) = outbox_payloads("payments.settled")
    assert (told["dossier_code"], told["way"], told["amount_dong"]) == ("H-1", "cash", 30_000)
    assert [line.verb for line in audit_lines(kind="payment")] == ["payment.requested", "payment.received"]


def test_another_amount_of_cash_is_refused(asked: str, cast: Cast) -> None:
    with pytest.raises(InputRefused) as error:
        pay_cash(asked, amount_dong=20_000, actor=actor_for(cast.clerk))
    assert error.value.problems[0].column == "amount_dong"
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("part", "fault"), [("officer", NotAllowed), ("outsider", NotFound), ("citizen", NotFound)]
)
def test_who_may_not_take_money(*, asked: str, cast: Cast, part: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        pay_cash(asked, amount_dong=30_000, actor=actor_for(getattr(cast, part)))


def test_nobody_carries_out_the_refund_they_asked_for(asked: str, cast: Cast) -> None:
    head = actor_for(cast.unit_head)
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    payment = Payment.objects.get()
    request_refund(payment.code, amount_dong=30_000, reason="Rút hồ sơ", actor=head)
    with pytest.raises(NotAllowed):
        complete_refund(payment.code, reference="", actor=head)


def test_a_settled_request_that_is_given_back_is_refunded(asked: str, cast: Cast) -> None:
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    payment = Payment.objects.get()
    request_refund(payment.code, amount_dong=30_000, reason="Rút hồ sơ", actor=actor_for(cast.clerk))
    complete_refund(payment.code, reference="UNC-8", actor=actor_for(cast.unit_head))
    assert FeeRequest.objects.get(code=asked).state == "refunded"


def test_the_qr_code_pays_this_request(asked: str) -> None:
    enter_bank_account(
        "024", bank_bin="970415", number="113366668888", holder="UBND TP Hà Giang", actor=console_actor()
    )
    text = vietqr(asked)
    assert "540530000" in text
    assert asked in text
