"""Whatever is done in whatever order, or at once: the books hold, and come to what a plain model says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

import pytest
from django.db import IntegrityError, OperationalError

from congtam.foundation.public import Actor, actor_for, console_actor, find_breaks
from congtam.gateways.public import create_or_update_gateway
from congtam.kernel.errors import DomainError
from congtam.payments.actions.refunds import complete_refund, refuse_refund, request_refund
from congtam.payments.models import FeeRequest, Payment
from congtam.payments.public import SettlementOutcome, cancel, contradictory_requests, pay_cash, request_fee
from congtam.testing.cast import Cast
from congtam.testing.doors.gateways import receive_callback, signature
from congtam.testing.own_database import at_once

NOW: Final = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ASKED: Final = 30_000
NAME: Final = "thu-nghiem"


@dataclass
class Model:
    """A fee request as a child would keep it: what came in, what counts, what was asked back and given back."""

    state: str = "open"
    payments: dict[str, list[int]] = field(default_factory=dict)
    """By the payment's reference or receipt: amount, asked back, given back; the counting one is `settling`."""
    settling: str = ""
    told: set[str] = field(default_factory=set)

    def cash(self, amount: int) -> bool:
        if self.state != "open" or amount != ASKED:
            return False
        self.state, self.settling = "paid", "cash"
        self.payments["cash"] = [amount, 0, 0]
        return True

    def callback(self, reference: str, amount: int) -> str:
        if reference in self.told:
            return "repeated"
        self.told.add(reference)
        self.payments[reference] = [amount, 0, 0]
        if self.state != "open":
            return "surplus"
        if amount != ASKED:
            return "amount_differs"
        self.state, self.settling = "paid", reference
        return "settled"

    def cancel(self) -> bool:
        is_open, self.state = self.state == "open", "cancelled" if self.state == "open" else self.state
        return is_open

    def ask_back(self, name: str, amount: int) -> bool:
        total, asked, _given = self.payments[name]
        fits = 0 < amount <= total - asked
        self.payments[name][1] += amount if fits else 0
        return fits

    def turn_down(self, name: str) -> bool:
        _total, asked, given = self.payments[name]
        self.payments[name][1] = given
        return asked > given

    def give_back(self, name: str) -> bool:
        total, asked, given = self.payments[name]
        self.payments[name][2] = asked
        if name == self.settling and asked == total and asked > given:
            self.state = "refunded"
        return asked > given


class Desk:
    """The real books, done to as the model is."""

    def __init__(self, cast: Cast) -> None:
        self.clerk, self.head = actor_for(cast.clerk), actor_for(cast.unit_head)
        self.secret = create_or_update_gateway(
            NAME, address="https://cong.example/pay", actor=console_actor()
        )
        self.request = ask(self.clerk)

    def done(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except DomainError:
            return False
        return True

    def callback(self, reference: str, amount: int) -> str:
        return call(self.secret, self.request, reference=reference, amount=amount).value

    def code(self, name: str) -> str:
        found = Payment.objects.filter(request__code=self.request)
        return (found.get(way="cash") if name == "cash" else found.get(reference=name)).code


def ask(actor: Actor) -> str:
    return request_fee(dossier_code="H-1", unit_code="024", amount_dong=ASKED, reason="Lệ phí", actor=actor)


def call(secret: str, request: str, *, reference: str, amount: int = ASKED) -> SettlementOutcome:
    told = {"reference": reference, "request": request, "amount": amount, "paid_at": NOW.isoformat()}
    body, sent_at = json.dumps(told).encode(), str(int(NOW.timestamp()))
    signed = signature(secret, sent_at=sent_at, body=body)
    return receive_callback(NAME, sent_at=sent_at, received_signature=signed, body=body)


def step(draw: Random, model: Model, desk: Desk) -> tuple[object, object]:
    """One thing done to both; what each says of it."""
    amount = draw.choice([ASKED, ASKED, ASKED, 1000])
    what = draw.choice(
        ["cash", "callback", "callback", "cancel", "ask_back", "ask_back", "give_back", "turn_down"]
    )
    if what == "cash":
        act = lambda: pay_cash(desk.request, amount_dong=amount, actor=desk.clerk)  # noqa: E731
        return model.cash(amount), desk.done(act)
    if what == "cancel":
        act = lambda: cancel(desk.request, reason="Miễn", actor=desk.clerk)  # type: ignore[assignment,return-value]  # noqa: E731
        return model.cancel(), desk.done(act)
    if what == "callback" or not model.payments:
        reference = f"GD-{draw.randrange(5)}"
        return model.callback(reference, amount), desk.callback(reference, amount)
    name = draw.choice(sorted(model.payments))
    code, back = desk.code(name), draw.choice([amount, 500, 10_000])
    if what == "ask_back":
        ask_it = lambda: request_refund(code, amount_dong=back, reason="Rút", actor=desk.clerk)  # noqa: E731
        return model.ask_back(name, back), desk.done(ask_it)
    if what == "turn_down":
        drop_it = lambda: refuse_refund(code, reason="Nhầm", actor=desk.clerk)  # noqa: E731
        return model.turn_down(name), desk.done(drop_it)
    return model.give_back(name), desk.done(lambda: complete_refund(code, reference="PC", actor=desk.head))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(25))
