"""What the holder of a slip sees and does at each turn of a dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.public import apologise, ask_payment, refuse, request_supplement
from congtam.kernel.clock import FixedClock
from congtam.payments.public import fee_requests, pay_cash
from congtam.portal.models import SupplementOffer
from congtam.portal.supplements.offers import OfferAnswered, accept_offer, decline_offer
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests.one_stop import DeskRecord
from congtam.portal.tests.visitor import scan, show_slip
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import consult
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def dossier(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> Any:
    return desk.handled(cast)


@pytest.fixture
def holder(client: Client, dossier: Any) -> Client:
    """A browser that has shown the slip."""
    show_slip(client, dossier.code, DeskRecord.objects.get(dossier=dossier).lookup_secret)
    return client


def page(holder: Client, dossier: Any, path: str = "") -> str:
    answer = holder.get(f"/public/dossier/{dossier.code}/{path}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_date_is_explained(holder: Client, dossier: Any) -> None:
    text = page(holder, dossier)
    assert "05/03/2026 17:00" in text
    assert "Vì sao hẹn trả vào ngày này?" in text


def test_letters_between_offices_stay_inside(holder: Client, dossier: Any, cast: Cast) -> None:
    officer = desk.part(cast, "officer")
    consult(
        dossier.code, to_unit="H22.09", question="Có nghi vấn gì không?", answer_within_hours=8, actor=officer
    )
    assert "nghi vấn" not in page(holder, dossier)
    assert holder.get(f"/public/dossier/{dossier.code}/letter/1/").status_code == 404


def test_letters_are_there_to_read_and_print(holder: Client, dossier: Any, cast: Cast) -> None:
    officer = desk.part(cast, "officer")
    apologise(dossier.code, reason="Đông hồ sơ", new_due_on=date(2026, 3, 12), actor=officer)
    refuse(dossier.code, ground="not_eligible", reason="Chưa đủ tuổi", actor=officer)
    text = page(holder, dossier)
    assert "Thư xin lỗi" in text
    assert "Chưa đủ tuổi" in page(holder, dossier, "letter/2/")
    for paper in ("receipt-0", "apology-1", "refusal-2"):
        printed = holder.get(f"/public/dossier/{dossier.code}/paper/{paper}.pdf")
        assert printed.content.startswith(b"%PDF")
    assert holder.get(f"/public/dossier/{dossier.code}/paper/control-0.pdf").status_code == 404


def test_a_fee_can_be_seen_and_its_payment(holder: Client, dossier: Any, cast: Cast) -> None:
    ask_payment(dossier.code, amount_dong=50_000, reason="Lệ phí", actor=desk.part(cast, "officer"))
    text = page(holder, dossier)
    assert "50.000 ₫" in text
    assert "tiền mặt" in text


def test_who_has_paid_is_not_told_to_pay(holder: Client, dossier: Any, cast: Cast) -> None:
    """Until the office has read that the money is there, the state is still that of waiting for it."""
    clerk = desk.part(cast, "clerk")
    ask_payment(dossier.code, amount_dong=50_000, reason="Lệ phí", actor=desk.part(cast, "officer"))
    assert "Hồ sơ cần nộp phí, lệ phí" in page(holder, dossier)
    pay_cash(fee_requests([dossier.code], to=clerk)[0].code, amount_dong=50_000, actor=clerk)
    text = page(holder, dossier)
    assert "Đã nhận được khoản nộp của ông/bà" in text
    assert "Hồ sơ cần nộp phí, lệ phí" not in text


def asked(dossier: Any, cast: Cast) -> None:
    request_supplement(dossier.code, missing=["Căn cước"], reason="Mờ", actor=desk.part(cast, "officer"))


def test_nothing_can_be_sent_that_was_not_asked(holder: Client, dossier: Any) -> None:
    answer = holder.post(f"/public/dossier/{dossier.code}/supplement/", {"files": scan()})
    assert answer.status_code == 400
    assert not SupplementOffer.objects.exists()


def test_a_wrong_file_is_refused_and_the_word_is_kept(holder: Client, dossier: Any, cast: Cast) -> None:
    asked(dossier, cast)
    sent = {"files": scan("x.pdf", b"MZ no pdf"), "note": "Gửi lại ảnh rõ"}
    answer = holder.post(f"/public/dossier/{dossier.code}/supplement/", sent)
    assert answer.status_code == 422
    assert "Gửi lại ảnh rõ" in answer.content.decode()
    assert not SupplementOffer.objects.exists()


def test_one_supplement_waits_at_a_time(holder: Client, dossier: Any, cast: Cast) -> None:
    asked(dossier, cast)
    path = f"/public/dossier/{dossier.code}/supplement/"
    assert [holder.post(path, {"files": scan()}).status_code for _ in range(2)] == [302, 400]
    text = page(holder, dossier)
    assert "đang xem xét" in text
    assert "Ông/bà đã gửi giấy tờ bổ sung" in text
    assert "Việc ông/bà cần làm" not in text
    key, clerk = SupplementOffer.objects.get().key, desk.part(cast, "clerk")
    decline_offer(key, reason="Ảnh vẫn mờ", actor=clerk)
    assert "Ảnh vẫn mờ" in page(holder, dossier)
    with pytest.raises(OfferAnswered):
        accept_offer(key, actor=clerk)
    assert holder.post(path, {"files": scan()}).status_code == 302


def test_rating_waits_for_the_result(holder: Client, dossier: Any) -> None:
    path = f"/public/dossier/{dossier.code}/rate/"
    assert holder.get(path).status_code == 400
    assert holder.post(path, {"overall": "satisfied"}).status_code == 400
