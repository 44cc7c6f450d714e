"""Importing a file: once, only what changed, nothing half, and what was refused can be mended and come again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congtam.imports.cli import import_dossiers
from congtam.imports.models import Import, ImportState
from congtam.imports.tests.files import BY_EVENT, BY_ROW, dossiers, trace, written, xes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "warehouse_dir")]
HEADER = "id,start,due,end,what,note\n"
GOOD = "A,2024-01-05,2024-01-07,2024-01-06,Khai sinh,kept\n"
LATE = "B,2024-01-05,2024-01-07,2024-01-01,Khai sinh,kept\n"


def run(folder: Path, file: Path, text: str = BY_ROW, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON the command prints; nothing else may be on standard output."""
    (folder / "m.yaml").write_text(text)
    refused = str(folder / "out.refused.csv")
    arguments = [
        str(file),
        "--mapping",
        str(folder / "m.yaml"),
        "--unit",
        "024",
        "--refused",
        refused,
        "--json",
    ]
    result = CliRunner().invoke(import_dossiers, [*arguments, *options])
    return result.exit_code, json.loads(result.stdout)


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("cases", "new", "changed", "unchanged", "refused"))


def test_the_report_has_exactly_what_is_promised(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD))
    assert code == 0
    promised = {"cases", "events", "new", "changed", "unchanged", "refused", "problems", "seconds"}
    assert promised <= set(report)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert Import.objects.get().state == ImportState.DONE
    assert dossiers().get().import_key == report["import_key"]


def test_the_same_file_twice_changes_nothing_and_a_changed_row_changes_one(tmp_path: Path) -> None:
    two = HEADER + GOOD + GOOD.replace("A,", "C,")
    run(tmp_path, written(tmp_path, "a.csv", two))
    assert counts(run(tmp_path, written(tmp_path, "a.csv", two))[1]) == (2, 0, 0, 2, 0)
    changed = two.replace("2024-01-06", "2024-01-07", 1)
    assert counts(run(tmp_path, written(tmp_path, "a.csv", changed))[1]) == (2, 0, 1, 1, 0)


def test_refused_rows_can_be_mended_and_come_again(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD + LATE))
    assert code == 3
    assert counts(report) == (2, 1, 0, 0, 1)
    refused = Path(report["refused_file"])
    lines = refused.read_text("utf-8-sig").splitlines()
    assert lines[0] == HEADER.strip() + ",Lỗi (Công Tâm)"
    assert lines[1].startswith(LATE.strip())
    mended = refused.read_text("utf-8-sig").replace("2024-01-01", "2024-01-09")
    code, report = run(tmp_path, written(tmp_path, "mended.csv", "\ufeff" + mended))
    assert (code, counts(report)) == (0, (1, 1, 0, 0, 0))
    assert set(dossiers().values_list("code", flat=True)) == {"A", "B"}


def test_refused_cases_of_a_log_come_back_flat_and_fit_the_same_mapping(tmp_path: Path) -> None:
    text = BY_EVENT.replace("{first: time:timestamp}", "case:from").replace(
        "{last: time:timestamp}", "case:to"
    )
    wrong = (
        trace("A", ("x", "2024-01-05"))
        + '<date key="from" value="2024-01-05"/><date key="to" value="2024-01-01"/>'
    )
    code, report = run(tmp_path, written(tmp_path, "a.xes", xes(wrong)), text)
    assert (code, counts(report)) == (3, (1, 0, 0, 0, 1))
    mended = Path(report["refused_file"]).read_text("utf-8-sig").replace("2024-01-01", "2024-01-09")
    code, report = run(tmp_path, written(tmp_path, "mended.csv", mended), text)
    assert (code, counts(report), report["events"]) == (0, (1, 1, 0, 0, 0), 1)


def test_a_fault_of_the_file_leaves_nothing_half(tmp_path: Path) -> None:
    rows = "".join(f"D{number},2024-01-05,,,x,\n" for number in range(6000))
    file = written(tmp_path, "a.csv", (HEADER + rows).encode() + b"E,2024-01-05,,,\xff,\n")
    code, report = run(tmp_path, file)
    assert code == 3
    assert (counts(report), report["file_refused"]) == ((0, 0, 0, 0, 0), True)
    assert [problem["code"] for problem in report["problems"]] == ["encoding_wrong"]
    assert report["problems"][0]["row"] == 6002
    assert not dossiers().exists()
    assert Import.objects.get().state == ImportState.FAILED


def test_a_code_twice_in_a_file_is_refused_the_second_time(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD + GOOD.replace("kept", "again")))
    assert (code, counts(report)) == (3, (2, 1, 0, 0, 1))
    assert [(problem["code"], problem["row"]) for problem in report["problems"]] == [("code_repeated", 3)]


