"""A dossier follows the books of payments: fees cancelled, paid after the end, given back, taken at another counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from congtam.dossiers.applicant.citizen import compute_citizen_proof, find_for_citizen
from congtam.dossiers.deadlines.ledgers import explain_clock
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import confirm_payment, reopen, stop, waive_payment
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter
from congtam.dossiers.public import (
    accept,
    altered_dossiers,
    ask_payment,
    dossiers_with_fee_mismatch,
    drifted_dossiers,
    hand_over,
    issue_result,
    receive,
    return_result,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.payments.public import cancel, fee_requests, pay_cash
from congtam.testing.cast import Cast
from congtam.testing.doors.payments import complete_refund, request_refund
from congtam.testing.ledger import audit_lines
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def waiting(cast: Cast) -> str:
    """A dossier at the officer's that waits for 50,000 đồng."""
    code = desk.handled(cast).code
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=desk.part(cast, "officer"))
    return code


def request_of(code: str, *, state: str = "open") -> str:
    (found,) = [each for each in fee_requests([code], to=console_actor()) if each.state == state]
    return found.code


def stand(code: str) -> tuple[str, str, int | None]:
    dossier = Dossier.objects.get(code=code)
    return dossier.state, dossier.payment, dossier.fee_dong


def assert_sound() -> None:
    assert list(altered_dossiers()) == []
    assert list(drifted_dossiers()) == []
    assert list(dossiers_with_fee_mismatch()) == []


def test_a_cancelled_request_ends_the_wait(cast: Cast, frozen_clock: FixedClock) -> None:
    code = waiting(cast)
    frozen_clock.advance(timedelta(days=2))
    cancel(request_of(code), reason="Được miễn", actor=desk.part(cast, "clerk"))
    drain_outbox()
    assert stand(code) == ("in_progress", "none", 0)
    line = ClockLine.objects.filter(dossier__code=code).last()
    assert line is not None
    assert (line.kind, line.ground, line.note, line.at) == (
        "resumed",
        "payment",
        "waived",
        frozen_clock.now(),
    )
    letter = Letter.objects.get(dossier__code=code)
    assert letter.answer == {"waived": True, "reason": "Được miễn", "legal": ""}
    told = explain_clock(Dossier.objects.get(code=code), now=frozen_clock.now())
    assert any("because the payment was waived" in part.message for part in told.sentences)
    version = DeskRecord.objects.get(dossier__code=code).version
    drain_outbox()
    assert DeskRecord.objects.get(dossier__code=code).version == version
    assert_sound()


def test_who_asked_asks_no_longer(cast: Cast, frozen_clock: FixedClock) -> None:
    code, officer = waiting(cast), desk.part(cast, "officer")
    assert verbs.WAIVE_PAYMENT in available_verbs(Dossier.objects.get(code=code), actor=officer)
    with pytest.raises(NotAllowed):
        waive_payment(code, reason="Nhầm", actor=desk.part(cast, "clerk"))
    with pytest.raises(InputRefused):
        waive_payment(code, reason=" ", actor=officer)
    waive_payment(code, reason="Hộ nghèo", legal="Điều 10 Luật Phí và lệ phí", actor=officer)
    assert request_of(code, state="cancelled")
    assert stand(code) == ("in_progress", "none", 0)
    drain_outbox()
    assert [line.verb for line in audit_lines(kind="dossier")][-1] == "dossier.waive_payment"
    proof = compute_citizen_proof(code, DeskRecord.objects.get(dossier__code=code).lookup_secret)
    seen = find_for_citizen(code, proof)
    assert seen is not None
    assert "waived" in [event.what for event in seen.events]  # type: ignore[union-attr]
    assert any(part.data.get("legal") == "Điều 10 Luật Phí và lệ phí" for part in seen.explanation)  # type: ignore[union-attr]
    assert_sound()


def test_of_two_requests_only_the_one_waited_for_matters(cast: Cast) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    at_receipt = request_of(code)
    ask_payment(code, amount_dong=50_000, reason="Phí thẩm định", actor=clerk)
    assert stand(code) == ("awaiting_payment", "unknown", 58_000)
    cancel(at_receipt, reason="Được miễn", actor=clerk)
    drain_outbox()
    assert stand(code) == ("awaiting_payment", "unknown", 50_000)
    pay_cash(request_of(code), amount_dong=50_000, actor=clerk)
    drain_outbox()
    assert stand(code) == ("in_progress", "cash", 50_000)
    assert verbs.CONFIRM_PAYMENT not in available_verbs(Dossier.objects.get(code=code), actor=clerk)
    assert officer
    assert_sound()


