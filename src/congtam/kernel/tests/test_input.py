"""The tables of docs/input.md, run, and what holds for every text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.errors import InputRefused
from congtam.kernel.input.days import DayMalformed, parse_day
from congtam.kernel.input.emails import STORED_PATTERN as EMAIL_PATTERN
from congtam.kernel.input.emails import EmailMalformed, email_or_none, parse_email
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.numbers import (
    AmountMalformed,
    NumberMalformed,
    WholeNumberMalformed,
    digits_or_none,
    number_or_none,
    number_text,
    parse_dong,
    parse_number,
    parse_whole_number,
)
from congtam.kernel.input.periods import PeriodYearMissing, parse_period
from congtam.kernel.input.phones import STORED_PATTERN as PHONE_PATTERN
from congtam.kernel.input.phones import (
    PhoneMalformed,
    parse_phone,
    phone_ending,
    phone_or_none,
    stored_forms,
)
from congtam.kernel.input.texts import clean_line, clean_text, compact, is_storable, storable_text
from congtam.kernel.input.yes_no import YesNoMalformed, parse_yes_no
from congtam.kernel.periods import Period, PeriodMalformed
from congtam.testing.documents import table_headed

DOCUMENT = Path(__file__).parents[4] / "docs" / "input.md"
YEAR = 2026


def _text_of_number(text: str) -> str:
    return str(parse_number(text))


def _text_of_period(text: str) -> str:
    return parse_period(text, year=YEAR).text


KINDS: dict[str, tuple[Callable[[str], object], type[Exception]]] = {
    "number": (_text_of_number, NumberMalformed),
    "whole number": (parse_whole_number, WholeNumberMalformed),
    "amount": (parse_dong, AmountMalformed),
    "day": (parse_day, DayMalformed),
    "period": (_text_of_period, PeriodMalformed),
    "phone": (parse_phone, PhoneMalformed),
    "e-mail": (parse_email, EmailMalformed),
    "yes or no": (parse_yes_no, YesNoMalformed),
}
ROWS = [
    pytest.param(kind, text, expected, id=f"{kind}: {text}")
    for kind in KINDS
    for text, expected in table_headed(DOCUMENT, kind, "read as")
]


@pytest.mark.parametrize(("kind", "text", "expected"), ROWS)
def test_it_is_read_as_documented(kind: str, text: str, expected: str) -> None:
    parse, malformed = KINDS[kind]
    if expected == "refused":
        with pytest.raises(malformed):
            parse(text)
    else:
        assert str(parse(f"\u202a {text}\u00a0")) == expected


def test_a_value_that_is_typed_already_is_taken_as_it_is() -> None:
    assert parse_number(1.125) == Decimal("1.125")
    assert parse_number(Decimal("1.1250")) == Decimal("1.125")
    assert parse_whole_number(30000.0) == 30000
    assert parse_day(datetime(2026, 3, 2, 23, tzinfo=UTC)) == date(2026, 3, 2)
    assert parse_yes_no(1.0) is True


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), True, 1e40])
def test_what_is_no_number_is_refused_whatever_its_type(value: Any) -> None:
    for parse in (parse_number, parse_whole_number, parse_dong):
        with pytest.raises(InputMalformed):
            parse(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_stored_number_is_read_back(value: Decimal) -> None:
    assert parse_number(number_text(value)) == value


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse, malformed in KINDS.values():
        try:
            parse(text)
        except malformed as error:
            assert isinstance(error.args, tuple)  # noqa: PT017 - any other exception fails the test
    assert digits_or_none(text, most=9) in {None, *range(10)}


@given(st.dates(date(1801, 1, 1), date(2199, 12, 31)), st.sampled_from([1, 3, 6, 12]), st.sampled_from("vn"))
def test_a_period_is_read_back_from_its_label(day: date, length: int, language: str) -> None:
    first_month = (day.month - 1) // length * length + 1
    whole = Period.of_months(day.year, first_month, length)
    for period in (whole, Period.of_months(day.year, 1, 9), Period(day, whole.end)):
        label = period.label("vi" if language == "v" else "en")
        assert parse_period(label) == period
        assert parse_period(label.upper()) == period


@pytest.mark.parametrize("text", ["6 tháng đầu năm", "quý III", "tháng 3", "từ 01/01 đến 30/09"])
def test_a_period_without_its_year_asks_for_it(text: str) -> None:
    with pytest.raises(PeriodYearMissing) as refused:
        parse_period(text)
    assert refused.value.code == "period_year_missing"
    assert text in str(refused.value)


def test_a_number_is_found_by_the_ending_of_each_of_its_forms() -> None:
    for phone in ("0912345678", "02438253536", "+8562055512345", "19001234"):
        for form in stored_forms(phone):
            assert form.endswith(phone_ending(phone))
            assert parse_phone(phone) == phone
    assert stored_forms("0912345678")[0] == "0912345678"
    assert phone_ending("567 8") == "5678"


@given(
    st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True) | st.sampled_from(["+912345678", "+2438253536"]),
    st.from_regex(r"0[1-9][0-9]{8,9}|1[89]00[0-9]{4}", fullmatch=True),
)
def test_no_form_of_a_number_is_one_of_another(abroad: str, home: str) -> None:
    for phone in filter(None, (phone_or_none(abroad), phone_or_none(home), phone_or_none(f"0{abroad[1:]}"))):
        forms = stored_forms(phone)
        assert {phone_or_none(form) for form in forms} <= {None, phone}
        others = {phone_or_none(f"+{form}") for form in forms} | {phone_or_none(f"0{form}") for form in forms}
        for other in others - {None, phone}:
            assert not set(forms) & set(stored_forms(str(other)))


@given(
    st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
    st.sampled_from(["+84", "0084", "84", "+84(0)", "0", ""]),
)
def test_every_way_of_writing_a_mobile_number_is_one_number(phone: str, prefix: str) -> None:
    written = f"{prefix}{phone[1:4]} {phone[4:7]}.{phone[7:]}"
    assert parse_phone(written) == phone
    assert "".join(sign for sign in written if sign.isdigit()) in stored_forms(phone)


STORED = [
    pytest.param(parse, pattern, text, id=text)
    for parse, pattern, kind in (
        (parse_phone, PHONE_PATTERN, "phone"),
        (parse_email, EMAIL_PATTERN, "e-mail"),
    )
    for row in table_headed(DOCUMENT, kind, "read as")
    for text in row
]


@pytest.mark.parametrize(("parse", "pattern", "text"), STORED)
def test_the_pattern_of_stored_values_fits_what_is_stored(
    parse: Callable[[str], str], pattern: str, text: str
) -> None:
    try:
        is_stored_form = parse(text) == text
    except InputMalformed:
        is_stored_form = False
    assert bool(re.search(pattern, text)) == is_stored_form


@given(
    st.one_of(st.from_regex(PHONE_PATTERN, fullmatch=True), st.from_regex(r"\+?[0-9 ]{6,16}", fullmatch=True))
)
def test_a_text_fits_the_pattern_of_phones_exactly_when_it_is_stored_so(text: str) -> None:
    assert bool(re.fullmatch(PHONE_PATTERN.strip("^$"), text)) == (phone_or_none(text) == text)


ODD_DOMAINS = st.text("ab-.ạßẠÉ\u0301\u00ad中\u2028", max_size=6) | st.text(max_size=4)


@given(st.from_regex(r"[abA1._-]{1,4}@[abA1.-]{1,8}", fullmatch=True) | ODD_DOMAINS.map("a@{}.vn".format))
def test_a_text_fits_the_pattern_of_addresses_exactly_when_it_is_stored_so(text: str) -> None:
    assert bool(re.search(EMAIL_PATTERN, text)) == (email_or_none(text) == text)


def test_a_refusal_becomes_a_problem_of_its_field() -> None:
    with pytest.raises(PhoneMalformed) as refused:
        parse_phone("x" * 80)
    problem = refused.value.problem(column="applicant.phone", row=3)
    assert (problem.code, problem.column, problem.row) == ("phone_malformed", "applicant.phone", 3)
    assert problem.data == {"text": "x" * 60}
    assert problem.format_message() == str(refused.value)
    assert InputRefused([refused.value.problem(code="other")]).problems[0].code == "other"


def test_what_cannot_be_read_is_none_where_the_caller_has_a_way_out() -> None:
    assert (number_or_none("x"), email_or_none("x"), phone_or_none("x")) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "cleaned", "line"),
    [
        ("  Vừ Thị\x00 Mỷ\r\n", "Vừ Thị Mỷ", "Vừ Thị Mỷ"),
        ("a\r\nb\rc\x1b\x85", "a\nb\nc", "a b c"),
        ("a\tb", "a\tb", "a b"),
        ("\ud800x", "x", "x"),
        ("Vu\u031b\u0300", "Vừ", "Vừ"),
        ("", "", ""),
    ],
)
def test_texts_lose_what_no_database_keeps(text: str, cleaned: str, line: str) -> None:
    assert clean_text(text) == cleaned
    assert clean_line(text) == line
    assert is_storable(cleaned)


@given(st.text(st.characters(), max_size=40))
def test_a_cleaned_text_is_storable_and_stays_as_it_is(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert is_storable(clean_text(text))
    assert is_storable(storable_text(text))
    assert (storable_text(text) == text) == is_storable(text)
    clean_text(text).encode()
    assert "\u200b" not in compact(text)


@pytest.mark.parametrize("value", [10**400, -(10**400), Decimal("sNaN"), float("inf")])
def test_a_number_beyond_all_bounds_is_refused(value: Any) -> None:
    with pytest.raises(NumberMalformed):
        parse_number(value)
