"""The bounds of a field are said before anybody errs, and again where somebody did."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from congtam.forms.domain.bounds import bounds_hint
from congtam.forms.domain.fields import FieldKind, FormField
from congtam.forms.domain.validation import validate
from congtam.forms.rendering import form_sections
from congtam.kernel.errors import fill

TODAY = date(2026, 3, 2)
COLUMN = FormField(name="name", label="Tên")


def bounded(kind: FieldKind, minimum: str = "", maximum: str = "") -> FormField:
    columns = (COLUMN,) if kind is FieldKind.ROWS else ()
    return FormField(name="x", label="X", kind=kind, minimum=minimum, maximum=maximum, columns=columns)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (bounded(FieldKind.NUMBER, "1", "20"), "Enter a number from 1 to 20."),
        (bounded(FieldKind.NUMBER, "-1.234,5"), "Enter a number of at least -1.234,5."),
        (bounded(FieldKind.NUMBER, maximum="0"), "Enter a number of at most 0."),
        (bounded(FieldKind.NUMBER), None),
        (bounded(FieldKind.MONEY, "1000", "1500000"), "Enter an amount from 1.000 to 1.500.000 đồng."),
        (bounded(FieldKind.MONEY, maximum="1500000"), "Enter an amount of at most 1.500.000 đồng."),
        (bounded(FieldKind.MONEY), None),
        (bounded(FieldKind.YEAR, "1900", "today"), "Enter a year from 1900 to 2026."),
        (bounded(FieldKind.YEAR, maximum="2030"), "Enter the year 2030 or earlier."),
        (bounded(FieldKind.DATE, "1900-01-01", "today"), "Enter a date from 01/01/1900 to today."),
        (bounded(FieldKind.DATE, maximum="today"), "Enter today or an earlier date."),
        (bounded(FieldKind.DATE, "today"), "Enter today or a later date."),
        (
            bounded(FieldKind.DATE, "2026-01-01", "2026-12-31"),
            "Enter a date from 01/01/2026 to 31/12/2026.",
        ),
        (bounded(FieldKind.TEXT, maximum="40"), "Enter at most 40 characters."),
        (bounded(FieldKind.LONG_TEXT), None),
        (bounded(FieldKind.ROWS, "2", "5"), "Enter 2 to 5 rows."),
        (bounded(FieldKind.ROWS, maximum="5"), "Enter at most 5 rows."),
        (bounded(FieldKind.CHOICE), None),
        (bounded(FieldKind.NUMBER, "unreadable", "20"), "Enter a number of at most 20."),
    ],
)
def test_what_may_be_entered_is_said_in_words(field: FormField, expected: str | None) -> None:
    hint = bounds_hint(field, today=TODAY)
    assert (fill(hint.message, hint.data) if hint else None) == expected


@pytest.mark.parametrize(
    ("field", "answer", "code", "advice"),
    [
        (bounded(FieldKind.NUMBER, "1", "20"), "21", "above_maximum", "Enter a number from 1 to 20."),
        (bounded(FieldKind.NUMBER, "1", "20"), "0", "below_minimum", "Enter a number from 1 to 20."),
        (bounded(FieldKind.NUMBER, "1", "20"), "many", "number_malformed", "Enter a number from 1 to 20."),
        (bounded(FieldKind.MONEY), "-1", "below_minimum", ""),
        (
            bounded(FieldKind.DATE, maximum="today"),
            "3/3/2026",
            "above_maximum",
            "Enter today or an earlier date.",
        ),
        (bounded(FieldKind.TEXT, maximum="2"), "abc", "too_long", "Enter at most 2 characters."),
        (
            bounded(FieldKind.ROWS, "1", "2"),
            [{"name": "a"}] * 3,
            "rows_too_many",
            "Enter 1 to 2 rows.",
        ),
        (bounded(FieldKind.ROWS, "2"), [{"name": "a"}], "rows_too_few", "Enter at least 2 rows."),
    ],
)
def test_an_error_says_what_may_be_entered(*, field: FormField, answer: Any, code: str, advice: str) -> None:
    (problem,) = validate([field], {"x": answer}, today=TODAY)[1]
    assert (problem.code, problem.format_advice()) == (code, advice)


def test_the_page_says_the_bounds_beside_the_field_and_in_the_error() -> None:
    form = [
        FormField(
            name="rooms", label="Số phòng", kind=FieldKind.NUMBER, minimum="1", maximum="20", help="Ghi số."
        )
    ]
    answers = {"rooms": "21"}
    problems = validate(form, answers, today=TODAY)[1]
    with translation.override("vi"):
        sections = form_sections(form, answers, problems=problems)
        page = render_to_string("forms/sections.html", {"sections": sections})
    assert 'aria-describedby="form.rooms-help form.rooms-problem"' in page
    assert 'id="form.rooms-help">Ghi số. · Nhập số từ 1 đến 20.<' in page
    assert "“Số phòng” không được lớn hơn 20. Nhập số từ 1 đến 20." in page
