"""Two people do the same at once: one wins, the other is told what happened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import stop
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.intake.filings import accept_filing, file_online
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, NumberCounter
from congtam.dossiers.public import (
    altered_dossiers,
    hand_over,
    issue_result,
    receive,
    refuse,
    request_supplement,
)
from congtam.dossiers.subscriptions import sync_dossiers_with_fees
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import CASES, do
from congtam.foundation.public import OutboxMessage, find_breaks
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import DomainError
from congtam.payments.public import fee_requests, pay_cash
from congtam.testing.cast import Cast
from congtam.testing.own_database import at_once


@pytest.fixture
def db(django_db_setup: None) -> None:
    """No transaction around these tests: they work on a copy of the database (`races`)."""


def together(*acts: Callable[[], Any]) -> tuple[list[Any], list[DomainError]]:
    """Do all at once, each on a connection of its own; what came of them and what was refused."""
    outcomes = at_once(acts)
    broken = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, DomainError) for outcome in broken), broken
    refused = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    return [outcome for outcome in outcomes if not isinstance(outcome, DomainError)], refused


def assert_sound(code: str) -> None:
    assert list(altered_dossiers()) == []
    assert list(find_breaks()) == []
    sequences = list(ClockLine.objects.filter(dossier__code=code).values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))


def test_two_hundred_at_once_get_two_hundred_numbers_without_gaps(races: Cast) -> None:
    clerk = desk.part(races, "clerk")

    def one(_number: int) -> str:
        try:
            return receive(desk.application(), actor=clerk).code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=12) as pool:
        codes = list(pool.map(one, range(200)))
    assert sorted(codes) == [f"024-260302-{n:04}" for n in range(1, 201)]
    assert NumberCounter.objects.get().last == Dossier.objects.count() == 200
    assert list(altered_dossiers()) == []
    assert list(find_breaks()) == []


def test_two_hand_overs(races: Cast) -> None:
    code, clerk = desk.received(races).code, desk.part(races, "clerk")
    done, refused = together(*[lambda: hand_over(code, actor=clerk)] * 2)
    assert (len(done), [error.code for error in refused]) == (1, ["dossiers.not_your_move"])
    assert DeskRecord.objects.get(dossier__code=code).version == 2
    assert_sound(code)


def test_two_closings(races: Cast) -> None:
    code, clerk = desk.received(races).code, desk.part(races, "clerk")
    done, refused = together(
        lambda: stop(code, reason="Người nộp đề nghị", request=desk.REQUEST, actor=clerk),
        lambda: refuse(code, ground="Điều 7", reason="Sai", actor=clerk),
    )
    assert (len(done), [error.code for error in refused]) == (1, ["dossiers.step_not_allowed"])
    assert Letter.objects.count() == 1
    assert_sound(code)


def test_two_supplements(races: Cast) -> None:
    code, officer = desk.handled(races).code, desk.part(races, "officer")
    done, refused = together(
        *[lambda: request_supplement(code, missing=["Ảnh"], reason="", actor=officer)] * 3
    )
    assert (len(done), len(refused)) == (1, 2)
    assert Letter.objects.count() == 1
    assert_sound(code)


def test_two_results(races: Cast) -> None:
    code, head = desk.approved(races).code, desk.part(races, "unit_head")
    done, refused = together(*[lambda: issue_result(code, summary="Giấy", actor=head)] * 2)
    assert (len(done), len(refused)) == (1, 1)
    assert_sound(code)


def test_two_clerks_take_the_same_filing(races: Cast) -> None:
    filing, clerk = file_online(desk.filed_application()), desk.part(races, "clerk")
    done, refused = together(*[lambda: accept_filing(filing.code, actor=clerk)] * 3)
    assert (len(done), {error.code for error in refused}) == (1, {"dossiers.filing_answered"})
    assert DeskRecord.objects.count() == 1
    assert_sound(done[0].code)


@pytest.mark.parametrize("verb", [verbs.ACCEPT, verbs.APPROVE, verbs.RETURN_RESULT, verbs.CONFIRM_PAYMENT])
def test_the_second_of_two_with_the_same_version_is_told(
    races: Cast, verb: DeskVerb, frozen_clock: FixedClock
) -> None:
    code = CASES[verb].ready(races).code
    seen = DeskRecord.objects.get(dossier__code=code).version
    done, refused = together(*[lambda: do(verb, code, cast=races, version=seen)] * 2)
    assert (len(done), [error.code for error in refused]) == (1, ["dossiers.changed_meanwhile"])
    assert_sound(code)


def test_a_payment_waits_for_whoever_is_changing_the_dossier(races: Cast, frozen_clock: FixedClock) -> None:
    dossier, clerk = CASES[verbs.CONFIRM_PAYMENT].ready(races), desk.part(races, "clerk")
    (request,) = fee_requests([dossier.code], to=clerk)
    pay_cash(request.code, amount_dong=request.amount_dong, actor=clerk)
    told = OutboxMessage(
        id=1,
        topic="payments.settled",
        key=request.code,
        payload={
            "request": request.code,
            "dossier_code": dossier.code,
            "way": "cash",
            "paid_at": frozen_clock.now().isoformat(),
        },
    )
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            DeskRecord.objects.select_for_update().get(dossier=dossier)
            held.set()
            done.wait(timeout=20)
        connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(hold)
        held.wait(timeout=20)
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            sync_dossiers_with_fees([told])
        done.set()
    with transaction.atomic():
        sync_dossiers_with_fees([told])
        sync_dossiers_with_fees([told])
    assert DeskRecord.objects.get(dossier=dossier).version == 5
    assert_sound(dossier.code)
