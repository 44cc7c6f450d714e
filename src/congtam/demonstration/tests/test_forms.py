"""The forms of the demonstration hold what a form must hold, and can be filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from congtam.demonstration.domain.desks import read_desk
from congtam.demonstration.domain.forms import read_form
from congtam.demonstration.domain.offices import read_procedures
from congtam.forms.public import FieldKind, FormField, fields_from_json, shown_fields, validate
from congtam.testing.doors.forms import definition_problems, fields_of_case

PROCEDURES = {procedure.code: procedure for procedure in read_procedures()}
WITH_FORM = [code for code in PROCEDURES if read_form(code).fields]
TODAY = date(2026, 3, 2)
_ANSWERS = {
    FieldKind.NUMBER: "2",
    FieldKind.MONEY: "5.000.000",
    FieldKind.DATE: "02/03/2026",
    FieldKind.YEAR: "1990",
    FieldKind.YES: "yes",
    FieldKind.PHONE: "0912345678",
    FieldKind.EMAIL: "ten@example.vn",
    FieldKind.ID_NUMBER: "002089001234",
}


def answer(field: FormField) -> Any:
    """Something that fits."""
    if field.kind is FieldKind.ROWS:
        rows = int(field.minimum or "1")
        return [{column.name: answer(column) for column in field.columns} for _ in range(rows)]
    if field.options:
        return field.options[-1].value
    return _ANSWERS.get(field.kind, "Mông")


def test_at_least_twelve_procedures_have_a_form() -> None:
    assert len(WITH_FORM) >= 12


@pytest.mark.parametrize("code", WITH_FORM)
def test_a_form_holds_and_can_be_filled_in(code: str) -> None:
    desk, form = read_desk(PROCEDURES[code]), read_form(code)
    fields = fields_from_json(form.fields)
    assert definition_problems(fields, case_kinds=set(desk.cases)) == []
    assert all(
        "khai" in desk.papers[place].name
        or "đề nghị" in desk.papers[place].name.lower()
        or "Thông báo" in desk.papers[place].name
        for place in form.papers
    )
    for case in ("", *desk.cases):
        answers: dict[str, Any] = {}
        for field in fields_of_case(fields, case):
            if field in shown_fields(fields_of_case(fields, case), answers, case_kind=case):
                answers[field.name] = answer(field)
        assert validate(fields, answers, case_kind=case, today=TODAY)[1] == []


@pytest.mark.parametrize("code", sorted(PROCEDURES))
def test_what_is_online_in_part_says_why(code: str) -> None:
    form = read_form(code)
    assert form.level == "full" or (form.level == "partial" and form.reason)
