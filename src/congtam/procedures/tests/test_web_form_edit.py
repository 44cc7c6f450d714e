"""The pages on which an electronic form is made: nothing typed is lost, no script is needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congtam.forms.public import FieldKind, to_xlsx, to_yaml
from congtam.foundation.public import Account, console_actor
from congtam.kernel.clock import FixedClock
from congtam.procedures.domain.content import CataloguePaper, Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import desk_procedure, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.example_form import FORM

SignIn = Callable[[Account], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree")]
URL = "/procedures/1.001193/edit/form/"
TRIAL = "/procedures/1.001193/electronic-form/"
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def catalogue(frozen_clock: FixedClock, db: None) -> None:
    content = Content(
        name="Đăng ký khai sinh",
        papers=(
            CataloguePaper(name="Tờ khai", originals=1),
            CataloguePaper(name="Giấy chứng sinh", originals=1),
        ),
        case_kinds=(CaseKind(code="late", name="Quá hạn"),),
    )
    contents = {"1.001193": content, "1.000656": replace(content, name="Khai tử", form_fields=FORM)}
    enter_procedure_list(contents, valid_from=date(2026, 1, 1), source="test", actor=console_actor())


class Editor:
    """A browser without scripts on the page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: Any = client.get(URL)

    def press(self, do: str, **typed: Any) -> Any:
        """Send the page as it stands, with what was typed, by one of its buttons."""
        context = self.page.context
        sent = {name: context[name] for name in ("base", "valid_from", "ground")}
        sent |= {"form": context["state"], "open_row": context["open_row"], "do": do}
        sent["papers"] = [paper["position"] for paper in context["papers"] if paper["is_chosen"]]
        editor = context["editor"]
        if editor:
            sent |= {f"field-{key}": value for key, value in editor["values"].items() if value}
        answer = self.client.post(URL, {key: value for key, value in (sent | typed).items() if value != ""})
        if answer.status_code != 302:
            self.page = answer
        return answer

    @property
    def names(self) -> list[str]:
        """The fields in order."""
        return [row["name"] for row in self.page.context["rows"]]


def version() -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure__code="1.001193", valid__upper_inf=True)


def test_a_form_is_made_field_by_field_and_holds_from_its_day(cast: Cast, client_for: SignIn) -> None:
    editor = Editor(client_for(cast.reform_officer))
    editor.press("add:999")
    editor.press("add:0", **{"field-label": "Họ và tên người mẹ", "field-section": "Mẹ"})
    editor.press("column:1", **{"field-label": "Con"})
    editor.press("close", **{"field-label": "Tên con"})
    assert editor.names == ["ho_va_ten_nguoi_me", "con", "con.ten_con"]
    answer = editor.press("save", ground="QĐ 12", papers=["0"], valid_from="2026-04-01")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/procedures/1.001193/")
    assert version().by_hand == ["form_fields", "papers"]
    after, before = (desk_procedure("1.001193", day) for day in (date(2026, 4, 1), date(2026, 3, 31)))
    assert after is not None
    assert before is not None
    assert [(field.name, field.section) for field in after.form_fields] == [
        ("ho_va_ten_nguoi_me", "Mẹ"),
        ("con", ""),
    ]
    assert after.form_fields[1].kind is FieldKind.ROWS
    assert [paper.filled_online for paper in after.papers] == [True, False]
    assert (before.form_fields, before.papers[0].filled_online) == ((), False)


def test_rows_move_with_their_columns_and_go(cast: Cast, client_for: SignIn) -> None:
    editor = Editor(client_for(cast.reform_officer))
    editor.press("copy", copy_from="1.000656")
    assert editor.names[4:8] == ["members", "members.name", "members.kin", "members.other"]
    editor.press("down:4")
    assert editor.names[4:9] == ["area", "members", "members.name", "members.kin", "members.other"]
    editor.press("up:8")
    assert editor.names[6:9] == ["members.name", "members.other", "members.kin"]
    editor.press("drop:5")
    assert "members.name" not in editor.names


