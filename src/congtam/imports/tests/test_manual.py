"""The worked example of docs/mappings.md does what the manual says, and the manual knows every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congtam.imports.cli import import_dossiers
from congtam.imports.interpretation.mapping import CaseMapping, EventMapping, Mapping
from congtam.imports.tests.files import dossiers
from congtam.tabular.mapping import FileForm, Value

MANUAL = Path(__file__).parents[4] / "docs" / "mappings.md"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


def run(file: Path, folder: Path) -> tuple[int, dict[str, Any]]:
    options = [
        "--mapping",
        str(folder / "m.yaml"),
        "--unit",
        "024",
        "--refused",
        str(folder / "refused.csv"),
        "--json",
    ]
    result = CliRunner().invoke(import_dossiers, [str(file), *options])
    report = json.loads(result.stdout)
    return result.exit_code, {
        name: report[name] for name in ("cases", "new", "changed", "unchanged", "refused")
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_the_worked_example(tmp_path: Path) -> None:
    file, mended = tmp_path / "so-theo-doi.csv", tmp_path / "mended.csv"
    file.write_text(block("csv"), encoding="utf-8")
    (tmp_path / "m.yaml").write_text(block("yaml"), encoding="utf-8")
    assert run(file, tmp_path) == (3, {"cases": 4, "new": 3, "changed": 0, "unchanged": 0, "refused": 1})
    refused = (tmp_path / "refused.csv").read_text("utf-8-sig")
    assert refused.count("\n") == 2
    mended.write_text(refused.replace("02/01/2024 09:00", "10/01/2024 09:00"), encoding="utf-8")
    assert run(mended, tmp_path) == (0, {"cases": 1, "new": 1, "changed": 0, "unchanged": 0, "refused": 0})
    assert run(file, tmp_path)[1] == {"cases": 4, "new": 0, "changed": 0, "unchanged": 3, "refused": 1}
    second = dossiers().get(code="TD-002")
    assert (second.channel, second.fee_dong, second.state) == ("online", 150_000, "finished")


def test_the_manual_names_every_key() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    for part in (Mapping, FileForm, CaseMapping, EventMapping, Value):
        for name in part.model_fields:
            assert name in manual, f"{part.__name__}.{name}"
