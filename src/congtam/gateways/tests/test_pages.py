"""The page of daily files, and the gateway for trying out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congtam.foundation.public import clock, console_actor, set_installation_notes
from congtam.gateways.actions.callbacks import receive_callback
from congtam.gateways.domain.signing import signature
from congtam.gateways.public import TRY_GATEWAY, create_or_update_gateway
from congtam.kernel.clock import FixedClock, today
from congtam.testing.cast import Cast
from congtam.testing.doors.payments import FeeRequest, Payment

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def test_the_daily_file_is_for_administrators(asked: str, cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get("/payments/reconciliation/").status_code == 403
    administrator = client_for(cast.administrator)
    assert administrator.get("/payments/reconciliation/").status_code == 200
    answer = administrator.post("/payments/reconciliation/", {"gateway": "x", "day": str(date(2026, 3, 2))})
    assert answer.status_code == 400


def pay_online(request: str, secret: str, *, at: datetime) -> None:
    told = {"reference": "GD-1", "request": request, "amount": 30_000, "paid_at": at.isoformat()}
    body, sent_at = json.dumps(told).encode(), str(int(at.timestamp()))
    given = signature(secret, sent_at=sent_at, body=body)
    receive_callback("thu-nghiem", sent_at=sent_at, received_signature=given, body=body)


def test_days_without_their_daily_file_are_told(
    asked: str, cast: Cast, client_for: SignIn, *, frozen_clock: FixedClock
) -> None:
    administrator = client_for(cast.administrator)

    def told() -> str:
        return administrator.get("/payments/reconciliation/").content.decode()

    assert "Chưa có gì để đối soát" in told()
    secret = create_or_update_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    pay_online(asked, secret, at=clock().now())
    assert "có sau khi hết ngày" in told()
    assert "chưa nhập" not in told()
    paid_on = today(clock())
    frozen_clock.instant += timedelta(days=1)
    assert "chưa nhập" in told()
    assert "Không có chênh lệch" not in told()
    file = SimpleUploadedFile("ngay.csv", b"reference,request,amount,paid_at\n")
    sent = {"gateway": "thu-nghiem", "day": str(paid_on), "file": file}
    assert administrator.post("/payments/reconciliation/", sent).status_code == 302
    assert "chưa nhập" not in told()
    assert "GD-1" in told()


def test_a_refused_daily_file_keeps_its_day(asked: str, cast: Cast, client_for: SignIn) -> None:
    create_or_update_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())
    sent = {
        "gateway": "thu-nghiem",
        "day": "2026-02-27",
        "file": SimpleUploadedFile("ngay.csv", b"reference;amount\n"),
    }
    answer = client_for(cast.administrator).post("/payments/reconciliation/", sent)
    assert answer.status_code == 400
    assert 'value="2026-02-27"' in answer.content.decode()


def test_the_gateway_for_trying_out_exists_only_where_all_is_made_up(asked: str, client: Client) -> None:
    create_or_update_gateway(TRY_GATEWAY, address="/payments/try/", actor=console_actor())
    address = f"/payments/try/?request={asked}"
    assert client.get(address).status_code == 404
    set_installation_notes(synthetic=True)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 200
    assert client.post(address).status_code == 200
    assert FeeRequest.objects.get(code=asked).state == "paid"
    assert Payment.objects.filter(counts=True).count() == 1


def test_the_list_of_fees_leads_administrators_to_the_daily_files(
    asked: str, cast: Cast, client_for: SignIn
) -> None:
    assert "/payments/reconciliation/" in client_for(cast.administrator).get("/payments/").content.decode()
    assert "/payments/reconciliation/" not in client_for(cast.clerk).get("/payments/").content.decode()
