"""Fees taken at the desk, and dossiers received for other units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import ask_payment
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.payments.public import fee_requests
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

SignIn = Callable[[object], Client]


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: object, *, small_tree: None, cast: Cast) -> Cast:
    return cast


@pytest.mark.django_db
def test_cash_settles_the_request_and_the_dossier_at_once(at_the_desk: Cast, client_for: SignIn) -> None:
    code = desk.handled(at_the_desk).code
    ask_payment(code, amount_dong=50_000, reason="Lệ phí", actor=desk.part(at_the_desk, "officer"))
    clerk, address = client_for(at_the_desk.clerk), reverse("dossiers:verb", args=[code, "confirm_payment"])
    assert clerk.post(address, {"way": "online"}).status_code == 400
    assert clerk.post(address, {"way": "cash"}).status_code == 302
    drain_outbox()
    requests = fee_requests([code], to=console_actor())
    assert [(each.state, each.paid_dong, each.way) for each in requests] == [("paid", 50_000, "cash")]
    assert (Dossier.objects.get().state, Dossier.objects.get().payment) == ("in_progress", "cash")


@pytest.mark.django_db
def test_a_dossier_is_received_for_a_unit_out_of_sight(at_the_desk: Cast, client_for: SignIn) -> None:
    clerk = client_for(at_the_desk.clerk)
    sent = desk.receiving_page(procedure_code=desk.COPY, unit_code="026 · Huyện Đồng Văn", ticked=[])
    answer = clerk.post(reverse("dossiers:receive"), sent)
    dossier = Dossier.objects.get()
    assert (dossier.unit_code, DeskRecord.objects.get().received_unit_code) == ("026", "024")
    assert clerk.get(reverse("dossiers:detail", args=[dossier.code])).status_code == 404
    assert dossier.code in clerk.get(answer.headers["Location"]).content.decode()
    assert dossier.code in clerk.get(reverse("dossiers:elsewhere")).content.decode()
    receipt = reverse("reports:dossier_form", args=[dossier.code, "receipt", "docx"])
    assert clerk.get(receipt).status_code == 200
    control = reverse("reports:dossier_form", args=[dossier.code, "control", "docx"])
    assert clerk.get(control).status_code == 404
    assert client_for(at_the_desk.observer).get(receipt).status_code == 404


@pytest.mark.django_db
def test_the_counter_that_took_it_in_does_what_is_done_at_a_counter(
    at_the_desk: Cast, client_for: SignIn
) -> None:
    clerk = client_for(at_the_desk.clerk)
    sent = desk.receiving_page(procedure_code=desk.COPY, unit_code="026", ticked=[])
    slip = clerk.post(reverse("dossiers:receive"), sent).headers["Location"]
    code = Dossier.objects.get().code
    address = reverse("dossiers:verb", args=[code, "withdraw"])
    assert address in clerk.get(slip).content.decode()
    assert clerk.get(address).status_code == 200
    assert clerk.get(reverse("dossiers:verb", args=[code, "hand_over"])).status_code == 404
    assert (
        clerk.post(
            address, {"reason": "Người nộp rút", "file": SimpleUploadedFile("đơn.pdf", b"%PDF-1.4\n")}
        ).headers["Location"]
        == slip
    )
    assert Dossier.objects.get().state == "withdrawn"


@pytest.mark.django_db
def test_a_procedure_of_one_place_is_not_received_for_another(at_the_desk: Cast, client_for: SignIn) -> None:
    answer = client_for(at_the_desk.clerk).post(
        reverse("dossiers:receive"), desk.receiving_page(unit_code="026")
    )
    assert answer.status_code == 400
    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_the_page_of_a_dossier_asks_the_database_a_bounded_number_of_times(
    at_the_desk: Cast, client_for: SignIn, django_assert_max_num_queries: Any
) -> None:
    code, clerk = desk.handled(at_the_desk).code, client_for(at_the_desk.clerk)
    clerk.get(reverse("dossiers:detail", args=[code]))
    with django_assert_max_num_queries(40):
        clerk.get(reverse("dossiers:detail", args=[code]))
