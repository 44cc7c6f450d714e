"""The pages on which the catalogue is kept: nothing typed is lost, problems stand beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congtam.foundation.files import FileLimits, declare_file_kind, store_file
from congtam.foundation.public import Account, console_actor
from congtam.kernel.clock import FixedClock
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.time_limits import parse_time_limit
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import desk_procedure, enter_procedure_list
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree")]
URL = "/procedures/1.001193/edit/"
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def catalogue(frozen_clock: FixedClock, db: None) -> None:
    content = Content(
        name="Đăng ký khai sinh",
        papers=(CataloguePaper(name="Tờ khai", group="Giấy tờ phải nộp", originals=1),),
        limits=(
            ChannelLimit(channel="desk", limit=parse_time_limit("05 ngày làm việc kể từ ngày nhận đủ hồ sơ")),
            ChannelLimit(channel="unknown", limit=parse_time_limit("Theo kế hoạch")),
        ),
    )
    enter_procedure_list(
        {"1.001193": content}, valid_from=date(2026, 1, 1), source="test", actor=console_actor()
    )


def fields(client: Client) -> dict[str, Any]:
    """What a browser would send back of the form as it is shown."""
    context = client.get(URL).context
    sent: dict[str, Any] = {
        "channels": list(context["parts"].channels) or ["desk", "online", "post"],
        "results": context["results"],
        "supplement_days": context["supplement_days"],
        "valid_from": context["valid_from"],
        "base": context["base"],
        "ground": "QĐ 12/QĐ-UBND",
    }
    for name, rows in context["lists"].items():
        for row in rows.rows:
            sent |= {f"{name}-{row.number}-{each}": value for each, value in row.values.items() if value}
    return sent


def test_saving_what_was_shown_changes_only_what_was_typed(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.reform_officer)
    sent = fields(client) | {"fees-0-name": "Lệ phí", "fees-0-amount_dong": "8.000"}
    answer = client.post(URL, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/procedures/1.001193/")
    version = ProcedureVersion.objects.get(valid__startswith=DAY)
    assert version.by_hand == ["channels", "fees"]
    assert [row["limit"]["raw_text"] for row in version.details["limits"]] == [
        "05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "Theo kế hoạch",
    ]
    assert version.details["papers"][0]["group"] == "Giấy tờ phải nộp"
    found = desk_procedure("1.001193", DAY)
    assert found is not None
    assert found.fee_for(channel="desk") == 8000


def test_a_refused_form_comes_back_with_everything_typed(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.reform_officer)
    typed = {
        "papers-1-name": "<b>Giấy chứng sinh</b>",
        "papers-1-copies": "nhiều",
        "limits-0-value": "x",
        "ground": "",
        "results": "Giấy khai sinh",
    }
    answer = client.post(URL, fields(client) | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "&lt;b&gt;Giấy chứng sinh&lt;/b&gt;" in page
    lists = answer.context["lists"]
    assert list(lists["papers"].counted[1].problems) == ["copies"]
    assert list(lists["limits"].counted[0].problems) == ["value"]
    assert lists["papers"].counted[1].values["copies"] == "nhiều"
    assert answer.context["results"] == "Giấy khai sinh"
    assert ProcedureVersion.objects.count() == 1


def test_more_rows_come_without_saving(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.reform_officer)
    sent = fields(client) | {"papers-1-name": "Giấy chứng sinh", "more": "papers"}
    answer = client.post(URL, sent)
    assert answer.status_code == 200
    papers = answer.context["lists"]["papers"].rows
    assert papers[1].values["name"] == "Giấy chứng sinh"
    assert len(papers) >= 7
    assert ProcedureVersion.objects.count() == 1


def test_a_row_is_taken_out_and_a_number_is_worded_anew(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.reform_officer)
    client.post(URL, fields(client) | {"papers-0-drop": "on", "limits-0-value": "3", "limits-1-drop": "on"})
    details = ProcedureVersion.objects.get(valid__startswith=DAY).details
    assert details["papers"] == []
    assert [row["limit"]["raw_text"] for row in details["limits"]] == ["3 ngày làm việc"]


def test_two_people_at_once_do_not_overwrite_each_other(cast: Cast, client_for: SignIn) -> None:
    first, second = client_for(cast.reform_officer), client_for(cast.administrator)
    stale = fields(second)
    first.post(URL, fields(first) | {"results": "A"})
    answer = second.post(URL, stale | {"results": "B"})
    assert answer.status_code == 422
    assert [problem.code for problem in answer.context["problems"]["above"]] == ["changed_meanwhile"]


def test_a_form_is_kept_with_the_paper(cast: Cast, client_for: SignIn, warehouse_dir: Path) -> None:
    assert warehouse_dir
    client = client_for(cast.reform_officer)
    sent = fields(client) | {"papers-0-form": SimpleUploadedFile("mau-01.pdf", b"%PDF-1.7 x")}
    assert client.post(URL, sent).status_code == 302
    paper = ProcedureVersion.objects.get(valid__startswith=DAY).details["papers"][0]
    answer = client_for(cast.citizen).get(f"/procedures/1.001193/form/{paper['form_digest']}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mau-01.pdf"'
    wrong = fields(client) | {
        "papers-0-form": SimpleUploadedFile("mau-01.pdf", b"MZ"),
        "valid_from": "2026-04-01",
    }
    refused = client.post(URL, wrong)
    assert list(refused.context["lists"]["papers"].counted[0].problems) == ["form"]


@pytest.mark.parametrize("part", ["clerk", "unit_head", "observer", "citizen", "outsider"])
def test_others_may_not_open_the_form(cast: Cast, client_for: SignIn, part: str) -> None:
    client = client_for(cast.everyone()[part])
    assert client.get(URL).status_code == 403
    assert client.post(URL, {}).status_code == 403


def test_wrong_methods_and_unknown_codes(cast: Cast, client_for: SignIn, client: Client) -> None:
    assert client_for(cast.administrator).put(URL).status_code == 405
    assert client_for(cast.administrator).get("/procedures/9.9/edit/").status_code == 404
    assert client.get(URL).status_code == 302


def test_no_other_file_becomes_a_public_form(cast: Cast, client_for: SignIn, warehouse_dir: Path) -> None:
    declare_file_kind("paper", FileLimits(size=100, endings=(".pdf",)))
    private = store_file(
        b"%PDF-1.7", name="can-cuoc.pdf", media_type="application/pdf", kind="paper", actor=console_actor()
    )
    client = client_for(cast.reform_officer)
    sent = fields(client) | {"papers-0-form_digest": private.digest, "papers-0-form_name": "x.pdf"}
    answer = client.post(URL, sent)
    assert answer.status_code == 422
    assert "Hãy chọn lại tệp" in answer.content.decode()
    assert Client().get(f"/public/procedures/1.001193/form/{private.digest}/").status_code == 404
