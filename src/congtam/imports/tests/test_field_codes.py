"""Codes as they are met in the field: numbers from 1 in every municipality, agencies in procedure codes, phones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import console_actor
from congtam.imports.tests.files import BY_ROW, dossiers, written
from congtam.imports.tests.test_import import run
from congtam.imports.tests.test_interpreter import interpret
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
DAY = {"r": "2024-01-05"}
ROWS = "id,start,due,end,what\n" + "".join(f"{number},2024-01-05,,,Khai sinh\n" for number in (1, 2))
LOCAL = BY_ROW.replace("{code: id", "{codes: local, code: id")
stored = pytest.mark.usefixtures("small_tree", "warehouse_dir")


@pytest.mark.django_db
@stored
def test_two_units_may_both_number_from_one(tmp_path: Path, cast: Cast, client_for: SignIn) -> None:
    file = written(tmp_path, "a.csv", ROWS)
    assert run(tmp_path, file, LOCAL)[0] == 0
    code, report = run(tmp_path, file, LOCAL, "--unit", "026")
    assert (code, report["new"], report["refused"]) == (0, 2, 0)
    codes = dossiers().order_by("code").values_list("code", "source_code", "unit_code")
    assert list(codes) == [
        ("024-1", "1", "024"),
        ("024-2", "2", "024"),
        ("026-1", "1", "026"),
        ("026-2", "2", "026"),
    ]
    assert run(tmp_path, file, LOCAL)[1]["unchanged"] == 2
    page = client_for(cast.clerk).get(reverse("dossiers:list"), {"q": "2"}).content.decode()
    assert reverse("dossiers:detail", args=["024-2"]) in page


BOTH = (
    "id,start,due,end,what,u\n"
    "1,2024-01-05,,,Khai sinh,00688\n"
    "1,2024-01-08,,,Khai tử,00712\n"
    "1,2024-01-09,,,Khai tử,\n"
)
BY_UNIT = LOCAL.replace("{codes", "{unit: u, codes")


@pytest.mark.django_db
@stored
def test_two_units_of_one_file_may_both_number_from_one(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", BOTH)
    code, report = run(tmp_path, file, BY_UNIT, "--unit", "02")
    assert (code, report["new"], report["refused"]) == (0, 3, 0)
    codes = dossiers().order_by("code").values_list("code", "source_code", "unit_code")
    assert list(codes) == [("00688-1", "1", "00688"), ("00712-1", "1", "00712"), ("02-1", "1", "02")]
    assert run(tmp_path, file, BY_UNIT, "--unit", "02")[1]["unchanged"] == 3
    code, report = run(tmp_path, file, BY_UNIT.replace("codes: local", "codes: national"), "--unit", "02")
    assert (code, report["problems"][0]["code"]) == (3, "prefix_changed")


@pytest.mark.django_db
@stored
def test_a_source_that_began_with_the_unit_of_the_import_goes_on_so(tmp_path: Path) -> None:
    run(tmp_path, written(tmp_path, "a.csv", ROWS), LOCAL)
    file = written(tmp_path, "b.csv", BOTH.splitlines(keepends=True)[0] + "1,2024-01-05,,,Khai sinh,00688\n")
    assert run(tmp_path, file, BY_UNIT)[1]["new"] == 0
    assert set(dossiers().values_list("code", flat=True)) == {"024-1", "024-2"}


@pytest.mark.django_db
@stored
def test_who_forgets_that_numbers_are_local_reads_what_to_write(tmp_path: Path) -> None:
    mapping = BY_ROW.replace("{code: id", "{unit: u, code: id")
    code, report = run(tmp_path, written(tmp_path, "a.csv", BOTH), mapping, "--unit", "02")
    assert (code, report["refused"]) == (3, 2)
    assert "codes: local" in report["problems"][0]["advice"]


def test_names_have_one_letter_d() -> None:
    fields = "received: r, officer: o, applicant: a, procedure: {name: p, field: f, code: c}"
    written_names = {
        "o": "\u00d0ào Văn Ba",
        "a": "\u0189inh Thị Tư",
        "p": "\u00d0ăng ký",
        "f": "\u00d0ất đai",
    }
    row = interpret(fields, {**DAY, **written_names, "c": "Q\u00d0-1"}).row
    assert row is not None
    names = (row.officer, row.applicant, row.procedure_name, row.field_name)
    assert names == ("Đào Văn Ba", "Đinh Thị Tư", "Đăng ký", "Đất đai")
    assert row.procedure_code == "Q\u00d0-1"


@pytest.mark.django_db
@stored
@pytest.mark.parametrize(("first", "then"), [(LOCAL, BY_ROW), (BY_ROW, LOCAL)])
def test_the_prefix_of_a_source_never_changes(tmp_path: Path, first: str, then: str) -> None:
    file = written(tmp_path, "a.csv", ROWS)
    assert run(tmp_path, file, first)[0] == 0
    code, report = run(tmp_path, file, then)
    assert (code, [problem["code"] for problem in report["problems"]]) == (3, ["prefix_changed"])
    assert dossiers().count() == 2


@pytest.mark.parametrize(
    "written_code", ["1.001193", "1.001193.H22", "1.001193.000.00.00.H22", "01.001193", "1.001193.h22"]
)
def test_one_procedure_has_one_code(written_code: str) -> None:
    row = interpret("received: r, procedure: {code: p}", {**DAY, "p": written_code}).row
    assert row.procedure_code == "1.001193"
    assert row.attributes == ({} if written_code == "1.001193" else {"p": written_code})


def test_other_codes_stay_as_they_are() -> None:
    row = interpret("received: r, procedure: {code: p}", {**DAY, "p": "QT-01.H22"}).row
    assert (row.procedure_code, row.attributes) == ("QT-01.H22", {})


@pytest.mark.parametrize("phone", ["+84 912 345 678", "0912345678", "0912.345.678", 912345678.0])
def test_a_phone_number_has_one_form(phone: Any) -> None:
    assert interpret("received: r, phone: t", {**DAY, "t": phone}).row.attributes == {"phone": "0912345678"}


def test_what_is_no_phone_number_is_stored_with_a_warning() -> None:
    row, problems = interpret("received: r, phone: t", {**DAY, "t": "gọi sau"})
    assert row.attributes == {"t": "gọi sau"}
    assert [(problem.code, problem.severity) for problem in problems] == [("phone_unreadable", "warning")]


@pytest.mark.django_db
@stored
def test_a_phone_number_of_an_import_is_found(tmp_path: Path, cast: Cast, client_for: SignIn) -> None:
    text = BY_ROW.replace("{code: id", "{phone: tel, applicant: who, code: id")
    rows = "id,start,due,end,what,who,tel\nA,2024-01-05,,,x,Lò Thị Hai,+84 912 345 678\n"
    run(tmp_path, written(tmp_path, "a.csv", rows), text)
    for typed in ("0912345678", "+84912345678"):
        page = client_for(cast.clerk).get(reverse("dossiers:list"), {"q": typed}).content.decode()
        assert reverse("dossiers:detail", args=["A"]) in page


@pytest.mark.django_db
@stored
def test_a_unit_out_of_force_is_warned_of(tmp_path: Path) -> None:
    unit = UnitVersionRow(
        code="00694", name="Xã cũ", kind="commune", parent="024", valid_until=date(2025, 7, 1)
    )
    enter_units([unit], actor=console_actor())
    rows = "id,start,due,end,what,u\nA,2024-01-05,,,x,00694\nB,2025-08-01,,,x,00694\n"
    code, report = run(
        tmp_path, written(tmp_path, "a.csv", rows), BY_ROW.replace("{code: id", "{unit: u, code: id")
    )
    assert (code, report["new"]) == (0, 2)
    assert [(problem["code"], problem["row"]) for problem in report["problems"]] == [("unit_out_of_force", 3)]