def test_the_books_come_to_what_the_model_says(
    frozen_clock: object, small_tree: None, *, cast: Cast, seed: int
) -> None:
    draw, model, desk = Random(seed), Model(), Desk(cast)  # noqa: S311 - a walk, not a secret
    for _ in range(18):
        expected, found = step(draw, model, desk)
        assert found == expected
        assert FeeRequest.objects.get(code=desk.request).state == model.state
    books = {
        ("cash" if payment.way == "cash" else payment.reference): [
            payment.amount_dong,
            sum(each.amount_dong for each in payment.refunds.all()),
            sum(each.amount_dong for each in payment.refunds.all() if each.done_at),
        ]
        for payment in Payment.objects.filter(request__code=desk.request)
    }
    assert books == model.payments
    assert_hold(desk.request)


def assert_hold(code: str) -> None:
    """What must be true of any request, whatever was done to it."""
    request = FeeRequest.objects.get(code=code)
    payments = list(request.payments.all())
    counting = [payment for payment in payments if payment.counts]
    assert [payment.amount_dong for payment in counting] in ([], [request.amount_dong])
    assert bool(counting) == (request.state in {"paid", "refunded"})
    for payment in payments:
        asked = [refund.amount_dong for refund in payment.refunds.all()]
        given = [refund.amount_dong for refund in payment.refunds.all() if refund.done_at]
        assert sum(given) <= sum(asked) <= payment.amount_dong
        assert not payment.counts or (sum(given) == payment.amount_dong) == (request.state == "refunded")
    receipts = [payment.receipt_number for payment in payments if payment.receipt_number]
    assert len(receipts) == len(set(receipts)) == len(counting)
    assert contradictory_requests() == []
    assert list(find_breaks()) == []


@pytest.mark.parametrize("seed", range(3))
def test_everything_at_once(frozen_clock: object, *, racing: Cast, seed: int) -> None:
    draw, desk = Random(seed), Desk(racing)  # noqa: S311 - an order, not a secret
    acts: list[Callable[[], Any]] = [
        *[lambda: pay_cash(desk.request, amount_dong=ASKED, actor=desk.clerk)] * 2,
        *[lambda: desk.callback("GD-1", ASKED)] * 2,
        lambda: desk.callback("GD-2", ASKED),
        *[lambda: cancel(desk.request, reason="Miễn", actor=desk.clerk)] * 2,
    ]
    draw.shuffle(acts)
    assert_only_refused(at_once(acts))
    assert FeeRequest.objects.get(code=desk.request).state in {"paid", "cancelled"}
    assert_hold(desk.request)
    backs: list[Callable[[], Any]] = []
    for payment in Payment.objects.filter(request__code=desk.request):
        asking = lambda code=payment.code: request_refund(  # noqa: E731
            code, amount_dong=20_000, reason="Rút", actor=desk.clerk, expected_refundable_dong=ASKED
        )
        giving = lambda code=payment.code: complete_refund(code, reference="PC", actor=desk.head)  # noqa: E731
        backs += [asking, asking, giving, giving]
    assert_only_refused(at_once(backs))
    for payment in Payment.objects.filter(request__code=desk.request):
        assert sum(refund.amount_dong for refund in payment.refunds.all()) == 20_000
    assert_hold(desk.request)


def assert_only_refused(outcomes: list[Any]) -> None:
    """Nobody met a fault of the database: what could not be done was refused in words."""
    broken = [outcome for outcome in outcomes if isinstance(outcome, IntegrityError | OperationalError)]
    assert broken == []
    others = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, DomainError) for outcome in others), others
