"""Cash at the counters: who takes it for whom, who holds it, who sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from congtam.foundation.public import actor_for, console_actor, lines_about
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.payments.actions.refunds import complete_refund, request_refund
from congtam.payments.models import Payment
from congtam.payments.public import cancel, pay_cash, request_fee
from congtam.testing.cast import Cast
from congtam.testing.ledger import audit_lines

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def ask(*, unit: str, counter: str = "", amount: int = 30_000) -> str:
    return request_fee(
        dossier_code="H-1",
        unit_code=unit,
        counter_unit_code=counter,
        amount_dong=amount,
        reason="Lệ phí",
        actor=console_actor(),
    )


@pytest.fixture
def asked(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    """A fee of unit 026 in a dossier that was handed in at 024."""
    return ask(unit="026", counter="024")


def test_the_counter_takes_it_and_holds_it_with_a_receipt_of_its_own(asked: str, cast: Cast) -> None:
    number = pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    assert number == "024-2026-000001"
    assert Payment.objects.get().counter_unit_code == "024"
    assert audit_lines(kind="payment")[-1].verb == "payment.received"
    assert lines_about("payment", asked)[0].data["counter"] == "024"


def test_the_unit_that_asks_takes_it_too(asked: str, cast: Cast) -> None:
    assert pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.outsider)) == "026-2026-000001"


@pytest.mark.parametrize(
    ("part", "fault"), [("officer", NotFound), ("observer", NotFound), ("citizen", NotFound)]
)
def test_nobody_else_sees_or_takes_it(*, asked: str, cast: Cast, part: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        pay_cash(asked, amount_dong=30_000, actor=actor_for(getattr(cast, part)))


def test_a_counter_takes_nothing_of_dossiers_handed_in_elsewhere(asked: str, cast: Cast) -> None:
    other = ask(unit="026")
    with pytest.raises(NotFound):
        pay_cash(other, amount_dong=30_000, actor=actor_for(cast.clerk))


def test_only_who_asks_may_ask_no_longer(asked: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        cancel(asked, reason="Miễn", actor=actor_for(cast.clerk))
    cancel(asked, reason="Miễn", actor=actor_for(cast.outsider))


def test_the_counter_that_holds_the_money_gives_it_back(asked: str, cast: Cast) -> None:
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    payment = Payment.objects.get()
    request_refund(payment.code, amount_dong=30_000, reason="Rút", actor=actor_for(cast.clerk))
    complete_refund(payment.code, reference="PC-1", actor=actor_for(cast.unit_head))


def test_the_page_tells_each_counter_what_it_holds_for_whom(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    clerk, head = actor_for(cast.clerk), actor_for(cast.unit_head)
    pay_cash(asked, amount_dong=30_000, actor=clerk)
    pay_cash(ask(unit="024", amount=8000), amount_dong=8000, actor=clerk)
    payment = Payment.objects.get(amount_dong=8000)
    request_refund(payment.code, amount_dong=3000, reason="Thu thừa", actor=clerk)
    complete_refund(payment.code, reference="PC-2", actor=head)
    page = client_for(cast.clerk).get("/payments/cash/?counter=024").content.decode()
    for told in ("30.000 ₫", "5.000 ₫", "38.000 ₫", "024-2026-000002", "Đồng Văn"):
        assert told in page
    other = client_for(cast.outsider).get("/payments/cash/?counter=024").content.decode()
    assert "30.000 ₫" in other
    assert "8.000 ₫" not in other
    assert "30.000 ₫" not in client_for(cast.citizen).get("/payments/cash/").content.decode()


@pytest.mark.parametrize("part", ["officer", "observer"])
def test_who_takes_no_money_reads_nothing_there_of_other_units_dossiers(
    *, asked: str, cast: Cast, client_for: SignIn, part: str
) -> None:
    pay_cash(asked, amount_dong=30_000, actor=actor_for(cast.clerk))
    client = client_for(getattr(cast, part))
    assert client.get(f"/payments/{asked}/").status_code == 404
    page = client.get("/payments/cash/?counter=024").content.decode()
    assert asked not in page
    assert "30.000 ₫" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [("?from=2026-03-03&to=2026-03-02", 400), ("?from=x&to=9999-12-31", 200)],
)
def test_odd_days_are_no_fault_of_the_server(
    *, asked: str, cast: Cast, client_for: SignIn, query: str, status: int
) -> None:
    assert client_for(cast.clerk).get(f"/payments/cash/{query}").status_code == status
    assert client_for(cast.clerk).post(f"/payments/cash/{query}").status_code == 405


def test_a_second_click_asks_nothing_back_twice(asked: str, cast: Cast, client_for: SignIn) -> None:
    clerk = client_for(cast.clerk)
    clerk.post(f"/payments/{asked}/", {"operation": "cash", "amount": "30.000"})
    payment = Payment.objects.get()
    form = {
        "operation": "request_refund",
        "payment": payment.code,
        "amount": "10000",
        "expected_refundable": "30000",
        "reason": "Thu thừa",
    }
    assert clerk.post(f"/payments/{asked}/", form).status_code == 302
    assert clerk.post(f"/payments/{asked}/", form).status_code == 400
    assert payment.refunds.count() == 1
