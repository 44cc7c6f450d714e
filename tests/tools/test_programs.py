"""Tests that need a program of Debian run where it is, and where it is not the last lines of the run say so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from congtam.testing.programs import PROGRAMS

TESTS = """
import pytest

@pytest.mark.needs("chromium")
def test_with_a_browser():
    pass

def test_without():
    pass

def test_of_other_records():
    pytest.skip("the records are not present")
"""
MISSPELT = """
import pytest

@pytest.mark.needs("chromiun")
def test_it():
    pass
"""
PLUGINS = ("-p", "xdist", "-p", "congtam.testing.programs")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all programs of the machine: none."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return programs


def run_tests(folder: Path, source: str, *arguments: str) -> list[str]:
    """The lines that pytest prints about a file of tests."""
    (folder / "test_some.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", *PLUGINS, *arguments, str(folder / "test_some.py")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize("arguments", [(), ("-n", "1")], ids=["one process", "workers"])
def test_what_was_left_out_is_said_in_the_last_lines(
    machine: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    lines = run_tests(tmp_path, TESTS, *arguments)
    assert lines[-3:-1] == [
        "1 tests were left out: they need chromium (Debian: apt-get install chromium-headless-shell).",
        "1 tests were skipped: the records are not present.",
    ]
    assert lines[-1].startswith("1 passed, 1 skipped")


def test_where_the_program_is_nothing_is_left_out(machine: Path, tmp_path: Path) -> None:
    assert PROGRAMS["chromium"].find() is None
    (machine / "google-chrome").write_text("#!/bin/sh\n", encoding="utf-8")
    (machine / "google-chrome").chmod(0o755)
    lines = run_tests(tmp_path, TESTS)
    assert "left out" not in "\n".join(lines)
    assert lines[-1].startswith("2 passed, 1 skipped")


def test_a_misspelt_program_stops_the_run(machine: Path, tmp_path: Path) -> None:
    assert "needs 'chromiun'. Known programs: chromium." in "\n".join(run_tests(tmp_path, MISSPELT))
