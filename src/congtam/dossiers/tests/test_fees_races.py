"""A fee is paid, waived and cancelled at the same moment its dossier ends: dossier and books agree afterwards."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from congtam.dossiers.fees.domain.fees import BookedFee, payment_way, total_fee
from congtam.dossiers.handling.actions import confirm_payment, stop, waive_payment
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import altered_dossiers, ask_payment, drifted_dossiers, receive
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox, find_breaks
from congtam.kernel.errors import DomainError
from congtam.payments.public import cancel, contradictory_requests, fee_requests, pay_cash
from congtam.testing.cast import Cast
from congtam.testing.own_database import at_once


@pytest.fixture
def db(django_db_setup: None) -> None:
    """No transaction around these tests: they work on a copy of the database (`races`)."""


def waits_for_two(cast: Cast) -> tuple[str, dict[int, str]]:
    """A dossier that was received with a fee of 8,000 and waits for another of 50,000."""
    clerk = desk.part(cast, "clerk")
    code = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    ask_payment(code, amount_dong=50_000, reason="Phí thẩm định", actor=clerk)
    return code, {fee.amount_dong: fee.code for fee in fee_requests([code], to=clerk)}


def assert_agree(code: str) -> Dossier:
    """The dossier says of its fees what the books say; it waits only for what is open."""
    drain_outbox()
    dossier = Dossier.objects.get(code=code)
    views = fee_requests([code], to=console_actor())
    fees = [BookedFee(state=view.state, amount_dong=view.amount_dong, way=view.way) for view in views]
    assert (dossier.payment, dossier.fee_dong) == (payment_way(fees), total_fee(fees))
    waited = next(view for view in views if view.amount_dong == 50_000)
    assert (dossier.state == "awaiting_payment") == (waited.state == "open")
    assert (dossier.suspensions.filter(ended_at__isnull=True).count() == 1) == (waited.state == "open")
    assert contradictory_requests() == []
    assert [*altered_dossiers(), *drifted_dossiers(), *find_breaks()] == []
    return dossier


@pytest.mark.parametrize("seed", range(4))
def test_everything_at_once(races: Cast, seed: int) -> None:
    code, asked = waits_for_two(races)
    clerk = desk.part(races, "clerk")
    acts: list[Callable[[], Any]] = [
        lambda: confirm_payment(code, way="cash", actor=clerk),
        lambda: pay_cash(asked[8000], amount_dong=8000, actor=clerk),
        lambda: pay_cash(asked[50_000], amount_dong=50_000, actor=clerk),
        lambda: cancel(asked[50_000], reason="Miễn", actor=clerk),
        lambda: waive_payment(code, reason="Miễn", actor=clerk),
        lambda: stop(code, reason="Thôi", request=desk.REQUEST, actor=clerk) if seed % 2 else None,
    ]
    Random(seed).shuffle(acts)  # noqa: S311 - an order, not a secret
    faults = [outcome for outcome in at_once(acts) if isinstance(outcome, Exception)]
    assert all(isinstance(fault, DomainError) for fault in faults), faults
    dossier = assert_agree(code)
    assert dossier.state in {"in_progress", "stopped"}


def test_two_clicks_on_waive(races: Cast) -> None:
    code, _asked = waits_for_two(races)
    clerk = desk.part(races, "clerk")
    outcomes = at_once([lambda: waive_payment(code, reason="Miễn", actor=clerk)] * 3)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "Dossier",
        "StepNotAllowed",
        "StepNotAllowed",
    ]
    assert assert_agree(code).payment == "unknown"
