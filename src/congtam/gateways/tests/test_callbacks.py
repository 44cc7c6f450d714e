"""A gateway says that somebody paid: its messages count once, whatever it repeats, and only what it signed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from congtam.foundation.public import actor_for, console_actor
from congtam.gateways.domain.signing import CallbackRefused, signature
from congtam.gateways.public import create_or_update_gateway
from congtam.gateways.queries import payment_link
from congtam.gateways.tests.gateway import NOW, ask, call, message
from congtam.payments.public import (
    ONLINE_PAYMENT,
    SettlementOutcome,
    cancel,
    contradictory_requests,
    pay_cash,
)
from congtam.testing.cast import Cast
from congtam.testing.doors.payments import FeeRequest, Payment, RefundRefused, complete_refund, request_refund
from congtam.testing.ledger import outbox_payloads
from congtam.testing.own_database import at_once


def test_a_repeated_callback_counts_once(asked: str, secret: str) -> None:
    outcomes = [call(secret, message(asked)) for _ in range(3)]
    assert outcomes == [SettlementOutcome.SETTLED, SettlementOutcome.REPEATED, SettlementOutcome.REPEATED]
    assert Payment.objects.count() == 1
    assert len(outbox_payloads("payments.settled")) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({"amount": 29_999}, SettlementOutcome.AMOUNT_DIFFERS, id="another amount"),
        pytest.param({"request": "CTUNKNOWN"}, SettlementOutcome.UNKNOWN_REQUEST, id="unknown request"),
    ],
)
def test_odd_payments_do_not_settle(
    *, asked: str, secret: str, body: dict[str, Any], expected: SettlementOutcome
) -> None:
    told = {**json.loads(message(asked)), **body}
    assert call(secret, json.dumps(told).encode()) == expected
    assert FeeRequest.objects.get(code=asked).state == "open"
    assert contradictory_requests() == []


def test_cash_and_then_online_is_a_surplus_to_be_given_back(asked: str, secret: str, cast: Cast) -> None:
    clerk, head = actor_for(cast.clerk), actor_for(cast.unit_head)
    pay_cash(asked, amount_dong=30_000, actor=clerk)
    assert call(secret, message(asked)) == SettlementOutcome.SURPLUS
    surplus = Payment.objects.get(counts=False)
    request_refund(surplus.code, amount_dong=30_000, reason="Nộp hai lần", actor=clerk)
    with pytest.raises(RefundRefused):
        request_refund(surplus.code, amount_dong=1, reason="Nữa", actor=clerk)
    complete_refund(surplus.code, reference="UNC-7", actor=head)
    assert FeeRequest.objects.get(code=asked).state == "paid"


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
    assert call(secret, message(asked)) == SettlementOutcome.SURPLUS
    assert FeeRequest.objects.get(code=asked).state == "cancelled"


def test_nobody_has_paid_ahead_of_time(asked: str, secret: str) -> None:
    """A gateway whose clock is fast: the clock of the dossier would run again from an instant to come."""
    call(secret, message(asked, paid_at=(NOW + timedelta(days=1)).isoformat()))
    assert Payment.objects.get().paid_at == FeeRequest.objects.get(code=asked).settled_at == NOW


def test_ten_callbacks_at_once_count_once(frozen_clock: object, racing: Cast) -> None:
    asked = ask(actor_for(racing.clerk))
    secret = create_or_update_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    outcomes = at_once([lambda: call(secret, message(asked))] * 10)
    assert sorted(outcomes) == sorted([SettlementOutcome.SETTLED] + [SettlementOutcome.REPEATED] * 9)
    assert Payment.objects.filter(counts=True).count() == 1


def test_the_link_pays_this_request(asked: str, secret: str) -> None:
    assert payment_link(asked) == f"https://cong.example/pay?request={asked}"
    assert ONLINE_PAYMENT.url(asked) == payment_link(asked)


def test_without_a_gateway_there_is_no_link(asked: str) -> None:
    assert ONLINE_PAYMENT.url(asked) == ""
