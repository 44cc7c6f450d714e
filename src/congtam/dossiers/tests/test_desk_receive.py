"""The receiving page: what comes back when it is refused, and that one page makes one dossier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.dossiers.models import DeskRecord, Dossier, Paper, Party
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir", "marriage", "frozen_clock")]
SignIn = Callable[[object], Client]
CODE = "1.000894"
CONFIRMED = f"{CODE}|Vừ Thị Mỷ|0912 345 678|"
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def clerk(cast: Cast, client_for: SignIn) -> Client:
    client = client_for(cast.clerk)
    client.post(reverse("set_language"), {"language": "en"})
    return client


def page(**changes: Any) -> dict[str, Any]:
    """A page filled in as it should be."""
    fields = {
        "token": "t-1",
        "procedure_code": CODE,
        "received_unit_code": "024",
        "channel": "desk",
        "return_way": "desk",
        "applicant.name": "Vừ Thị Mỷ",
        "applicant.phone": "0912 345 678",
        "ticked": ["0", "1"],
        "papers.0.originals": "1",
        "papers.1.copies": "2",
        "do": "receive",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def send(client: Client, **changes: Any) -> Any:
    return client.post(reverse("dossiers:receive"), page(**changes))


def test_a_dossier_is_received_and_its_slip_shown(clerk: Client) -> None:
    answer = send(clerk)
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("dossiers:slip", args=[dossier.code])
    slip = clerk.get(answer.headers["Location"]).content.decode()
    for words in (
        dossier.code,
        DeskRecord.objects.get().lookup_secret,
        "05/03/2026 17:00",
        "data:image/svg+xml",
    ):
        assert words in slip
    assert [(paper["originals"], paper["copies"]) for paper in DeskRecord.objects.get().papers] == [
        (1, 0),
        (0, 2),
    ]


def test_the_page_sent_twice_makes_one_dossier(clerk: Client) -> None:
    first, second = send(clerk), send(clerk)
    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1
    send(clerk, token="t-2", duplicate_confirmed=CONFIRMED)
    assert Dossier.objects.count() == 2


def test_a_refused_page_keeps_what_was_typed_and_sent(clerk: Client) -> None:
    scan = SimpleUploadedFile("to khai.pdf", PDF)
    refused = send(
        clerk, **{"applicant.name": "", "applicant.address": "Tổ 4", "file.1": scan, "ticked": ["0"]}
    )
    assert refused.status_code == 400
    words = refused.content.decode()
    assert all(part in words for part in ("Enter the applicant.", "Tổ 4", "0912 345 678", "to khai.pdf"))
    assert not Dossier.objects.exists()
    kept = [line.split('"')[0] for line in words.split('name="carried_file" value="')[1:]]
    assert send(clerk, ticked=["0"], carried_file=kept).status_code == 302
    assert (Paper.objects.get().name, Paper.objects.get().position) == ("to khai.pdf", 1)


def test_everything_wrong_is_told_beside_its_field(clerk: Client) -> None:
    wrong = {"applicant.phone": "12ab", "applicant.email": "x@", "papers.0.originals": "many"}
    words = send(clerk, **wrong, procedure_code="").content.decode()
    assert all(
        f'id="{mark}"' in words for mark in ("wrong-procedure", "wrong-phone", "wrong-email", "refused")
    )
    assert "Enter a number from 0 to 999 for each paper." in words


def test_a_file_is_held_to_what_its_name_promises(clerk: Client) -> None:
    for name, content in (("a.pdf", b"<html><script>"), ("a.exe", PDF), ("a.docx", PDF), ("a.png", b"")):
        answer = send(clerk, files=SimpleUploadedFile(name, content))
        assert (answer.status_code, 'id="wrong-files"' in answer.content.decode()) == (400, True), name
    assert not Paper.objects.exists()


def test_a_kept_file_needs_our_signature(clerk: Client) -> None:
    assert send(clerk, carried_file=["forged", ""]).status_code == 302
    assert not Paper.objects.exists()


def test_without_scripts_the_words_of_a_procedure_are_enough(clerk: Client) -> None:
    chosen = send(clerk, procedure_code="", procedure_text="ket hon", do="choose", ticked=[])
    assert chosen.status_code == 200
    assert "Giấy xác nhận" in chosen.content.decode()
    assert send(clerk, procedure_code="", procedure_text="ket hon").status_code == 302


def test_what_the_page_asks_while_one_types(clerk: Client) -> None:
    rows = clerk.get(reverse("dossiers:receive_procedures"), {"q": "KET hon"}).json()["rows"]
    assert [row["code"] for row in rows] == [CODE]
    panel = clerk.get(
        reverse("dossiers:receive_panel"), {"procedure_code": CODE, "channel": "desk"}
    ).content.decode()
    assert all(words in panel for words in ("Tờ khai", "05/03/2026 17:00", "3 working days"))
    assert (
        "Calculated as soon as you choose a procedure."
        in clerk.get(reverse("dossiers:receive_panel"), {"procedure_code": "x"}).content.decode()
    )


def test_an_applicant_is_found_again_only_by_who_may_know(
    cast: Cast, clerk: Client, client_for: SignIn
) -> None:
    send(clerk, **{"applicant.id_number": "002199000001"})
    address = reverse("dossiers:receive_applicants")
    assert clerk.post(address, {"phone": "0912345678"}).json()["rows"][0]["name"] == "Vừ Thị Mỷ"
    assert clerk.post(address, {"id_number": "002199000001"}).json()["rows"][0]["kind"] == "citizen"
    assert clerk.post(address, {"phone": "0912"}).json() == {"rows": []}
    assert client_for(cast.outsider).post(address, {"phone": "0912345678"}).json() == {"rows": []}
    assert Party.objects.count() == 1


@pytest.mark.parametrize("part", ["officer", "observer", "inspector", "citizen", "administrator"])
def test_only_clerks_receive(*, cast: Cast, client_for: SignIn, part: str) -> None:
    client = client_for(cast.everyone()[part])
    assert client.get(reverse("dossiers:receive")).status_code == 403
    assert send(client).status_code == 403
    assert client.get(reverse("dossiers:receive_panel")).status_code == 403


def test_a_clerk_of_another_place_neither_receives_here_nor_sees_the_slip(
    cast: Cast, clerk: Client, client_for: SignIn
) -> None:
    outsider = client_for(cast.outsider)
    assert send(outsider).status_code == 400
    assert not Dossier.objects.exists()
    slip = send(clerk).headers["Location"]
    assert outsider.get(slip).status_code == 404
    assert client_for(cast.officer).get(slip).status_code == 403
    assert clerk.post(slip).status_code == 405


def test_typed_text_is_shown_as_text(clerk: Client) -> None:
    script = "<script>alert(1)</script>"
    assert script not in send(clerk, **{"applicant.name": script}, ticked=[]).content.decode()


def test_the_folder_holds_one_copy_of_a_file_sent_twice(clerk: Client, warehouse_dir: Path) -> None:
    send(clerk, files=[SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)])
    assert {paper.name for paper in Paper.objects.all()} == {"a.pdf", "b.pdf"}
    assert len([path for path in (warehouse_dir / "files").rglob("*") if path.is_file()]) == 1
