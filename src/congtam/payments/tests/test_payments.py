"""Money comes in once, settles once, and can be given back; whatever the gateway repeats."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.payments.actions.reconcile import import_statement
from congtam.payments.actions.refunds import RefundRefused, ask_refund, do_refund
from congtam.payments.actions.settle import Outcome, receive_callback
from congtam.payments.domain.signing import CallbackRefused, signature
from congtam.payments.models import FeeRequest, Payment, StatementLine
from congtam.payments.public import (
    RequestNotOpen,
    cancel,
    enter_bank_account,
    enter_gateway,
    fee_requests,
    pay_cash,
    payment_link,
    request_fee,
    unsettled_twice,
    vietqr,
)
from congtam.testing.cast import Cast
from congtam.testing.ledger import audit_lines, outbox_payloads
from congtam.testing.own_database import at_once

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def ask(actor: Actor) -> str:
    return request_fee(dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Lệ phí", actor=actor)


@pytest.fixture
def asked(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    return ask(actor_for(cast.clerk))


@pytest.fixture
def secret(asked: str) -> str:
    return enter_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())


def message(request: str, *, amount: Any = 30_000, reference: str = "GD-1", paid_at: str = "") -> bytes:
    paid_at = paid_at or (NOW - timedelta(minutes=1)).isoformat()
    return json.dumps(
        {"reference": reference, "request": request, "amount": amount, "paid_at": paid_at}
    ).encode()


def call(secret: str, body: bytes, *, sent: datetime = NOW, given: str = "") -> Outcome:
    sent_at = str(int(sent.timestamp()))
    signed = given or signature(secret, sent_at=sent_at, body=body)
    return receive_callback("thu-nghiem", sent_at=sent_at, given=signed, body=body)


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


def test_a_repeated_callback_counts_once(asked: str, secret: str) -> None:
    outcomes = [call(secret, message(asked)) for _ in range(3)]
    assert outcomes == [Outcome.SETTLED, Outcome.REPEATED, Outcome.REPEATED]
    assert Payment.objects.count() == 1
    assert len(outbox_payloads("payments.settled")) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({"amount": 29_999}, Outcome.AMOUNT_DIFFERS, id="another amount"),
        pytest.param({"request": "CTUNKNOWN"}, Outcome.UNKNOWN_REQUEST, id="unknown request"),
    ],
)
def test_odd_payments_do_not_settle(
    *, asked: str, secret: str, body: dict[str, Any], expected: Outcome
) -> None:
    told = {**json.loads(message(asked)), **body}
    assert call(secret, json.dumps(told).encode()) == expected
    assert FeeRequest.objects.get(code=asked).state == "open"
    assert unsettled_twice() == []


def test_cash_and_then_online_is_a_surplus_to_be_given_back(asked: str, secret: str, cast: Cast) -> None:
    clerk, head = actor_for(cast.clerk), actor_for(cast.unit_head)
    pay_cash(asked, amount_dong=30_000, actor=clerk)
    assert call(secret, message(asked)) == Outcome.SURPLUS
    surplus = Payment.objects.get(counts=False)
    ask_refund(surplus.code, amount_dong=30_000, reason="Nộp hai lần", actor=clerk)
    with pytest.raises(RefundRefused):
        ask_refund(surplus.code, amount_dong=1, reason="Nữa", actor=clerk)
    do_refund(surplus.code, reference="UNC-7", actor=head)
    assert FeeRequest.objects.get(code=asked).state == "paid"


def test_nobody_carries_out_the_refund_they_asked_for(asked: str, cast: Cast) -> None:
    head = actor_for(cast.unit_head)
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    payment = Payment.objects.get()
    ask_refund(payment.code, amount_dong=30_000, reason="Rút hồ sơ", actor=head)
    with pytest.raises(NotAllowed):
        do_refund(payment.code, reference="", actor=head)


def test_a_settled_request_that_is_given_back_is_refunded(asked: str, cast: Cast) -> None:
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    payment = Payment.objects.get()
    ask_refund(payment.code, amount_dong=30_000, reason="Rút hồ sơ", actor=actor_for(cast.clerk))
    do_refund(payment.code, reference="UNC-8", actor=actor_for(cast.unit_head))
    assert FeeRequest.objects.get(code=asked).state == "refunded"


@pytest.mark.parametrize("case", ["forged", "old", "ahead", "other body"])
def test_what_the_gateway_did_not_sign_is_refused(asked: str, secret: str, case: str) -> None:
    body = message(asked)
    genuine = signature(secret, sent_at=str(int(NOW.timestamp())), body=body)
    wrong: dict[str, dict[str, Any]] = {
        "forged": {"body": body, "given": "0" * 64},
        "old": {"body": body, "sent": NOW - timedelta(hours=1)},
        "ahead": {"body": body, "sent": NOW + timedelta(hours=1)},
        "other body": {"body": body + b" ", "given": genuine},
    }
    with pytest.raises(CallbackRefused):
        call(secret, **wrong[case])
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 400),
        (b"{}", 400),
        (b"\xff", 400),
        (message("CT1", amount=True), 400),
        (message("CT1", amount="9"), 400),
        (message("CT1", paid_at="0001-01-01T00:00:00+14:00"), 400),
        (message("CT1", paid_at="9999-12-31T23:59:59-12:00"), 400),
    ],
)
def test_a_signed_message_of_the_wrong_form_is_told_so(
    *, asked: str, secret: str, client: Client, body: bytes, status: int
) -> None:
    sent_at = str(int(NOW.timestamp()))
    headers = {
        "X-Signature": signature(secret, sent_at=sent_at, body=body),
        "X-Sent-At": sent_at,
    }
    answer = client.post(
        "/payments/callback/thu-nghiem/", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == status


def test_a_cancelled_request_is_not_settled(asked: str, secret: str, cast: Cast) -> None:
    cancel(asked, reason="Được miễn", actor=actor_for(cast.clerk))
    assert call(secret, message(asked)) == Outcome.SURPLUS
    assert FeeRequest.objects.get(code=asked).state == "cancelled"


def test_the_daily_file_settles_what_was_not_heard_of(asked: str, secret: str, cast: Cast) -> None:
    other = request_fee(
        dossier_code="H-2", unit_code="024", amount_dong=5_000, reason="Phí", actor=actor_for(cast.clerk)
    )
    call(secret, message(other, amount=5_000, reference="GD-9"))
    file = (
        "reference,request,amount,paid_at\n"
        f"GD-1,{asked},30000,2026-03-02T08:00:00+07:00\n"
        "GD-2,CTNOBODY,1000,2026-03-02T08:05:00+07:00\n"
    ).encode()
    for _ in range(2):
        import_statement("thu-nghiem", date(2026, 3, 2), file, actor=console_actor())
    found = dict(StatementLine.objects.values_list("reference", "outcome"))
    assert found == {"GD-1": "matched", "GD-2": "unknown_request", "GD-9": "missing_in_file"}
    assert Payment.objects.count() == 2
    assert FeeRequest.objects.get(code=asked).state == "paid"


def test_a_reference_we_know_for_another_request_differs(asked: str, secret: str, cast: Cast) -> None:
    """The same amount, so that nothing but the request tells them apart."""
    other = ask(actor_for(cast.clerk))
    call(secret, message(asked, reference="GD-1"))
    file = (f"reference,request,amount,paid_at\nGD-1,{other},30000,2026-03-02T08:00:00+07:00\n").encode()
    import_statement("thu-nghiem", date(2026, 3, 2), file, actor=console_actor())
    assert list(StatementLine.objects.values_list("outcome", flat=True)) == ["amount_differs"]
    assert FeeRequest.objects.get(code=other).state == "open"


def test_nobody_has_paid_ahead_of_time(asked: str, secret: str) -> None:
    """A gateway whose clock is fast: the clock of the dossier would run again from an instant to come."""
    call(secret, message(asked, paid_at=(NOW + timedelta(days=1)).isoformat()))
    assert Payment.objects.get().paid_at == FeeRequest.objects.get(code=asked).settled_at == NOW


def test_a_faulty_file_changes_nothing_and_tells_everything(asked: str, secret: str) -> None:
    file = (
        f"reference,request,amount,paid_at\nGD-1,{asked},30000,2026-03-02T08:00:00+07:00\n"
        f"GD-1,{asked},x,2026-03-01T08:00:00+07:00\n,,,\n"
    ).encode()
    with pytest.raises(InputRefused) as error:
        import_statement("thu-nghiem", date(2026, 3, 2), file, actor=console_actor())
    told = [(problem.row, problem.column) for problem in error.value.problems]
    assert told == [(3, "amount"), (3, "paid_at"), (3, "reference"), (4, "reference")]
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("GD-1,CT1,1" + "0" * 18 + ",2026-03-02T08:00:00+07:00", id="no column holds the amount"),
        pytest.param("GD-1,CT1,5,0001-01-01T00:00:00+14:00", id="before all time"),
        pytest.param("GD-1,CT1,5,9999-12-31T23:59:59-12:00", id="after all time"),
        pytest.param("GD\x00,CT1,5,2026-03-02T08:00:00+07:00", id="a zero byte"),
        pytest.param("G" * 200 + ",CT1,5,2026-03-02T08:00:00+07:00", id="an endless reference"),
        pytest.param('"' + "G" * 200_000 + '",CT1,5,2026-03-02T08:00:00+07:00', id="no table at all"),
    ],
)
def test_a_file_that_no_gateway_writes_is_refused_with_its_row(secret: str, row: str) -> None:
    file = f"reference,request,amount,paid_at\n{row}\n".encode()
    with pytest.raises(InputRefused) as error:
        import_statement("thu-nghiem", date(2026, 3, 2), file, actor=console_actor())
    assert {problem.row for problem in error.value.problems} == {2}


def test_only_an_administrator_reconciles(asked: str, secret: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        import_statement("thu-nghiem", date(2026, 3, 2), b"", actor=actor_for(cast.reform_officer))


def test_the_qr_code_pays_this_request(asked: str, secret: str) -> None:
    enter_bank_account(
        "024", bank_bin="970415", number="113366668888", holder="UBND TP Hà Giang", actor=console_actor()
    )
    text = vietqr(asked)
    assert "540530000" in text
    assert asked in text
    assert payment_link(asked) == f"https://cong.example/pay?request={asked}"


def test_ten_callbacks_at_once_count_once(frozen_clock: object, racing: Cast) -> None:
    asked = ask(actor_for(racing.clerk))
    secret = enter_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    outcomes = at_once([lambda: call(secret, message(asked))] * 10)
    assert sorted(outcomes) == sorted([Outcome.SETTLED] + [Outcome.REPEATED] * 9)
    assert Payment.objects.filter(counts=True).count() == 1
