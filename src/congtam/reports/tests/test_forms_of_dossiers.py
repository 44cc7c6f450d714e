"""Printing the forms of real desk dossiers: who may, what of the dossier stands there, and the line in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.test import Client

from congtam.dossiers import public as desk
from congtam.dossiers.files.public import AttachedFile
from congtam.dossiers.public import Applicant, HandedInPaper, Receipt
from congtam.foundation.public import Actor, actor_for, console_actor, lines_about
from congtam.kernel.errors import NotFound
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.reports.actions.forms import print_form, print_slip
from congtam.reports.dossier_forms.documents import FormUnavailable
from congtam.reports.public import form_for_holder
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import stop

REQUEST = AttachedFile(digest="1" * 64, name="đơn.pdf", media_type="application/pdf", size=10)
pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture
def application(small_tree: None, frozen_clock: None) -> Receipt:
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        any_office=True,
        limits=(ChannelLimit(channel="desk", limit=limit),),
        papers=(
            CataloguePaper(name="Tờ khai", originals=1),
            CataloguePaper(name="Giấy xác nhận", originals=1),
        ),
    )
    enter_procedure_list({"1.000894": content}, valid_from=None, source="test", actor=console_actor())
    return Receipt(
        procedure_code="1.000894",
        unit_code="024",
        applicant=Applicant(name="Vừ Thị Mỷ", phone="0912 345 678", address="Tổ 5"),
        papers=(HandedInPaper(position=0, originals=1), HandedInPaper(position=1, originals=1, copies=2)),
        is_duplicate_confirmed=True,
    )


@pytest.fixture
def clerk(application: Receipt, cast: Cast) -> Actor:
    return actor_for(cast.clerk)


@pytest.fixture
def code(application: Receipt, clerk: Actor) -> str:
    return desk.receive(application, actor=clerk).code


def words(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())


def test_the_receipt_is_printed_and_recorded(code: str, clerk: Actor) -> None:
    printed = print_form(code, "receipt", "pdf", actor=clerk)
    text = words(printed.content)
    for part in (
        code,
        "Vừ Thị Mỷ",
        "Đăng ký kết hôn",
        "2. Giấy xác nhận (01 bản chính, 02 bản sao)",
        "Clerk",
    ):
        assert part in text
    assert "17 giờ 00 phút, ngày 05 tháng 3 năm 2026" in text
    assert "Mẫu số 01 (TT 03/2025/TT-VPCP)" in text
    assert [line.verb for line in lines_about("dossier", code)].count("dossier.printed") == 1


def test_the_receipt_lists_what_was_sent_as_a_file(application: Receipt, clerk: Actor) -> None:
    """A filing online has no copies: the receipt must not leave its files out. A scan of a paper is no second one."""
    files = (replace(REQUEST, name="khai.pdf", position=0), replace(REQUEST, name="giấy.jpg", position=1))
    papers = (HandedInPaper(position=0, originals=1),)
    received = desk.receive(replace(application, papers=papers, files=files), actor=clerk)
    text = words(print_form(received.code, "receipt", "pdf", actor=clerk).content)
    assert "1. Tờ khai (01 bản chính)" in text
    assert "2. Giấy xác nhận (tệp điện tử)" in text


@pytest.mark.parametrize(
    ("form", "write", "part"),
    [
        (
            "supplement",
            lambda code, actor: desk.request_supplement(
                code, missing=["Hộ chiếu"], reason="Thiếu", actor=actor
            ),
            "1. Hộ chiếu.",
        ),
        (
            "refusal",
            lambda code, actor: desk.refuse(code, ground="Sai nơi nộp", reason="Nộp ở phường", actor=actor),
            "Căn cứ: Sai nơi nộp.",
        ),
        (
            "apology",
            lambda code, actor: desk.apologise(
                code, reason="chờ xác minh", new_due_on=date(2026, 3, 12), actor=actor
            ),
            "gia hạn thời gian giải quyết hồ sơ đến ngày 12 tháng 3 năm 2026",
        ),
        (
            "stop",
            lambda code, actor: stop(code, reason="Theo đơn", request=REQUEST, actor=actor),
            "Lý do dừng: Theo đơn.",
        ),
        (
            "withdrawal",
            lambda code, actor: desk.withdraw(code, reason="Tự nguyện", request=REQUEST, actor=actor),
            "Tự nguyện.",
        ),
    ],
    ids=["supplement", "refusal", "apology", "stop", "withdrawal"],
)
def test_a_letter_is_printed_once_it_is_written(
    *, code: str, cast: Cast, form: str, write: Callable[[str, Actor], object], part: str
) -> None:
    with pytest.raises(FormUnavailable):
        print_form(code, form, "pdf", actor=console_actor())
    write(code, console_actor())
    assert part in words(print_form(code, form, "pdf", actor=actor_for(cast.clerk)).content)
    assert print_form(code, form, "docx", actor=actor_for(cast.clerk)).content[:2] == b"PK"


def test_the_control_slip_follows_the_dossier_from_hand_to_hand(code: str, cast: Cast, clerk: Actor) -> None:
    desk.hand_over(code, note="Đủ giấy tờ", actor=clerk)
    desk.accept(code, actor=actor_for(cast.officer))
    text = words(print_form(code, "control", "pdf", actor=clerk).content)
    for part in ("Mẫu số 06 (TT 03/2025/TT-VPCP)", "Bộ phận Một cửa", "Clerk, 09:00 02/03/2026", "Officer"):
        assert part in text


def test_who_may_not_see_persons_prints_no_paper_about_them(
    code: str, cast: Cast, client_for: SignIn
) -> None:
    observer = client_for(cast.observer)
    assert observer.get(f"/reports/dossiers/{code}/receipt.pdf").status_code == 403
    assert observer.get(f"/reports/slips/handover.pdf?code={code}").status_code == 403
    control = observer.get(f"/reports/dossiers/{code}/control.pdf")
    assert control.status_code == 200
    assert "Vừ Thị Mỷ" not in words(control.content)


@pytest.mark.parametrize(
    "path", ["dossiers/{code}/receipt.pdf", "dossiers/{code}/control.docx", "slips/results.pdf?code={code}"]
)
def test_an_outsider_does_not_learn_of_the_dossier(
    *, code: str, cast: Cast, client_for: SignIn, path: str
) -> None:
    address = "/reports/" + path.format(code=code)
    assert client_for(cast.outsider).get(address).status_code == 404
    answer = client_for(cast.clerk).get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"].split("; ")
    assert client_for(cast.clerk).post(address).status_code == 405


def test_unknown_forms_and_endings_are_not_found(code: str, cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    for path in ("dossiers/{}/book.pdf", "dossiers/{}/receipt.xlsx", "dossiers/{}/nothing.pdf"):
        assert client.get("/reports/" + path.format(code)).status_code == 404
    assert client.get("/reports/slips/handover.pdf").status_code == 400
    assert client.get(f"/reports/dossiers/{code}/refusal.pdf").status_code == 400


def test_the_holder_of_a_slip_gets_receipt_and_letters_only(code: str) -> None:
    assert code in words(form_for_holder(code, "receipt").content)
    for form in ("control", "handover", "book"):
        with pytest.raises(NotFound):
            form_for_holder(code, form)


def test_a_slip_keeps_the_order_of_its_dossiers(code: str, application: Receipt, clerk: Actor) -> None:
    other = desk.receive(replace(application, applicant=Applicant(name="Giàng A Páo")), actor=clerk).code
    text = words(print_slip([other, code], "handover", "pdf", actor=clerk).content)
    assert text.index(other) < text.index(code)


def test_the_desk_that_received_for_another_unit_prints_the_receipt(
    *, code: str, application: Receipt, cast: Cast, clerk: Actor, client_for: SignIn
) -> None:
    elsewhere = replace(application, unit_code="026", received_unit_code="024")
    other = desk.receive(elsewhere, actor=clerk).code
    client = client_for(cast.clerk)
    text = words(client.get(f"/reports/dossiers/{other}/receipt.pdf").content)
    assert "Cơ quan giải quyết: Huyện Đồng Văn" in text
    assert client.get(f"/reports/dossiers/{other}/control.pdf").status_code == 404
