"""Nobody else on the machine looks into the data folder."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from congtam.config.doctor import check_privacy

MAKE = """
import os, sys
os.umask(0o000)
sys.argv = ["congtam", "doctor", "--help"]
from congtam.config.cli import main
try:
    main()
except SystemExit:
    pass
from congtam.foundation.files import data_dir
(data_dir() / "reports" / "2025").mkdir(parents=True)
(data_dir() / "reports" / "2025" / "list.csv").write_text("x")
"""


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_a_command_makes_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if name != "CONGTAM_SECRET_KEY"}
    environment = {**kept, "CONGTAM_DATA_DIR": str(folder), "DATABASE_URL": "postgresql:///nowhere"}
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True, capture_output=True)
    made = [folder, *folder.rglob("*")]
    assert {path.name for path in made} >= {"data", "secret_key", "reports", "2025", "list.csv"}
    assert {mode_of(path) for path in made if path.is_dir()} == {0o700}
    assert {mode_of(path) for path in made if path.is_file()} == {0o600}


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_doctor_names_a_folder_that_is_open_and_what_to_run(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    key = tmp_path / "secret_key"
    key.touch(0o600)
    key.chmod(0o644)
    folder, secret = check_privacy(tmp_path)
    assert (folder.level, folder.advice) == ("warning", f"chmod -R go= {tmp_path}")
    assert (secret.level, secret.advice) == ("warning", f"chmod 600 {key}")


def test_doctor_is_content_with_a_private_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (finding,) = check_privacy(tmp_path)
    assert finding.level == "good"
