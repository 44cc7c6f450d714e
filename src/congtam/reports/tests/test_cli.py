"""The command tells in words where it cannot write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import console_actor
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
