"""What a reader may not learn by another way than the page: names, notes, secrets, dossiers out of sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from congtam.dossiers.handling.actions import open_linked, reopen, send_back
from congtam.dossiers.intake.filings import decline_filing, file_online
from congtam.dossiers.models import DeskRecord, Step
from congtam.dossiers.printing.reading import printed_dossier, printed_receipt
from congtam.dossiers.public import (
    altered_dossiers,
    approve,
    ask_payment,
    drifted_dossiers,
    issue_result,
    receive,
    refuse,
    return_result,
)
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api
from congtam.foundation.public import console_actor
from congtam.payments.public import cancel, fee_requests
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
NAMED = "Lầu Thị Máy"


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: object, frozen_clock: object, *, small_tree: None, cast: Cast) -> Cast:
    return cast


def test_of_a_linked_dossier_out_of_sight_not_even_the_code_is_told(
    at_the_desk: Cast, client_for: SignIn
) -> None:
    parent = desk.handled(at_the_desk).code
    officer = desk.part(at_the_desk, "officer")
    child = open_linked(parent, procedure_code=desk.COPY, unit_code="026", actor=officer).code
    outsider, inspector = Api(at_the_desk.outsider), Api(at_the_desk.inspector)
    assert outsider.get(f"/dossiers/{child}").json()["parent_code"] == ""
    assert [row["parent_code"] for row in outsider.get("/dossiers").json()["items"]] == [""]
    assert inspector.get(f"/dossiers/{child}").json()["parent_code"] == parent
    assert parent not in outsider.get(f"/dossiers/{child}/linked").content.decode()
    assert inspector.get(f"/dossiers/{child}/linked").json()["parent"]["code"] == parent
    address = reverse("dossiers:export", args=["csv"])
    files = [
        b"".join(client_for(account).get(address).streaming_content)  # type: ignore[attr-defined]
        for account in (at_the_desk.outsider, at_the_desk.inspector)
    ]
    assert [parent.encode() in file for file in files] == [False, True]


def test_what_people_wrote_is_not_for_observers(at_the_desk: Cast, client_for: SignIn) -> None:
    code = desk.at_approval(at_the_desk).code
    head = desk.part(at_the_desk, "unit_head")
    send_back(code, reason=f"{NAMED} thiếu chữ ký", actor=head)
    ask_payment(code, amount_dong=9000, reason=f"Phí của {NAMED}", actor=desk.part(at_the_desk, "officer"))
    told = Api(at_the_desk.observer).get(f"/dossiers/{code}").content.decode()
    assert NAMED not in told
    assert NAMED in Api(at_the_desk.inspector).get(f"/dossiers/{code}").content.decode()
    (fee,) = fee_requests([code], to=console_actor())
    pages = [
        reverse("dossiers:detail", args=[code]),
        reverse("payments:detail", args=[fee.code]),
    ]
    for page in pages:
        assert NAMED not in client_for(at_the_desk.observer).get(page).content.decode()
        assert NAMED in client_for(at_the_desk.inspector).get(page).content.decode()
    observed = printed_dossier(code, to=desk.part(at_the_desk, "observer"))
    assert not any(NAMED in move.note for move in observed.steps)


def test_of_a_result_an_observer_learns_number_and_day(at_the_desk: Cast) -> None:
    code, officer = desk.approved(at_the_desk).code, desk.part(at_the_desk, "unit_head")
    issue_result(code, summary=f"Cấp cho {NAMED}", number="12/GCN", actor=officer)
    return_result(code, way="desk", receiver=NAMED, actor=desk.part(at_the_desk, "clerk"))
    result = Api(at_the_desk.observer).get(f"/dossiers/{code}").json()["result"]
    assert result == {"number": "12/GCN", "issued_on": "2026-03-02"}


def test_the_secret_of_a_slip_stays_with_those_who_hand_it_out(at_the_desk: Cast) -> None:
    code = desk.received(at_the_desk).code
    secret = DeskRecord.objects.get().lookup_secret
    told = {
        part: printed_receipt(code, to=desk.part(at_the_desk, part)).lookup_secret
        for part in ("clerk", "officer", "inspector", "leader", "observer")
    }
    assert told == {"clerk": secret, "officer": "", "inspector": "", "leader": "", "observer": ""}


def test_the_ledger_of_exports_keeps_no_name_that_was_searched_for(
    at_the_desk: Cast, client_for: SignIn
) -> None:
    desk.received(at_the_desk)
    client, address = client_for(at_the_desk.inspector), reverse("dossiers:export", args=["csv"])
    for text in (NAMED, "0912345678", "H22-1"):
        b"".join(client.get(address, {"q": text, "note": NAMED}).streaming_content)  # type: ignore[attr-defined]
    texts = " ".join(AuditEntry.objects.filter(kind="export").values_list("text", flat=True))
    assert NAMED not in texts
    assert "0912345678" not in texts
    assert '"q":"H22-1"' in texts


def test_the_ledger_keeps_no_words_of_people(at_the_desk: Cast) -> None:
    head, clerk = desk.part(at_the_desk, "unit_head"), desk.part(at_the_desk, "clerk")
    code = desk.at_approval(at_the_desk).code
    send_back(code, reason=NAMED, actor=head)
    refuse(code, ground=NAMED, reason=NAMED, actor=head)
    reopen(code, reason=NAMED, actor=head)
    second = desk.at_approval(at_the_desk).code
    approve(second, note=NAMED, file=desk.RESULT, actor=head)
    filing = file_online(desk.filed_application())
    decline_filing(filing.code, reason=NAMED, actor=clerk)
    third = ask_payment(desk.handled(at_the_desk).code, amount_dong=9000, reason=NAMED, actor=head)
    (fee,) = fee_requests([third.code], to=console_actor())
    cancel(fee.code, reason=f"{NAMED}\x00", actor=clerk)
    assert not AuditEntry.objects.filter(text__contains=NAMED).exists()
    assert Step.objects.filter(dossier__code=second, attributes__approval_note=NAMED).exists()
    assert not [*altered_dossiers(), *drifted_dossiers()]


def test_what_another_unit_receives_most_is_not_told(at_the_desk: Cast, client_for: SignIn) -> None:
    for _ in range(3):
        receive(desk.application("026", procedure=desk.REGISTER), actor=desk.part(at_the_desk, "outsider"))
    client, asked = client_for(at_the_desk.clerk), {"q": "đăng ký"}
    for address in (reverse("dossiers:receive_procedures"), reverse("procedures:suggest")):
        answers = [
            client.get(address, asked | more, headers={"Accept": "application/json"}).content
            for more in ({}, {"unit": "026"})
        ]
        assert answers[0] == answers[1]


def test_places_beyond_any_checklist_are_no_fault_of_the_server(
    at_the_desk: Cast, client_for: SignIn
) -> None:
    sent = {"procedure_code": desk.MARRIAGE, "ticked": ["9" * 5000], "do": "receive", "token": "x"}
    assert client_for(at_the_desk.clerk).post(reverse("dossiers:receive"), sent).status_code == 400


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/dossiers/views/", {"do": "save", "name": "a\x00", "query": "q=x"}),
        ("/dossiers/work/bulk/", {"verb": "hand_over", "code": ["\x00"]}),
        ("/dossiers/receive/", {"procedure_code": "\x00", "do": "receive", "token": "\x00"}),
        ("/dossiers/receive/applicants/", {"phone": "", "id_number": "12345678\x00"}),
        ("/api/", {"revoke": "a\x00"}),
    ],
)
def test_a_zero_byte_in_a_form_is_no_fault_of_the_server(
    *, at_the_desk: Cast, client_for: SignIn, address: str, sent: dict[str, Any]
) -> None:
    assert client_for(at_the_desk.clerk).post(address, sent).status_code == 400
