"""What reaches beyond one desk: fees in the books, linked dossiers, online filings, receipts for other units."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from congtam.dossiers.handling.actions import confirm_payment, open_linked, stop
from congtam.dossiers.intake.filings import FilingAnswered, accept_filing, decline_filing, file_online
from congtam.dossiers.models import DeskRecord, Dossier, Filing
from congtam.dossiers.public import (
    Applicant,
    accept,
    altered_dossiers,
    ask_payment,
    issue_result,
    receive,
    refuse,
    return_result,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.foundation.public import drain_outbox
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotFound
from congtam.payments.public import fee_requests, pay_cash
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def open_requests(code: str, cast: Cast) -> list[str]:
    requests = fee_requests([code], to=desk.part(cast, "clerk"))
    return [request.code for request in requests if request.state == "open"]


def test_a_fee_at_receipt_stops_nothing(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    dossier = receive(desk.application(procedure=desk.COPY), actor=clerk)
    assert (dossier.payment, dossier.fee_dong, dossier.state) == ("unknown", 8000, "received")
    pay_cash(open_requests(dossier.code, cast)[0], amount_dong=8000, actor=clerk)
    drain_outbox()
    dossier.refresh_from_db()
    assert (dossier.payment, dossier.state) == ("cash", "received")
    assert list(altered_dossiers()) == []


def test_what_is_paid_goes_on_from_the_instant_of_payment(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = desk.handled(cast).code
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=officer)
    frozen_clock.advance(timedelta(days=2))
    pay_cash(open_requests(code, cast)[0], amount_dong=50_000, actor=clerk)
    frozen_clock.advance(timedelta(days=1))
    drain_outbox()
    dossier = Dossier.objects.get(code=code)
    assert (dossier.payment, dossier.state) == ("cash", "in_progress")
    assert dossier.suspended_seconds == 2 * 86400
    version = DeskRecord.objects.get(dossier=dossier).version
    drain_outbox()
    assert DeskRecord.objects.get(dossier=dossier).version == version


def test_cash_taken_at_the_desk_stands_in_both_books(cast: Cast) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    code = desk.handled(cast).code
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=officer)
    confirm_payment(code, way="cash", actor=clerk)
    assert open_requests(code, cast) == []
    drain_outbox()
    assert Dossier.objects.get(code=code).state == "in_progress"


def test_nobody_pays_for_what_has_ended(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    dossier = receive(desk.application(procedure=desk.COPY), actor=clerk)
    withdraw(dossier.code, reason="Không cần nữa", request=desk.REQUEST, actor=clerk)
    assert open_requests(dossier.code, cast) == []


def test_a_linked_dossier_holds_up_its_parent_until_it_ends(cast: Cast, frozen_clock: FixedClock) -> None:
    code, outsider = desk.handled(cast).code, desk.part(cast, "outsider")
    child = open_linked(
        code,
        procedure_code=desk.REGISTER,
        unit_code="026",
        stops_clock=True,
        actor=desk.part(cast, "officer"),
    )
    held = DeskRecord.objects.get(dossier=child)
    assert (held.parent_code, held.is_offered, held.role, held.holder) == (code, True, "officer", "")
    assert child.applicant == "Vừ Thị Mỷ"
    frozen_clock.advance(timedelta(days=2))
    stop(child.code, reason="Không cần nữa", request=desk.REQUEST, actor=outsider)
    drain_outbox()
    parent = Dossier.objects.get(code=code)
    assert parent.suspended_seconds == 2 * 86400
    assert parent.due_at is not None
    assert not parent.suspensions.filter(ended_at__isnull=True).exists()
    drain_outbox()
    assert list(altered_dossiers()) == []


def test_handed_in_elsewhere_passed_on_and_fetched_there(cast: Cast) -> None:
    outsider, clerk = desk.part(cast, "outsider"), desk.part(cast, "clerk")
    here = replace(desk.application(), received_unit_code="026")
    with pytest.raises(InputRefused) as error:
        receive(here, actor=outsider)
    assert [problem.code for problem in error.value.problems] == ["not_any_office"]
    dossier = receive(replace(here, procedure_code=desk.COPY, papers=()), actor=outsider)
    held = DeskRecord.objects.get(dossier=dossier)
    assert (held.received_unit_code, held.is_offered, held.position) == ("026", True, 2)
    head, officer = desk.part(cast, "unit_head"), desk.part(cast, "officer")
    accept(dossier.code, actor=officer)
    with pytest.raises(NotFound):
        refuse(dossier.code, ground="Điều 7", reason="Sai", actor=outsider)
    desk.decide(dossier.code, officer=officer, head=head)
    issue_result(dossier.code, summary="Bản sao", actor=head)
    assert return_result(dossier.code, way="desk", actor=outsider).state == "returned"
    assert clerk.username
    assert list(altered_dossiers()) == []


def test_filed_online_and_taken_in(cast: Cast, frozen_clock: FixedClock) -> None:
    filing = file_online(desk.filed_application())
    assert (filing.answer_due_at - filing.submitted_at) == timedelta(days=1)
    with pytest.raises(NotFound):
        accept_filing(filing.code, actor=desk.part(cast, "outsider"))
    frozen_clock.advance(timedelta(hours=3))
    dossier = accept_filing(filing.code, actor=desk.part(cast, "clerk"))
    filing.refresh_from_db()
    assert (filing.state, filing.dossier_code) == ("accepted", dossier.code)
    assert (dossier.channel, dossier.received_at) == ("online", frozen_clock.now())
    held = DeskRecord.objects.get(dossier=dossier)
    assert (held.lookup_secret, held.return_way) == (filing.lookup_secret, "online")
    assert dossier.files.count() == 2
    with pytest.raises(FilingAnswered):
        decline_filing(filing.code, reason="Muộn", actor=desk.part(cast, "clerk"))


def test_a_filing_is_turned_down_with_a_reason(cast: Cast) -> None:
    filing, clerk = file_online(desk.filed_application()), desk.part(cast, "clerk")
    with pytest.raises(InputRefused):
        decline_filing(filing.code, reason="  ", actor=clerk)
    decline_filing(filing.code, reason="Ảnh chụp không đọc được", actor=clerk)
    assert Filing.objects.get().state == "declined"
    assert not Dossier.objects.exists()


def test_a_filing_tells_everything_that_is_wrong_at_once(cast: Cast) -> None:
    wrong = replace(desk.filed_application(), applicant=Applicant(name="A\x00" * 400), files=())
    with pytest.raises(InputRefused) as error:
        file_online(wrong)
    codes = [problem.code for problem in error.value.problems]
    assert codes == ["text_too_long", "text_unprintable", "paper_missing", "paper_missing", "contact_missing"]
