"""Handling a dossier on its pages: buttons, forms, refusals, files, and what each role sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import consult
from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.intake.filings import file_online
from congtam.dossiers.models import DeskRecord, Dossier, Filing, Letter, Paper
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.dossiers.record.domain.receipt import AttachedFile
from congtam.dossiers.record.integrity import altered_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("warehouse_dir", "frozen_clock", "small_tree", "procedures"),
]
SignIn = Callable[[object], Client]
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def procedures(small_tree: None) -> None: ...


@pytest.fixture
def person(cast: Cast, client_for: SignIn) -> Callable[[str], Client]:
    """A member of the cast at a browser in English."""

    def sign_in(part: str) -> Client:
        client = client_for(getattr(cast, part))
        client.post(reverse("set_language"), {"language": "en"})
        return client

    return sign_in


def do(client: Client, code: str, verb: str, **fields: Any) -> Any:
    fields.setdefault("version", str(DeskRecord.objects.get(dossier__code=code).version))
    return client.post(reverse("dossiers:verb", args=[code, verb]), fields)


def page_of(client: Client, code: str) -> str:
    return client.get(reverse("dossiers:detail", args=[code])).content.decode()


def buttons(client: Client, code: str) -> set[str]:
    return set(re.findall(r'hx-get="[^"]*/verbs/([a-z_]+)/"', page_of(client, code)))


def test_a_life_through_the_pages(cast: Cast, person: Callable[[str], Client]) -> None:
    clerk, officer, head = person("clerk"), person("officer"), person("unit_head")
    code = desk.received(cast).code
    way: list[tuple[Client, str, dict[str, Any]]] = [
        (clerk, "hand_over", {"to_officer": "officer", "note": "gấp"}),
        (officer, "accept", {}),
        (officer, "ask_supplement", {"missing": ["Tờ khai"], "others": "Căn cước\n\nẢnh", "reason": "Thiếu"}),
        (clerk, "receive_supplement", {"ticked": ["0"], "papers.0.originals": "1"}),
        (officer, "ask_payment", {"amount_dong": "50000", "reason": "Lệ phí"}),
        (clerk, "confirm_payment", {"way": "cash"}),
        (officer, "apologise", {"new_due_on": "2026-03-10", "reason": "Đông hồ sơ"}),
        (officer, "attach", {"file": SimpleUploadedFile("biên bản.pdf", PDF), "position": "1"}),
        (officer, "hand_over", {}),
        (head, "accept", {}),
        (head, "approve", {"note": "Đồng ý", "file": SimpleUploadedFile("dự thảo.pdf", PDF)}),
        (
            head,
            "issue_result",
            {"summary": "Giấy", "file": SimpleUploadedFile("kq.pdf", PDF), "signature": "Ký số"},
        ),
        (clerk, "return_result", {"way": "desk", "receiver": "Vừ Thị Mỷ"}),
    ]
    for client, verb, fields in way:
        assert verb in buttons(client, code), verb
        form = client.get(reverse("dossiers:verb", args=[code, verb]), headers={"HX-Request": "true"})
        assert form.status_code == 200
        answer = do(client, code, verb, **fields)
        assert answer.status_code == 302, (verb, answer.content.decode()[:3000])
    assert Dossier.objects.get().state == "returned"
    assert Letter.objects.get(kind="supplement").content["missing"] == ["Tờ khai", "Căn cước", "Ảnh"]
    assert {paper.kind for paper in Paper.objects.all()} == {"scan", "result"}
    assert list(altered_dossiers()) == []
    words = page_of(clerk, code)
    for part in ("Căn cước", "biên bản.pdf", "Vừ Thị Mỷ", "Approved", "50,000 ₫", "The dossier is closed"):
        assert part in words, part


def test_every_form_has_its_action_and_its_words(cast: Cast) -> None:
    with_form = {verb for verb in DESK.verbs if verb.form is not None}
    assert with_form == set(DESK.verbs) - {verbs.RESUME, verbs.NOTE_PAYMENT}
    assert all(verb.lead for verb in with_form)
    assert all(verb.name and verb.done for verb in DESK.verbs)


def test_a_refused_form_keeps_what_was_typed(cast: Cast, person: Callable[[str], Client]) -> None:
    officer, code = person("officer"), desk.handled(cast).code
    refused = do(officer, code, "ask_supplement", others="Căn cước", reason="")
    assert refused.status_code == 400
    assert "Căn cước" in refused.content.decode()
    wrong_date = do(officer, code, "apologise", new_due_on="2026-03-01", reason="Đông hồ sơ").content.decode()
    assert 'class="ct-problem' in wrong_date or "errorlist" in wrong_date
    assert "Đông hồ sơ" in wrong_date
    assert Letter.objects.count() == 0


def test_a_file_of_a_refused_form_is_kept(cast: Cast, person: Callable[[str], Client]) -> None:
    head, code = person("unit_head"), desk.approved(cast).code
    sent = {"summary": "Giấy", "issued_on": "2020-01-01", "file": SimpleUploadedFile("kq.pdf", PDF)}
    refused = do(head, code, "issue_result", **sent).content.decode()
    ticket = refused.split('name="carried_file" value="')[1].split('"')[0]
    assert do(head, code, "issue_result", summary="Giấy", carried_file=ticket).status_code == 302
    assert DeskRecord.objects.get().result["name"] == "kq.pdf"


def test_who_is_overtaken_sees_the_dossier_as_it_is_now(cast: Cast, person: Callable[[str], Client]) -> None:
    clerk, code = person("clerk"), desk.received(cast).code
    before = str(DeskRecord.objects.get().version)
    assert do(clerk, code, "attach", file=SimpleUploadedFile("a.pdf", PDF)).status_code == 302
    overtaken = do(clerk, code, "stop", reason="Người nộp đề nghị", version=before)
    words = overtaken.content.decode()
    assert overtaken.status_code == 400
    assert "in the meantime" in words
    assert "Người nộp đề nghị" in words
    assert f'name="version" value="{DeskRecord.objects.get().version}"' in words
    assert Dossier.objects.get().state == "received"


@pytest.mark.parametrize(
    ("part", "status"), [("outsider", 404), ("citizen", 404), ("observer", 403), ("inspector", 403)]
)
def test_who_may_not_act_is_told_no_more_than_the_page_tells(
    *, cast: Cast, person: Callable[[str], Client], part: str, status: int
) -> None:
    code, client = desk.received(cast).code, person(part)
    for verb in DESK.verbs:
        if verb.form is None:
            continue
        address = reverse("dossiers:verb", args=[code, verb.code])
        assert client.get(address).status_code == status, verb
        assert client.post(address, {"reason": "x"}).status_code == status, verb
    assert client.put(reverse("dossiers:verb", args=[code, "stop"])).status_code == 405


def test_a_step_that_does_not_exist_or_not_now(cast: Cast, person: Callable[[str], Client]) -> None:
    clerk, code = person("clerk"), desk.received(cast).code
    assert clerk.get(reverse("dossiers:verb", args=[code, "resume"])).status_code == 404
    assert clerk.get(reverse("dossiers:verb", args=[code, "explode"])).status_code == 404
    assert clerk.get(reverse("dossiers:verb", args=[code, "return_result"])).status_code == 400
    assert do(clerk, code, "return_result", way="desk").status_code == 400


def test_buttons_are_those_of_the_person_and_the_state(cast: Cast, person: Callable[[str], Client]) -> None:
    code = desk.received(cast).code
    assert {"hand_over", "withdraw", "stop", "attach"} <= buttons(person("clerk"), code)
    assert buttons(person("officer"), code) == {"attach"} | (buttons(person("officer"), code) & {"stop"})
    assert buttons(person("observer"), code) == set()
    desk_code = desk.offered(cast).code
    assert "accept" in buttons(person("officer"), desk_code)
    assert "take_back" in buttons(person("clerk"), desk_code)


def test_an_observer_sees_neither_person_nor_papers_nor_reasons(
    cast: Cast, person: Callable[[str], Client]
) -> None:
    clerk, code = person("clerk"), desk.received(cast).code
    do(clerk, code, "attach", file=SimpleUploadedFile("đơn.pdf", PDF))
    request = SimpleUploadedFile("đơn rút.pdf", PDF)
    do(clerk, code, "withdraw", reason="Vừ Thị Mỷ rút đơn", file=request)
    words = page_of(person("observer"), code)
    assert code in words
    for part in ("Vừ Thị Mỷ", "0912345678", "đơn.pdf", DeskRecord.objects.get().lookup_secret):
        assert part not in words


def test_files_are_handed_out_with_the_sight_of_the_page(cast: Cast, person: Callable[[str], Client]) -> None:
    clerk, code = person("clerk"), desk.received(cast).code
    do(clerk, code, "attach", file=SimpleUploadedFile("đơn.pdf", PDF))
    address = reverse("dossiers:file", args=[code, Paper.objects.get().digest])
    got = clerk.get(address)
    assert got.getvalue() == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    shown = clerk.get(address, {"inline": "1"})
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"].split("; ")
    assert shown.getvalue() == PDF
    assert [person(part).get(address).status_code for part in ("outsider", "observer")] == [404, 404]
    other = reverse("dossiers:file", args=[desk.received(cast).code, Paper.objects.get().digest])
    assert clerk.get(other).status_code == 404


def test_a_dossier_of_another_system_is_only_read(cast: Cast, person: Callable[[str], Client]) -> None:
    row = DossierRow(code="H-1", unit_code="024", received_at=desk.received(cast).received_at)
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="one", source="test")
    clerk = person("clerk")
    assert "Origin of the data" in page_of(clerk, "H-1")
    assert buttons(clerk, "H-1") == set()
    assert clerk.get(reverse("dossiers:verb", args=["H-1", "stop"])).status_code == 400
    assert clerk.post(reverse("dossiers:verb", args=["H-1", "stop"]), {"reason": "x"}).status_code == 400


def test_the_office_that_is_asked_answers_without_seeing_the_dossier(
    cast: Cast, client_for: SignIn, person: Callable[[str], Client]
) -> None:
    from congtam.foundation.public import Grant, Role, create_or_update_account

    code = desk.handled(cast).code
    consult(
        code,
        to_unit="H22.09",
        question="Có đúng không?",
        answer_within_hours=8,
        actor=desk.part(cast, "officer"),
    )
    grants = [Grant(role=Role.OFFICER, unit_code="H22.09")]
    asked = create_or_update_account(
        username="sở", name="", password="x" * 20, grants=grants, actor=console_actor()
    )
    client, number = client_for(asked), Letter.objects.get().number
    address = reverse("dossiers:consultation", args=[number])
    assert number in client.get(reverse("dossiers:consultations")).content.decode()
    assert client.get(reverse("dossiers:detail", args=[code])).status_code == 404
    assert "Vừ Thị Mỷ" not in client.get(address).content.decode()
    assert client.post(address, {"text": " "}).status_code == 400
    assert client.post(address, {"text": "Đúng"}).status_code == 302
    assert Letter.objects.get().answer == {"text": "Đúng"}
    assert person("outsider").get(address).status_code == 404
    assert person("officer").get(address).status_code == 404


def test_what_was_filed_online_is_taken_in_or_turned_down(
    cast: Cast, person: Callable[[str], Client]
) -> None:
    from dataclasses import replace

    scans = tuple(
        AttachedFile(
            digest=str(position) * 64,
            name=f"{position}.pdf",
            media_type="application/pdf",
            size=9,
            position=position,
        )
        for position in (0, 1)
    )
    application = replace(desk.application(), channel="online", files=scans, papers=())
    first, second = file_online(application), file_online(application)
    clerk = person("clerk")
    listed = clerk.get(reverse("dossiers:filings")).content.decode()
    assert first.code in listed
    address = reverse("dossiers:filing", args=[first.code])
    assert "Vừ Thị Mỷ" in clerk.get(address).content.decode()
    taken = clerk.post(address, {"do": "accept"})
    assert taken.headers["Location"] == reverse("dossiers:slip", args=[Dossier.objects.get().code])
    assert clerk.post(address, {"do": "accept"}).status_code == 400
    other = reverse("dossiers:filing", args=[second.code])
    assert clerk.post(other, {"do": "decline", "reason": ""}).status_code == 400
    assert clerk.post(other, {"do": "decline", "reason": "Không đúng nơi"}).status_code == 302
    assert Filing.objects.get(code=second.code).state == "declined"
    assert [person(part).get(address).status_code for part in ("outsider", "officer")] == [404, 403]
    assert first.code not in person("outsider").get(reverse("dossiers:filings")).content.decode()


def test_the_list_of_those_received_for_others_is_for_clerks(person: Callable[[str], Client]) -> None:
    assert person("clerk").get(reverse("dossiers:elsewhere")).status_code == 200
    assert person("officer").get(reverse("dossiers:elsewhere")).status_code == 403
