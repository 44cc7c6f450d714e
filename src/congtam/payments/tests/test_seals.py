"""What was changed behind the program in the books of fees is found, whichever column it is in."""

from __future__ import annotations

import pytest
from django.db import connection

from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.kernel.clock import FixedClock
from congtam.payments.actions.refunds import complete_refund, request_refund
from congtam.payments.models import FeeRequest, Payment, Refund
from congtam.payments.public import altered_requests, cancel, pay_cash, request_fee
from congtam.payments.seals import SEALED
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
KEYS = {"id", "request_id", "payment_id"}


@pytest.fixture(autouse=True)
def at_the_desk(frozen_clock: FixedClock, small_tree: None) -> None:
    """A desk whose clock stands."""


def ask(actor: Actor) -> str:
    return request_fee(dossier_code="H-1", unit_code="024", amount_dong=9000, reason="Phí", actor=actor)


@pytest.fixture
def given_back(cast: Cast) -> str:
    """A fee that was paid and, in part, given back."""
    clerk = actor_for(cast.clerk)
    asked = ask(clerk)
    pay_cash(asked, amount_dong=9000, actor=clerk)
    payment = Payment.objects.get().code
    request_refund(payment, amount_dong=4000, reason="Thừa", actor=clerk)
    complete_refund(payment, reference="PC-1", actor=actor_for(cast.unit_head))
    assert list(altered_requests()) == []
    return asked


def change(statement: str) -> list[str]:
    """Do what only somebody with the database in hand can do; the requests found to be altered."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return [found.code for found in altered_requests()]


def test_every_column_is_sealed() -> None:
    """A new column begins another edition of the seal, or names here why it needs none."""
    columns = {
        model._meta.db_table: {field.column for field in model._meta.fields}
        for model in (FeeRequest, Payment, Refund)
    }
    assert {table: names - KEYS for table, names in columns.items()} == {
        table: set(names) for table, names in SEALED.items()
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_feerequest SET amount_dong = 1",
        "UPDATE payments_feerequest SET reason = 'khác'",
        "UPDATE payments_payment SET amount_dong = 8999",
        "UPDATE payments_payment SET counter_unit_code = '026'",
        "UPDATE payments_payment SET paid_at = paid_at - interval '1 day'",
        "UPDATE payments_payment SET recorded_by = 'nobody'",
        "UPDATE payments_refund SET amount_dong = 1",
        "UPDATE payments_refund SET requested_by = 'nobody'",
        "DELETE FROM payments_refund",
    ],
)
def test_a_change_is_found(given_back: str, statement: str) -> None:
    assert change(statement) == [given_back]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_feerequest SET amount_dong = 1",
        "UPDATE payments_feerequest SET dossier_code = 'H-2'",
        "UPDATE payments_feerequest SET state = 'cancelled'",
        "DELETE FROM payments_feerequest",
    ],
)
def test_what_was_only_asked_for_is_known_too(statement: str) -> None:
    asked = ask(console_actor())
    assert change(statement) == [asked]


def test_a_request_put_in_by_hand_is_found(cast: Cast) -> None:
    clerk = actor_for(cast.clerk)
    cancel(ask(clerk), reason="Được miễn", actor=clerk)
    columns = ", ".join(SEALED["payments_feerequest"])
    values = columns.replace("code,", "'CTX',", 1)
    copied = f"INSERT INTO payments_feerequest ({columns}) SELECT {values} FROM payments_feerequest"  # noqa: S608
    assert change(copied) == ["CTX"]


def test_a_payment_moved_to_another_request_is_found_in_both(given_back: str) -> None:
    other = ask(console_actor())
    moved = f"UPDATE payments_payment SET request_id = (SELECT id FROM payments_feerequest WHERE code = '{other}')"  # noqa: S608
    assert set(change(moved)) == {given_back, other}
