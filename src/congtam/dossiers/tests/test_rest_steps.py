"""The life of a dossier over the API: each step by its address, guarded by versions, for one and for many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congtam.dossiers.intake.filings import file_online
from congtam.dossiers.record.domain.receipt import Applicant, AttachedFile, Receipt
from congtam.dossiers.record.integrity import altered_dossiers
from congtam.dossiers.tests.rest_client import MARRIAGE, Api, body_of, enter_marriage
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def marriage(frozen_clock: None, small_tree: None, warehouse_dir: None) -> None:
    enter_marriage()


def step(api: Api, code: str, verb: str, **body: Any) -> Any:
    answer = api.post(f"/dossiers/{code}/{verb}", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def upload(api: Api, content: bytes = PDF, name: str = "ket-qua.pdf") -> Any:
    return api.client.post("/api/v1/uploads", {"file": SimpleUploadedFile(name, content)})


def test_a_dossier_lives_its_whole_life(cast: Cast) -> None:
    clerk, officer, head = Api(cast.clerk), Api(cast.officer), Api(cast.unit_head)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    step(clerk, code, "hand_over", note="Đủ giấy tờ")
    assert step(officer, code, "accept")["state"] == "in_progress"
    asked = step(officer, code, "ask_supplement", missing=["Giấy xác nhận"], reason="Thiếu")
    assert asked["state"] == "awaiting_supplement"
    step(clerk, code, "receive_supplement", papers=[{"position": 1, "originals": 1}])
    step(officer, code, "hand_over")
    step(head, code, "accept")
    handle = upload(head).json()["handle"]
    step(head, code, "approve", file={"handle": handle})
    issued = step(head, code, "issue_result", summary="Giấy chứng nhận kết hôn", file={"handle": handle})
    assert issued["state"] == "finished"
    returned = step(clerk, code, "return_result", way="desk", receiver="Vừ Thị Mỷ")
    assert (returned["state"], returned["version"] > 8) == ("returned", True)
    whole = clerk.get(f"/dossiers/{code}").json()
    assert [letter["kind"] for letter in whole["letters"]] == ["supplement"]
    assert {line["kind"] for line in whole["clock"]["lines"]} >= {"given", "suspended", "resumed", "ended"}
    digest = whole["files"][0]["digest"]
    sent = clerk.get(f"/dossiers/{code}/files/{digest}")
    assert b"".join(sent.streaming_content) == PDF
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert list(altered_dossiers()) == []


def test_who_saw_an_older_version_is_refused(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    path = f"/dossiers/{code}/hand_over"
    assert clerk.post(path, {}, headers={"If-Match": 'W/"1"'}).status_code == 200
    for seen in ('W/"1"', '"nonsense"'):
        late = clerk.post(f"/dossiers/{code}/take_back", headers={"If-Match": seen})
        assert (late.status_code, late.json()["code"]) == (412, "dossiers.changed_meanwhile")


def test_what_cannot_be_done_now_is_a_conflict(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    answer = clerk.post(f"/dossiers/{code}/return_result", {"way": "desk"})
    assert (answer.status_code, answer.json()["code"]) == (409, "dossiers.step_not_allowed")
    assert clerk.post(f"/dossiers/{code}/approve", {}).status_code == 403
    assert Api(cast.outsider).post(f"/dossiers/{code}/hand_over", {}).status_code == 404


def test_many_are_handed_over_each_for_itself(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    codes = [clerk.post("/dossiers", body_of()).json()["code"] for _ in range(2)]
    key = {"Idempotency-Key": "evening"}
    told = clerk.post("/bulk/hand_over", {"codes": [*codes, "none"], "note": "Cuối ngày"}, headers=key).json()
    assert [row["code"] for row in told["done"]] == codes
    assert [(row["code"], row["status"]) for row in told["refused"]] == [("none", 404)]
    again = clerk.post("/bulk/hand_over", {"codes": [*codes, "none"], "note": "Cuối ngày"}, headers=key)
    assert again.json() == told


def test_a_file_is_held_to_its_type_and_its_uploader(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    assert upload(clerk, b"MZ not a pdf").status_code == 422
    assert upload(clerk, b"x", "script.exe").status_code == 422
    sent = upload(clerk)
    assert sent.status_code == 201
    stolen = body_of(unit="026") | {"files": [{"handle": sent.json()["handle"], "position": 0}]}
    refused = Api(cast.outsider).post("/dossiers", stolen)
    assert refused.json()["problems"][0]["code"] == "handle_unknown"
    own = clerk.post("/dossiers", body_of() | {"files": [{"handle": sent.json()["handle"], "position": 0}]})
    assert own.status_code == 201
    code, digest = own.json()["code"], sent.json()["digest"]
    assert Api(cast.outsider).get(f"/dossiers/{code}/files/{digest}").status_code == 404
    assert Api(cast.observer).get(f"/dossiers/{code}/files/{digest}").status_code == 404


def test_a_filing_is_taken_in_or_turned_down(cast: Cast) -> None:
    receipt = Receipt(
        procedure_code=MARRIAGE,
        unit_code="024",
        applicant=Applicant(name="Giàng A Páo", phone="0912345678"),
        channel="online",
    )
    first, second = (_filed(receipt) for _ in range(2))
    clerk = Api(cast.clerk)
    assert {row["code"] for row in clerk.get("/filings").json()["items"]} == {first, second}
    assert Api(cast.outsider).get("/filings").json()["items"] == []
    assert Api(cast.outsider).post(f"/filings/{first}/accept").status_code == 404
    taken = clerk.post(f"/filings/{first}/accept")
    assert taken.status_code == 201
    assert clerk.get(f"/filings/{first}").json()["dossier_code"] == taken.json()["code"]
    turned = clerk.post(f"/filings/{second}/decline", {"reason": "Sai nơi nộp"})
    assert turned.json()["state"] == "declined"
    assert clerk.post(f"/filings/{second}/accept").status_code == 409


def _filed(receipt: Receipt) -> str:
    papers = [
        AttachedFile(
            digest=64 * "0", name="giay.pdf", media_type="application/pdf", size=9, position=position
        )
        for position in (0, 1)
    ]
    return file_online(replace(receipt, files=tuple(papers))).code


def test_another_office_is_asked_and_answers(cast: Cast) -> None:
    clerk, officer = Api(cast.clerk), Api(cast.officer)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    step(clerk, code, "hand_over")
    step(officer, code, "accept")
    step(officer, code, "consult", to_unit="024", question="Có hộ khẩu không?", answer_within_hours=8)
    waiting = officer.get("/consultations").json()["items"]
    assert [row["content"]["question"] for row in waiting] == ["Có hộ khẩu không?"]
    assert Api(cast.outsider).get("/consultations").json()["items"] == []
    told = officer.post("/consultations/answer", {"number": waiting[0]["number"], "text": "Có"})
    assert told.json()["answer"] == {"text": "Có"}


def test_work_lists_and_the_catalogue(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    assert [row["code"] for row in clerk.get("/work-lists/mine").json()["items"]] == [code]
    assert clerk.get("/work-lists").json()["counts"]["mine"] == 1
    assert clerk.get("/work-lists/nonsense").status_code == 422
    assert [row["code"] for row in clerk.get("/procedures?q=ket hon").json()["items"]] == [MARRIAGE]
    assert [paper["name"] for paper in clerk.get(f"/procedures/{MARRIAGE}").json()["papers"]] == [
        "Tờ khai",
        "Giấy xác nhận",
    ]
    assert clerk.get("/procedures/9.999").status_code == 404


def test_a_fee_is_asked_and_paid_in_cash(cast: Cast) -> None:
    clerk = Api(cast.clerk)
    code = clerk.post("/dossiers", body_of()).json()["code"]
    assert step(clerk, code, "ask_payment", amount_dong=50000, reason="Lệ phí")["state"] == "awaiting_payment"
    fee = clerk.get(f"/dossiers/{code}/fees").json()["items"][0]
    assert (fee["amount_dong"], fee["state"]) == (50000, "open")
    assert Api(cast.outsider).get(f"/dossiers/{code}/fees").status_code == 404
    path = f"/dossiers/{code}/fees/{fee['code']}/payments"
    paid = clerk.post(path, {"amount_dong": 50000}).json()["items"][0]
    assert (paid["state"], paid["paid_dong"], paid["way"]) == ("paid", 50000, "cash")
    assert clerk.post(f"/dossiers/{code}/fees/none/payments", {"amount_dong": 1}).status_code == 404
