"""What applicants read in their mail: what happened, what to do, until when, how to pay; nothing about the person."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.template.loader import get_template

from congtam.dossiers import public as dossiers
from congtam.dossiers.applicant.public import (
    CitizenDossier,
    IncomingFile,
    compute_citizen_proof,
    file_online,
    find_for_citizen,
)
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.wording import message_keys
from congtam.dossiers.models import Party
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import do, ready
from congtam.foundation.notify import Notification, build_mail
from congtam.foundation.public import console_actor, drain_outbox
from congtam.gateways.public import create_or_update_gateway
from congtam.kernel.clock import FixedClock
from congtam.payments.public import fee_requests, pay_cash
from congtam.portal.models import SupplementOffer
from congtam.portal.notices.mails import render_mail
from congtam.portal.supplements.offers import decline_offer, send_supplement
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing, decline_filing
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
PRIVATE = ("Vừ Thị Mỷ", "kết hôn", "0912")


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: FixedClock, *, small_tree: None, cast: Cast) -> None: ...


@dataclass(frozen=True)
class Mail:
    subject: str
    body: str


def mails(code: str) -> list[Mail]:
    """The mails that come of what happened so far."""
    dossiers_party(code).update(email="my@example.vn")
    drain_outbox()
    found = [build_mail(notice) for notice in Notification.objects.filter(subject_code=code).order_by("pk")]
    return [Mail(str(mail.subject), str(mail.body)) for mail in found]


def dossiers_party(code: str) -> Any:
    return Party.objects.filter(dossier__code=code)


@pytest.mark.parametrize(
    ("verb", "subject", "told"),
    [
        (
            verbs.REQUEST_SUPPLEMENT,
            "cần bổ sung giấy tờ",
            ["01/04/2026", "Bộ phận Một cửa của Thành phố Hà Giang"],
        ),
        (verbs.RECEIVE_SUPPLEMENT, "đã nhận giấy tờ bổ sung", ["tính tiếp", "05/03/2026"]),
        (verbs.ASK_PAYMENT, "cần nộp phí, lệ phí", ["1.000 ₫", "trực tuyến", "tiền mặt tại Bộ phận Một cửa"]),
        (verbs.CONFIRM_PAYMENT, "đã nhận được tiền nộp", ["Xin cảm ơn", "05/03/2026"]),
        (verbs.WAIVE_PAYMENT, "không phải nộp", ["không phải nộp", "05/03/2026"]),
        (verbs.APOLOGISE, "xin lỗi và hẹn lại", ["xin lỗi ông/bà", "12/03/2026"]),
        (verbs.STOP, "đã dừng giải quyết", ["lý do"]),
        (verbs.WITHDRAW, "đã rút theo đề nghị", ["không tiếp tục giải quyết"]),
        (verbs.REFUSE, "không được tiếp nhận, giải quyết", ["lý do"]),
        (verbs.LAPSE, "kết thúc do quá hạn bổ sung", ["quá thời hạn bổ sung"]),
        (verbs.ISSUE_RESULT, "đã có kết quả", ["Mời ông/bà đến nhận tại Bộ phận Một cửa"]),
        (verbs.RETURN_RESULT, "đã trả kết quả", ["đánh giá"]),
        (verbs.REOPEN, "được mở lại", ["Thành phố Hà Giang giải quyết"]),
    ],
)
def test_each_change_is_told_in_plain_words(
    *, verb: DeskVerb, subject: str, told: list[str], cast: Cast, frozen_clock: FixedClock
) -> None:
    create_or_update_gateway("cong", address="https://cong.example/pay", actor=console_actor())
    dossier = ready(verb, cast, frozen_clock)
    do(verb, dossier.code, cast=cast)
    mail = mails(dossier.code)[-1]
    assert mail.subject.startswith(f"Hồ sơ {dossier.code}: ")
    assert subject in mail.subject
    for part in told:
        assert part in mail.body
    assert f"/public/lookup/?code={dossier.code}" in mail.body
    assert "{" not in mail.subject + mail.body
    assert not any(word in mail.subject + mail.body for word in PRIVATE)


OTHERS = ("filing.submitted", "filing.declined", "supplement.declined")
FALLBACKS = ("state.in_progress", "state.finished", "state.returned", "news")


@pytest.mark.parametrize("key", [*sorted(message_keys()), *OTHERS, *FALLBACKS])
def test_every_mail_has_a_subject_of_one_line_and_its_paragraphs(key: str) -> None:
    """Each key that is declared has a mail; also of a dossier that this site does not keep."""
    get_template(f"portal/mails/{key}.txt")
    row = Notification(subject_code="H-1 & <b>", data={"key": key, "state": "received"})
    text = render_mail(row)
    what = text.subject.removeprefix("Hồ sơ H-1 & <b>: ")
    assert what
    assert what != text.subject
    assert "\n" not in text.subject
    paragraphs = text.body.split("\n\n")
    assert paragraphs[0] == "Kính gửi Quý ông/bà,"
    assert "H-1 & <b>" in paragraphs[1]
    assert "?code=H-1" in paragraphs[2]
    assert len(paragraphs) == 5
    assert not [sign for sign in ("{", "¶", "&amp;") if sign in text.body]


def test_a_fee_known_at_receipt_is_told_with_the_ways_to_pay(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    code = dossiers.receive(desk.application(procedure=desk.COPY), actor=clerk).code
    (mail,) = mails(code)
    for part in ("đã được tiếp nhận lúc 02/03/2026", "Ngày hẹn trả kết quả: 03/03/2026", "8.000 ₫", "VietQR"):
        assert part in mail.body
    assert "Không chuyển tiền vào tài khoản được gửi qua thư điện tử" in mail.body


def test_a_fee_paid_after_the_end_is_told(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    code = dossiers.receive(desk.application(procedure=desk.COPY), actor=clerk).code
    mails(code)
    (fee,) = fee_requests([code], to=clerk)
    pay_cash(fee.code, amount_dong=8000, actor=clerk)
    assert "thay đổi về phí, lệ phí" in mails(code)[-1].subject


def test_news_that_is_over_by_the_time_it_is_sent_says_so(cast: Cast) -> None:
    code, clerk = desk.handled(cast).code, desk.part(cast, "clerk")
    mails(code)
    dossiers.ask_payment(code, amount_dong=1000, reason="Lệ phí", actor=desk.part(cast, "officer"))
    dossiers.withdraw(code, reason="Thôi", request=desk.REQUEST, actor=clerk)
    asked, withdrawn = mails(code)[-2:]
    assert "1.000" not in asked.body
    assert "đã có thay đổi khác" in asked.body
    assert "được rút" in withdrawn.body


def test_what_was_filed_online_is_told_from_arrival_to_receipt(cast: Cast) -> None:
    filed = desk.filed_application()
    filing = file_online(_with_mail(filed))
    drain_outbox()
    arrived = build_mail(Notification.objects.get())
    assert filing.code in str(arrived.subject)
    assert "03/03/2026" in str(arrived.body)
    taken = accept_filing(filing.code, actor=desk.part(cast, "clerk"))
    (mail,) = mails(taken.code)
    assert filing.code in mail.body
    assert "Mã tra cứu không thay đổi" in mail.body
    other = file_online(_with_mail(filed))
    decline_filing(other.code, reason="Thiếu của Vừ Thị Mỷ", actor=desk.part(cast, "clerk"))
    drain_outbox()
    declined = build_mail(Notification.objects.latest("pk"))
    assert "chưa được tiếp nhận" in str(declined.body)
    assert "Vừ Thị Mỷ" not in str(declined.body)


def _with_mail(receipt: dossiers.Receipt) -> dossiers.Receipt:
    return replace(receipt, applicant=replace(receipt.applicant, email="my@example.vn"))


def test_papers_sent_online_that_are_not_enough_are_told(cast: Cast, sent_papers: Callable[..., str]) -> None:
    code = sent_papers(cast)
    mails(code)
    decline_offer(SupplementOffer.objects.get().key, reason="Ảnh mờ", actor=desk.part(cast, "clerk"))
    mail = mails(code)[-1]
    assert "giấy tờ bổ sung chưa đủ" in mail.subject
    assert "gửi lại đến 01/04/2026" in mail.body
    assert "Ảnh mờ" not in mail.body


@pytest.fixture
def sent_papers() -> Callable[..., str]:
    def send(cast: Cast) -> str:
        code = str(desk.handled(cast).code)
        officer = desk.part(cast, "officer")
        dossiers.request_supplement(code, missing=["Ảnh"], reason="", actor=officer)
        dossiers_party(code).update(email="my@example.vn")
        secret = dossiers.get_visible(code, to=officer).desk.lookup_secret
        seen = find_for_citizen(code, compute_citizen_proof(code, secret))
        assert isinstance(seen, CitizenDossier)
        send_supplement(seen, [IncomingFile(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "a.pdf")])
        return code

    return send
