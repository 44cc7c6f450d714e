"""The last lines of a run say where its seconds went."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from congtam.testing.room_seconds import OPTION, room_lines, slowest_lines

SECONDS = {
    "src/congtam/portal/tests/test_lookup.py::test_a": 1.0,
    "src/congtam/portal/access/tests/test_b.py::test_b[x/y]": 2.0,
    "tests/browser/test_desk.py::test_c": 9.0,
}


def test_a_line_for_each_room_the_slowest_first() -> None:
    assert [line.split() for line in room_lines(SECONDS)] == [
        ["tests/browser", "1", "tests", "9.0", "s", "75", "%"],
        ["portal", "2", "tests", "3.0", "s", "25", "%"],
    ]


def test_the_slowest_tests_are_named() -> None:
    assert [line.split("  ")[-1] for line in slowest_lines(SECONDS, 2)] == [
        "tests/browser/test_desk.py::test_c",
        "src/congtam/portal/access/tests/test_b.py::test_b[x/y]",
    ]


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["one process", "workers"])
def test_set_up_and_tear_down_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "test_slow.py").write_text(
        "import time, pytest\n@pytest.fixture\ndef slow():\n    time.sleep(0.3)\n    yield\n    time.sleep(0.3)\n"
        "def test_it(slow):\n    pass\n",
        encoding="utf-8",
    )
    plugins = ["-p", "xdist", "-p", "congtam.testing.room_seconds", *workers]
    command = [sys.executable, "-m", "pytest", "-q", OPTION, *plugins, "test_slow.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    slowest = next(line.split() for line in done.stdout.splitlines() if line.endswith("::test_it"))
    assert float(slowest[0]) >= 0.6
