"""Names that would look like other names: no mark that reverses the writing gets into them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congtam.dossiers.files.take_file import IncomingFile, take_file
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api, body_of
from congtam.foundation.files import FileNameReversed, store_file
from congtam.foundation.public import Account, console_actor
from congtam.kernel.errors import InputRefused
from congtam.kernel.input.yaml_text import YamlReversed, parse_yaml
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.tabular.cells import strip_invisible_characters
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
MARK = "\u202e"


@pytest.mark.parametrize("mark", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])
def test_a_saved_view_keeps_a_plain_name(cast: Cast, mark: str) -> None:
    refused = Api(cast.clerk).post("/saved-views", {"name": f"Quá hạn {mark}x", "query": "list=overdue"})
    assert refused.status_code == 422
    assert [(each["code"], each["pointer"]) for each in refused.json()["problems"]] == [
        ("direction_mark", "/name")
    ]


def test_so_does_a_webhook(cast: Cast) -> None:
    wish = {"name": f"Trục {MARK}x", "url": "https://hub.example.vn/", "topics": ["dossiers.changed"]}
    refused = Api(cast.administrator).post("/webhooks", wish)
    assert [each["code"] for each in refused.json()["problems"]] == ["direction_mark"]


def test_so_does_an_account(cast: Cast, client_for: SignIn) -> None:
    person = {"username": "lan.nt", "name": f"Nguyễn {MARK}Lan", "position": "", "email": ""}
    role = {"role": "clerk", "unit": "00691", "since": "", "until": "", "note": ""}
    page = client_for(cast.administrator).post("/administration/accounts/open/", person | role)
    assert "đảo chiều chữ" in page.content.decode()
    assert not Account.objects.filter(username="lan.nt").exists()


def test_so_does_an_applicant(
    frozen_clock: object, *, small_tree: None, cast: Cast, warehouse_dir: Path
) -> None:
    desk.enter_procedures()
    body = body_of()
    applicant = {**body["applicant"], "name": f"Vừ {MARK}Mỷ"}
    refused = Api(cast.clerk).post("/dossiers", {**body, "applicant": applicant})
    assert refused.status_code == 422
    assert "direction_mark" in {each["code"] for each in refused.json()["problems"]}


def test_so_does_a_unit(small_tree: None) -> None:
    row = UnitVersionRow(
        code="999", name=f"Xã {MARK}A", kind="commune", parent=None,
        valid_from=date(2025, 7, 1), valid_until=date.max,
    )  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        enter_units([row], actor=console_actor())
    assert "org_units.direction_mark" in {problem.code for problem in refused.value.problems}


def test_so_does_a_file(cast: Cast, warehouse_dir: Path) -> None:
    name, pdf = f"don{MARK}gnp.pdf", io.BytesIO(b"%PDF-1.4 x")
    with pytest.raises(InputRefused) as refused:
        take_file(IncomingFile(pdf, name), actor=console_actor())
    assert [problem.code for problem in refused.value.problems] == ["files.name_reversed"]
    assert MARK not in refused.value.problems[0].format_message()
    with pytest.raises(FileNameReversed):
        store_file(pdf, name=name, media_type="application/pdf", kind="dossier_paper", actor=console_actor())


def test_a_file_sent_by_a_browser_arrives_without_it(cast: Cast, warehouse_dir: Path) -> None:
    file = SimpleUploadedFile(f"don{MARK}gnp.pdf", b"%PDF-1.4 x")
    assert Api(cast.clerk).client.post("/api/v1/uploads", {"file": file}).json()["name"] == "dongnp.pdf"


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "\u200f", "\u061c"])
def test_what_other_systems_send_loses_it(mark: str) -> None:
    assert strip_invisible_characters(f"Vừ {mark}Mỷ") == "Vừ Mỷ"


@pytest.mark.parametrize("text", ["name: x\u202e y", '"a\\u2067b": c', "a:\n- [b, {c: 'd\\u200f\u2066'}]"])
def test_a_form_or_mapping_as_a_file_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(YamlReversed) as refused:
        parse_yaml(text)
    assert refused.value.line is not None
