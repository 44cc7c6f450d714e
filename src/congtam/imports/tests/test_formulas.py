"""A spreadsheet program must not run what a file of another system holds, and mending it must lose nothing."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from congtam.imports.tests.files import cases, written
from congtam.kernel.errors import Problem
from congtam.tabular.records import SourceCase
from congtam.tabular.refused_rows import Refusals

HEADER = "id,start,due,end,what"
TEXTS = ["=HYPERLINK(1)", "+84 912", "-5,2", "@SUM(A1)", "'=1+1", "'quoted'", "Cấp phép"]


def refused_file(folder: Path) -> Path:
    """A refused file with every text as the name of a procedure."""
    path = folder / "x.refused.csv"
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        refusals = Refusals(spool)
        for number, text in enumerate(TEXTS):
            values = {"id": f"H{number}", "start": "2025-01-01", "due": "", "end": "", "what": text}
            case = SourceCase(values=values, row=number + 2)
            refusals.refuse(case, [Problem(code="x", message="=cmd|wrong")])
        refusals.write(path, columns=HEADER.split(","), delimiter=",")
    return path


def test_no_cell_of_a_refused_file_begins_like_a_formula(tmp_path: Path) -> None:
    with refused_file(tmp_path).open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "@"}]
    assert "'=HYPERLINK(1)" in cells
    assert "-5,2" in cells, "numbers stay numbers"


def test_a_refused_file_is_read_back_without_loss(tmp_path: Path) -> None:
    found = cases(refused_file(tmp_path), name="x.refused.csv")
    assert [case.get("what") for case in found] == TEXTS


def test_a_file_of_another_system_is_read_as_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f"{HEADER}\nH1,2025-01-01,,,'=1+1\n")
    assert [case.get("what") for case in cases(path)] == ["'=1+1"]