def test_what_belongs_to_another_source_is_refused_with_its_row(tmp_path: Path) -> None:
    run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD))
    other = BY_ROW.replace("by-row", "another")
    code, report = run(tmp_path, written(tmp_path, "b.csv", HEADER + GOOD + GOOD.replace("A,", "C,")), other)
    assert (code, counts(report)) == (3, (2, 1, 0, 0, 1))
    assert [(problem["code"], problem["row"]) for problem in report["problems"]] == [
        ("code_of_other_source", 2)
    ]
    assert Path(report["refused_file"]).read_text("utf-8-sig").splitlines()[1].startswith("A,")
    assert dossiers().get(code="A").source == "by-row"


def test_units_of_rows_are_checked(tmp_path: Path) -> None:
    text = BY_ROW.replace("{code: id", "{unit: note, code: id")
    rows = "".join(
        GOOD.replace("A,", f"{unit},").replace("kept", unit) for unit in ("00688", "026", "nowhere")
    )
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + rows), text)
    assert code == 3
    assert {problem["code"]: problem["row"] for problem in report["problems"]} == {
        "unit_unknown": 4,
        "unit_outside": 3,
    }
    assert list(dossiers().values_list("unit_code", flat=True)) == ["00688"]


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD), BY_ROW, "--dry-run")
    assert (code, counts(report)) == (0, (1, 1, 0, 0, 0))
    assert not dossiers().exists()


def test_a_wrong_mapping_is_wrong_usage_and_tells_every_mistake(tmp_path: Path) -> None:
    code, report = run(
        tmp_path, written(tmp_path, "a.csv", HEADER + GOOD), "mapping: 1\nname: x\ncase: {cod: id}\n"
    )
    assert code == 2
    assert {problem["row"] for problem in report["problems"]} == {3}
    assert len(report["problems"]) == 3


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD), BY_ROW, "--unit", "nowhere")
    assert (code, [problem["code"] for problem in report["problems"]]) == (3, ["unit_unknown"])


def test_for_people_it_speaks_on_standard_error_only(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(BY_ROW)
    file = written(tmp_path, "a.csv", HEADER + LATE)
    options = ["--mapping", str(tmp_path / "m.yaml"), "--unit", "024", "--refused", str(tmp_path / "r.csv")]
    result = CliRunner().invoke(import_dossiers, [str(file), *options])
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "finished_before_received" in result.stderr


@pytest.mark.parametrize("rows", [GOOD, GOOD + LATE], ids=["all good", "one refused"])
def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    run(tmp_path, written(tmp_path, "a.csv", HEADER + rows))
    assert list(scratch.iterdir()) == []


def test_a_dry_run_leaves_no_line_in_the_list_of_imports(tmp_path: Path) -> None:
    code, report = run(tmp_path, written(tmp_path, "a.csv", HEADER + GOOD + LATE), BY_ROW, "--dry-run")
    assert (code, counts(report), report["import_key"]) == (3, (2, 1, 0, 0, 1), None)
    assert not Import.objects.exists()
    assert not dossiers().exists()
    broken = run(tmp_path, written(tmp_path, "b.csv", "no,such,columns\n1,2,3\n"), BY_ROW, "--dry-run")
    assert broken[0] == 3
    assert not Import.objects.exists()


def test_an_absent_column_is_named_once_with_its_other_spellings(tmp_path: Path) -> None:
    text = BY_ROW.replace("due: due", "due: [Ngày hẹn trả, Hẹn trả, Hạn trả]").replace("end", "[Ngày xong]")
    report = run(tmp_path, written(tmp_path, "a.csv", "id,start,what\nA,2024-01-05,Khai sinh\n"), text)[1]
    (absent,) = report["problems"]
    assert (absent["code"], absent["data"]["columns"]) == ("columns_absent", "Ngày hẹn trả, Ngày xong")
    assert absent["message"].endswith(": Ngày hẹn trả, Ngày xong")
    assert absent["advice"].endswith("Other spellings it accepts: Ngày hẹn trả = Hẹn trả = Hạn trả.")


def test_days_in_problems_are_written_as_people_read_them(tmp_path: Path) -> None:
    text = BY_ROW.replace("yyyy-MM-dd, iso", "yyyy-MM-dd, yyyy-MM-dd HH:mm:ss")
    lines = (
        "A,2024-01-05,,2024-01-01,Khai sinh,\n",
        "B,2024-01-05 09:30:00,,2024-01-05 08:15:00,Khai sinh,\n",
        "C,1948-09-02,,,Khai sinh,\n",
    )
    report = run(tmp_path, written(tmp_path, "a.csv", HEADER + "".join(lines)), text)[1]
    assert [sorted(one["data"].items()) for one in report["problems"]] == [
        [("finished", "01/01/2024"), ("received", "05/01/2024")],
        [("finished", "05/01/2024 08:15"), ("received", "05/01/2024 09:30")],
        [("field", "received"), ("value", "02/09/1948")],
    ]
