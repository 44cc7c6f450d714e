"""What the small forms of the steps tell a person before the step is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.dossiers.models import Letter
from congtam.dossiers.public import ask_payment
from congtam.dossiers.tests import desk
from congtam.foundation.public import Account
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: object, *, small_tree: None, cast: Cast) -> Cast:
    return cast


def form(client: Client, code: str, verb: str, **headers: str) -> str:
    return client.get(reverse("dossiers:verb", args=[code, verb]), headers=headers).content.decode()


def test_who_takes_money_sees_how_much(at_the_desk: Cast, client_for: SignIn) -> None:
    code = desk.handled(at_the_desk).code
    ask_payment(code, amount_dong=150_000, reason="Phí xác minh", actor=desk.part(at_the_desk, "officer"))
    shown = form(client_for(at_the_desk.clerk), code, "confirm_payment")
    assert "150.000 ₫" in shown
    assert "Phí xác minh" in shown
    assert "Tổng số tiền phải thu" in shown


def test_a_button_that_came_too_late_leads_to_the_dossier_as_it_is(
    at_the_desk: Cast, client_for: SignIn
) -> None:
    clerk, code = client_for(at_the_desk.clerk), desk.received(at_the_desk).code
    address = reverse("dossiers:verb", args=[code, "return_result"])
    answer = clerk.get(address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/dossiers/{code}/")
    assert "hiện không thực hiện được" in clerk.get(answer.headers["HX-Redirect"]).content.decode()


def test_nobody_else_to_assign_to_is_said(at_the_desk: Cast, client_for: SignIn) -> None:
    code = desk.handled(at_the_desk).code
    shown = form(client_for(at_the_desk.unit_head), code, "assign")
    assert "không còn ai khác" in shown


def test_a_name_of_several_units_names_them(at_the_desk: Cast, client_for: SignIn) -> None:
    officer, code = client_for(at_the_desk.officer), desk.handled(at_the_desk).code
    sent = {"to_unit": "Hà Giang", "question": "Có ý kiến gì?", "answer_within_hours": "16"}
    answer = officer.post(reverse("dossiers:verb", args=[code, "consult"]), sent)
    assert answer.status_code == 400
    assert "024 · Thành phố Hà Giang" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_scan_says_which_paper_it_is(at_the_desk: Cast, client_for: SignIn) -> None:
    clerk, code = client_for(at_the_desk.clerk), desk.received(at_the_desk).code
    scan = SimpleUploadedFile("anh.pdf", b"%PDF-1.4\n%\xe2\xe3\n")
    clerk.post(reverse("dossiers:verb", args=[code, "attach"]), {"file": scan, "position": "1"})
    assert "Giấy xác nhận · Bản quét" in clerk.get(reverse("dossiers:detail", args=[code])).content.decode()


def test_lists_call_people_by_their_names(at_the_desk: Cast, client_for: SignIn) -> None:
    Account.objects.filter(username=at_the_desk.clerk.username).update(name="Giàng Mí Cửa")
    clerk, code = client_for(at_the_desk.clerk), desk.received(at_the_desk).code
    assert "Giàng Mí Cửa</span>" in clerk.get(reverse("dossiers:list")).content.decode()
    chosen = clerk.post(reverse("dossiers:bulk"), {"code": [code], "verb": "hand_over", "do": "look"})
    assert "(Giàng Mí Cửa)" in chosen.content.decode()