def test_a_fee_that_stops_nothing_may_stay_open_when_the_other_is_waived(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    code = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    ask_payment(code, amount_dong=50_000, reason="Phí thẩm định", actor=clerk)
    waive_payment(code, reason="Nhầm", actor=clerk)
    drain_outbox()
    assert stand(code) == ("in_progress", "unknown", 8000)
    assert verbs.CONFIRM_PAYMENT in available_verbs(Dossier.objects.get(code=code), actor=clerk)


def test_what_was_asked_for_before_a_reopening_is_over(cast: Cast) -> None:
    code, head = waiting(cast), desk.part(cast, "unit_head")
    stop(code, reason="Theo đề nghị", request=desk.REQUEST, actor=desk.part(cast, "clerk"))
    assert stand(code) == ("stopped", "none", 0)
    reopen(code, reason="Còn nhu cầu", actor=head)
    ask_payment(code, amount_dong=20_000, reason="Lệ phí", actor=head)
    pay_cash(request_of(code), amount_dong=20_000, actor=desk.part(cast, "clerk"))
    drain_outbox()
    assert stand(code) == ("in_progress", "cash", 20_000)
    assert_sound()


def test_a_fee_settled_after_the_end_is_noted_without_reopening(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    hand_over(code, actor=clerk)
    accept(code, actor=officer)
    desk.decide(code, officer=officer, head=desk.part(cast, "unit_head"))
    issue_result(code, summary="Bản sao", actor=desk.part(cast, "unit_head"))
    return_result(code, way="desk", actor=clerk)
    ended = Dossier.objects.get(code=code)
    frozen_clock.advance(timedelta(days=3))
    pay_cash(request_of(code), amount_dong=8000, actor=clerk)
    drain_outbox()
    after = Dossier.objects.get(code=code)
    assert (after.state, after.payment) == ("returned", "cash")
    assert (after.finished_at, after.returned_at, after.due_at) == (
        ended.finished_at,
        ended.returned_at,
        ended.due_at,
    )
    assert [line.verb for line in audit_lines(kind="dossier")][-1] == "dossier.note_payment"
    assert_sound()


def test_money_given_back_leaves_no_fee(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    code = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    confirm_payment(code, way="cash", actor=clerk)
    payment = pay_code(code)
    request_refund(payment, amount_dong=3000, reason="Thu thừa", actor=clerk)
    complete_refund(payment, reference="PC-1", actor=desk.part(cast, "unit_head"))
    drain_outbox()
    assert stand(code) == ("received", "cash", 8000)
    withdraw(code, reason="Không cần nữa", request=desk.REQUEST, actor=clerk)
    assert stand(code) == ("withdrawn", "cash", 8000)
    request_refund(payment, amount_dong=5000, reason="Rút hồ sơ", actor=clerk)
    complete_refund(payment, reference="PC-2", actor=desk.part(cast, "unit_head"))
    drain_outbox()
    assert stand(code) == ("withdrawn", "none", 0)
    assert_sound()


def pay_code(code: str) -> str:
    return str(apps.get_model("payments", "Payment").objects.get(request__dossier_code=code).code)


def test_the_counter_that_received_it_takes_the_cash_of_another_office(
    cast: Cast, client_for: SignIn
) -> None:
    clerk, outsider = desk.part(cast, "clerk"), desk.part(cast, "outsider")
    receipt = replace(desk.application("026", procedure=desk.COPY), received_unit_code="024")
    code = receive(receipt, actor=clerk).code
    accept(code, actor=console_actor())
    ask_payment(code, amount_dong=50_000, reason="Phí thẩm định", actor=console_actor())
    asked = {each.amount_dong: each for each in fee_requests([code], to=clerk)}
    assert [(each.unit_code, each.counter_unit_code) for each in asked.values()] == [("026", "024")] * 2
    assert {each.code for each in fee_requests([code], to=outsider)} == {each.code for each in asked.values()}
    assert fee_requests([code], to=desk.part(cast, "observer")) == []
    address = reverse("dossiers:verb", args=[code, "confirm_payment"])
    assert "58.000 ₫" in client_for(cast.clerk).get(address).content.decode()
    assert client_for(cast.clerk).post(address, {"way": "cash"}).status_code == 302
    assert stand(code) == ("in_progress", "cash", 58_000)
    taken = fee_requests([code], to=outsider)
    assert {each.paid_at_unit_code for each in taken} == {"024"}
    drain_outbox()
    assert_sound()


def test_who_paid_online_a_moment_ago_is_not_made_to_pay_in_cash(cast: Cast) -> None:
    code, clerk = waiting(cast), desk.part(cast, "clerk")
    pay_cash(request_of(code), amount_dong=50_000, actor=console_actor())
    with pytest.raises(InputRefused) as refused:
        confirm_payment(code, way="cash", actor=clerk)
    assert [each.code for each in refused.value.problems] == ["no_fee_open"]
    confirm_payment(code, way="online", actor=clerk)
    assert stand(code) == ("in_progress", "cash", 50_000)
    drain_outbox()
    assert_sound()


def test_why_a_fee_is_no_longer_asked_for_reads_well(cast: Cast) -> None:
    code = waiting(cast)
    withdraw(code, reason="Không cần nữa", request=desk.REQUEST, actor=desk.part(cast, "clerk"))
    (fee,) = fee_requests([code], to=desk.part(cast, "clerk"))
    assert (fee.state, fee.closing_reason) == ("cancelled", "Người nộp rút hồ sơ")


def test_a_dossier_that_says_otherwise_than_the_books_is_found(cast: Cast) -> None:
    first, clerk = waiting(cast), desk.part(cast, "clerk")
    second = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    drain_outbox()
    assert list(dossiers_with_fee_mismatch()) == []
    Dossier.objects.filter(code=second).update(payment="cash")
    requests = apps.get_model("payments", "FeeRequest").objects.filter(dossier_code=first)
    requests.update(state="cancelled")
    assert list(dossiers_with_fee_mismatch()) == [first, second]
