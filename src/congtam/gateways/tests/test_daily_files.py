"""The daily file of a gateway: what was not heard of is settled, what differs is listed, a faulty file does nothing."""

from __future__ import annotations

from datetime import date

import pytest

from congtam.foundation.public import actor_for, console_actor
from congtam.gateways.actions.reconcile import import_statement
from congtam.gateways.models import StatementLine
from congtam.gateways.tests.gateway import ask, call, message
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.payments.public import request_fee
from congtam.testing.cast import Cast
from congtam.testing.doors.payments import FeeRequest, Payment


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
