"""The command tells in words where it cannot write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
from congtam.inspections.public import InspectionPack
from congtam.reports.cli import inspect_command


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    received = datetime(2024, 7, 1, 2, 0, tzinfo=UTC)
    row = DossierRow(code="H-1", unit_code="00688", received_at=received, state="in_progress")
    store_dossiers([row], unit_code="00688", actor=console_actor(), import_key="first", source="test")
    (tmp_path / "file").touch()
    asked = ["prepare", "--unit", "024", "--period", "2024", "--out", str(tmp_path / "file" / "pack")]
    done = CliRunner().invoke(inspect_command, asked)
    assert done.exit_code == 1
    assert "Không ghi được vào thư mục" in done.stderr


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir", "cast")
@pytest.mark.parametrize(("options", "username", "name"), [
    (["--as", "inspector"], "inspector", "Inspector"),
    ([], "console", "lan (dòng lệnh)"),
])  # fmt: skip
def test_a_pack_names_who_prepared_it(
    *, options: list[str], username: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "lan")
    prepare_one(tmp_path / "pack", *options)
    pack = InspectionPack.objects.get()
    assert (pack.prepared_by, pack.prepared_by_name) == (username, name)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree", "warehouse_dir", "cast")
@pytest.mark.parametrize(("account", "text"), [("nobody", "nobody"), ("clerk", "không được phép")])
def test_who_may_not_prepare_is_told_so(account: str, text: str, tmp_path: Path) -> None:
    done = prepare_one(tmp_path / "pack", "--as", account)
    assert done.exit_code != 0
    assert text in done.stderr
    assert not InspectionPack.objects.exists()


def prepare_one(folder: Path, *options: str) -> Result:
    """Prepare a pack of a city with a single dossier."""
    received = datetime(2024, 7, 1, 2, 0, tzinfo=UTC)
    row = DossierRow(code="H-1", unit_code="00688", received_at=received, state="in_progress")
    store_dossiers([row], unit_code="00688", actor=console_actor(), import_key="first", source="test")
    line = ["prepare", "--unit", "024", "--period", "2024", "--out", str(folder), *options]
    return CliRunner().invoke(inspect_command, line)
