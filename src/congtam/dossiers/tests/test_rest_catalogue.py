"""What a program reads of a procedure before it files: the form that is asked, and how far the service is online."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from congtam.dossiers.tests.rest_client import Api
from congtam.forms.public import FieldKind, FormField
from congtam.foundation.public import console_actor
from congtam.procedures.public import CaseKind, CataloguePaper, Content, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.doors.forms import Option, ShownWhen

CODE = "1.004873"
FORM = (
    FormField(
        name="why", label="Mục đích", kind=FieldKind.CHOICE, options=(Option(value="marry", label="Kết hôn"),)
    ),
    FormField(name="who", label="Với ai", shown_when=ShownWhen(field="why", values=("marry",))),
    FormField(
        name="members",
        label="Thành viên",
        kind=FieldKind.ROWS,
        columns=(FormField(name="name", label="Tên"),),
    ),
)


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen_clock", "small_tree")
def test_the_form_of_a_procedure_is_told_with_everything_that_decides_an_answer(cast: Cast) -> None:
    content = Content(
        name="Cấp Giấy xác nhận tình trạng hôn nhân",
        papers=(CataloguePaper(name="Tờ khai", filled_online=True),),
        form_fields=FORM,
        online_level="partial",
        online_level_reason="Phải đối chiếu bản chính",
    )
    enter_procedure_list({CODE: content}, valid_from=date(2026, 1, 1), source="test", actor=console_actor())
    told = Api(cast.clerk).get(f"/procedures/{CODE}").json()
    assert (told["online_level"], told["online_level_reason"]) == ("partial", "Phải đối chiếu bản chính")
    assert told["papers"][0]["filled_online"] is True
    why, who, members = told["form_fields"]
    assert (why["kind"], why["options"]) == ("choice", [{"value": "marry", "label": "Kết hôn"}])
    assert (who["kind"], who["shown_when"]) == ("text", {"field": "why", "values": ["marry"]})
    assert [(column["name"], column["is_required"]) for column in members["columns"]] == [("name", True)]
    (schema,) = told["form_schemas"]
    takes = Draft202012Validator(schema["answers"]).is_valid
    assert schema["case_kind"] == ""
    assert takes({"why": "marry", "who": "Lan", "members": [{"name": "A"}], "note": "Xin làm nhanh"})
    assert not takes({"why": "marry", "members": [{"name": "A"}]})


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen_clock", "small_tree")
def test_each_case_has_a_schema_of_its_own(cast: Cast) -> None:
    late = FormField(name="reason", label="Lý do", label_en="Reason", case_kind="late")
    cases = (CaseKind(code="on_time", name="Đúng hạn"), CaseKind(code="late", name="Quá hạn"))
    content = Content(name="Đăng ký khai sinh", form_fields=(late,), case_kinds=cases)
    enter_procedure_list({CODE: content}, valid_from=date(2026, 1, 1), source="test", actor=console_actor())
    (schema,) = Api(cast.clerk).get(f"/procedures/{CODE}").json()["form_schemas"]
    assert (schema["case_kind"], schema["answers"]["required"]) == ("late", ["reason"])
    assert schema["answers"]["properties"]["reason"]["title"] == "Lý do"
