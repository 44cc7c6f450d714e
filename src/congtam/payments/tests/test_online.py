"""What the room of gateways reads of our books: by number and by day, and only what the reader may see."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from congtam.foundation.public import actor_for, console_actor, system_actor
from congtam.payments.public import (
    PaymentNotice,
    SettlementOutcome,
    find_payable_request,
    has_online_payments_before,
    online_payment,
    online_payment_counts,
    online_payments,
    pay_cash,
    request_fee,
    settle,
    unit_of_request,
)
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
LATE_IN_LONDON = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
"""Already the first of March in Việt Nam."""


@pytest.fixture
def paid(frozen_clock: object, small_tree: None) -> str:
    """A fee of unit 024 that was paid through a gateway, and another that was paid in cash."""
    code, other = (
        request_fee(
            dossier_code="H-1", unit_code="024", amount_dong=30_000, reason="Phí", actor=console_actor()
        )
        for _ in range(2)
    )
    notice = PaymentNotice(reference="GD-1", request_code=code, amount_dong=30_000, paid_at=LATE_IN_LONDON)
    assert settle(notice, gateway="cong", actor=system_actor("gateway-cong")) is SettlementOutcome.SETTLED
    pay_cash(other, amount_dong=30_000, actor=console_actor())
    return code


def test_a_payment_is_found_by_its_number_and_on_its_day(paid: str) -> None:
    actor = console_actor()
    found = online_payment("cong", "GD-1", to=actor)
    assert found is not None
    assert (found.request_code, found.unit_code, found.amount_dong) == (paid, "024", 30_000)
    assert online_payment("other", "GD-1", to=actor) is None
    assert online_payments("cong", date(2026, 3, 1), to=actor) == [found]
    assert online_payments("cong", date(2026, 2, 28), to=actor) == []


def test_days_are_counted_without_cash(paid: str) -> None:
    actor = console_actor()
    assert online_payment_counts(date(2026, 3, 1), to=actor) == {("cong", date(2026, 3, 1)): 1}
    assert online_payment_counts(date(2026, 3, 2), to=actor) == {}
    assert has_online_payments_before("cong", date(2026, 3, 2), to=actor)
    assert not has_online_payments_before("cong", date(2026, 3, 1), to=actor)


def test_who_does_not_see_the_unit_reads_nothing(paid: str, cast: Cast) -> None:
    clerk, outsider = actor_for(cast.clerk), actor_for(cast.outsider)
    assert online_payment("cong", "GD-1", to=clerk) is not None
    assert unit_of_request(paid, to=clerk) == "024"
    assert online_payment("cong", "GD-1", to=outsider) is None
    assert online_payments("cong", date(2026, 3, 1), to=outsider) == []
    assert online_payment_counts(date(2026, 3, 1), to=outsider) == {}
    assert not has_online_payments_before("cong", date(2026, 3, 2), to=outsider)
    assert unit_of_request(paid, to=outsider) == ""


def test_a_payer_who_has_the_code_sees_what_is_to_be_paid(paid: str) -> None:
    found = find_payable_request(paid)
    assert found is not None
    assert (found.amount_dong, found.reason, found.is_open) == (30_000, "Phí", False)
    assert find_payable_request("CTNOBODY") is None