def test_another_name_goes_into_conditions_and_columns(cast: Cast, client_for: SignIn) -> None:
    editor = Editor(client_for(cast.reform_officer))
    editor.press("copy", copy_from="1.000656")
    editor.press("open:0")
    editor.press("open:4", **{"field-name": "purpose"})
    editor.press("close", **{"field-name": "people"})
    rows = {row["name"]: row for row in json.loads(editor.page.context["state"])}
    assert rows["who"]["shown_when"] == "purpose = marry"
    assert {"people.name", "people.kin", "people.other"} <= set(rows)
    editor.press("check")
    assert not editor.page.context["above"]
    assert "không có lỗi" in editor.page.content.decode()


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(cast: Cast, client_for: SignIn) -> None:
    editor = Editor(client_for(cast.reform_officer))
    editor.press("add:999")
    editor.press("add:0", **{"field-label": "<b>Giới tính</b>", "field-kind": "choice"})
    typed = {"field-label": "Ngày", "field-kind": "date", "field-maximum": "mai", "field-shown_when": "x"}
    answer = editor.press("save", valid_from="ngày mai", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "&lt;b&gt;Giới tính&lt;/b&gt;" in page
    assert "ngày mai" in page
    context = answer.context
    assert [len(row["problems"]) for row in context["rows"]] == [1, 2]
    assert set(context["editor"]["wrong"]) == {"maximum", "shown_when"}
    assert context["editor"]["values"]["maximum"] == "mai"
    assert context["beside"]["valid_from"]
    assert context["beside"]["ground"]
    assert ProcedureVersion.objects.filter(procedure__code="1.001193").count() == 1


@pytest.mark.parametrize("ending", ["xlsx", "yaml"])
def test_a_file_is_read_into_the_page_and_given_out(cast: Cast, client_for: SignIn, ending: str) -> None:
    client = client_for(cast.reform_officer)
    content = to_xlsx(FORM) if ending == "xlsx" else to_yaml(FORM, procedure="1.001193")
    editor = Editor(client)
    editor.press("read", file=SimpleUploadedFile(f"form.{ending}", content))
    assert editor.page.status_code == 200
    assert version().details.get("form_fields") is None
    assert editor.press("save", ground="QĐ 12").status_code == 302
    assert desk_procedure("1.001193", DAY).form_fields == FORM  # type: ignore[union-attr]
    answer = client_for(cast.citizen).get(f"/procedures/1.001193/electronic-form.{ending}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="to-khai-1.001193.{ending}"'
    if ending == "yaml":
        assert answer.content == content


def test_a_faulty_file_comes_into_the_page_with_its_problems(cast: Cast, client_for: SignIn) -> None:
    editor = Editor(client_for(cast.reform_officer))
    content = b"fields:\n  - {label: A, kind: choice}\n  - {label: B, colour: red, is_required: false}\n"
    editor.press("read", file=SimpleUploadedFile("form.yaml", content))
    assert {(each.row, each.column) for each in editor.page.context["above"]} == {
        (2, "options"),
        (3, "colour"),
    }
    assert [row["label"] for row in editor.page.context["rows"]] == ["A", "B"]
    for name, body in (("form.txt", b"x"), ("form.yaml", b"\xff")):
        editor.press("read", file=SimpleUploadedFile(name, body))
        assert editor.page.context["beside"]["file"]
        assert len(editor.page.context["rows"]) == 2


def test_two_people_at_once_do_not_overwrite_each_other(cast: Cast, client_for: SignIn) -> None:
    first, second = Editor(client_for(cast.reform_officer)), Editor(client_for(cast.administrator))
    for editor in (first, second):
        editor.press("copy", copy_from="1.000656")
    assert first.press("save", ground="QĐ 12").status_code == 302
    answer = second.press("save", ground="QĐ 13")
    assert [problem.code for problem in answer.context["above"]] == ["changed_meanwhile"]


@pytest.mark.parametrize("form", ["{", "[1]", '[{"x": "y"}]', '[{"name": 1}]', "[" * 99_999])
def test_a_page_that_came_back_broken_is_refused(cast: Cast, client_for: SignIn, form: str) -> None:
    client = client_for(cast.reform_officer)
    assert client.post(URL, {"form": form, "do": "save"}).status_code == 400
    assert client.post(TRIAL, {"form": form}).status_code == 400


def test_a_sign_that_only_looks_like_a_digit_names_no_place(cast: Cast, client_for: SignIn) -> None:
    client, rows = client_for(cast.reform_officer), '[{"label": "Họ và tên"}]'
    for typed in ({"papers": "²"}, {"open_row": "²"}, {"do": "open:²"}):
        assert client.post(URL, {"form": rows, "do": "check", **typed}).status_code == 200
    odd = {"form": '[{"label": "Họ và tên", "maximum": "²"}]'}
    assert client.post(TRIAL, odd).status_code == 200
    assert client.post(URL, {**odd, "do": "check"}).status_code == 200


@pytest.mark.parametrize("part", ["clerk", "unit_head", "observer", "citizen", "outsider"])
def test_others_may_not_edit_but_may_try(cast: Cast, client_for: SignIn, part: str) -> None:
    client = client_for(cast.everyone()[part])
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"do": "save"}).status_code == 403
    assert client.get(TRIAL).status_code == 200
    assert client.post(TRIAL, {"form": "[]"}).status_code == 403


def test_wrong_methods_and_unknown_codes(cast: Cast, client_for: SignIn, client: Client) -> None:
    administrator = client_for(cast.administrator)
    for url in (URL, TRIAL):
        assert administrator.put(url).status_code == 405
        assert administrator.get(url.replace("1.001193", "9.9")).status_code == 404
        assert client.get(url).status_code == 302
    assert administrator.post("/procedures/1.001193/electronic-form.yaml").status_code == 405
    assert administrator.get("/procedures/1.001193/electronic-form.pdf").status_code == 404


def test_the_trial_asks_what_the_answers_ask_for_and_keeps_nothing(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.citizen)
    url = TRIAL.replace("1.001193", "1.000656")
    seen = {"form-shown": ["form.why"], "form.why": "marry", "case": "late", "do": "check"}
    answer: Any = client.post(url, seen)
    found = {problem.column for problem in answer.context["problems"]}
    assert {"form.who", "form.late_why", "form.members"} <= found
    assert "form.why" not in found


def test_the_detail_and_the_comparison_tell_of_the_form(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.citizen)
    page = client.get("/procedures/1.000656/").content.decode()
    assert "Kết hôn với" in page
    public = Client().get("/public/procedures/1.000656/").content.decode()
    assert "Nội dung phải khai trong tờ khai điện tử" in public
    assert "chỉ hỏi khi “Mục đích” là Kết hôn" in public
    editor = Editor(client_for(cast.reform_officer))
    editor.press("copy", copy_from="1.000656")
    editor.press("save", ground="QĐ 12")
    answer = client.get("/procedures/1.001193/compare/")
    titles = {str(part["title"]): part for part in answer.context["parts"]}
    assert len(titles["tờ khai điện tử"]["rows"]) == len(FORM) + 3
