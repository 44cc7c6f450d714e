"""The command: one JSON document on standard output, exit codes with a meaning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congtam.procedures.cli import import_procedures, import_process_list

pytestmark = pytest.mark.django_db
HEADER = "Mã số,Tên,Cơ quan ban hành,Cơ quan thực hiện,Lĩnh vực,URL\n"


def run(folder: Path, lines: str, *options: str) -> Result:
    path = folder / "list.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    return CliRunner().invoke(import_procedures, [str(path), *options])


def test_json_is_the_only_thing_on_standard_output(tmp_path: Path) -> None:
    result = run(tmp_path, "1.000001,Đăng ký khai sinh,,,Hộ tịch,\n", "--json", "--valid-from", "2026-07-18")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert (document["procedures"], document["new"], document["unparsed_limits"]) == (1, 1, 0)


def test_refused_rows_leave_with_code_3_and_the_rest_is_stored(tmp_path: Path) -> None:
    result = run(tmp_path, "1.000001,A,,,,\n1.000001,B,,,,\n", "--json")
    assert result.exit_code == 3
    document = json.loads(result.stdout)
    assert (document["new"], document["refused"]) == (1, 1)
    assert document["problems"][0]["row"] == 3


def test_a_file_that_is_not_there_is_a_failure_in_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(import_procedures, [str(tmp_path / "nothing.csv")])
    assert result.exit_code == 1
    assert "nothing.csv" in result.stderr
    assert result.stdout == ""


def test_a_malformed_date_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "", "--valid-from", "31/02/2026").exit_code == 2


def enter_processes(folder: Path, lines: str, *options: str) -> Result:
    path = folder / "qt.csv"
    path.write_text("Mã thủ tục,Tên bước,Người thực hiện,Số giờ\n" + lines, encoding="utf-8")
    return CliRunner().invoke(import_process_list, [str(path), *options])


def test_processes_are_read_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    run(tmp_path, "1.000001,Đăng ký khai sinh,,,Hộ tịch,\n")
    refused = enter_processes(tmp_path, "1.000001,Tiếp nhận,Robot,x\n", "--json")
    assert refused.exit_code == 3
    assert {problem["column"] for problem in json.loads(refused.stdout)["problems"]} == {
        "Người thực hiện",
        "Số giờ",
    }
    done = enter_processes(tmp_path, "1.000001,Tiếp nhận,Một cửa,4\n", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"processes": 1, "changed": 1, "steps": 1})


def test_a_list_of_processes_that_is_not_there_is_a_failure_in_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(import_process_list, [str(tmp_path / "nothing.csv")])
    assert (result.exit_code, result.stdout) == (1, "")
