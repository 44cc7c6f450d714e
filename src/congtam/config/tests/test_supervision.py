"""What dies is started again; a data folder is served by one program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from congtam.config.supervision import FolderInUse, Supervisor, claim_folder

NOTES = "import sys; open(sys.argv[1], 'a').write('x'); "


def look_until(supervisor: Supervisor, condition: Callable[[], bool]) -> None:
    """Look after the children until something holds."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        supervisor.look_after()
        time.sleep(0.02)


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def test_what_ends_starts_again(
    supervisor: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "starts"
    supervisor.start("A child", [sys.executable, "-c", NOTES + "sys.exit(3)", str(notes)])
    look_until(supervisor, lambda: notes.exists() and len(notes.read_text()) >= 2)
    assert "A child" in capsys.readouterr().err


def test_what_a_killed_child_left_behind_ends_with_it(supervisor: Supervisor, tmp_path: Path) -> None:
    notes = tmp_path / "grandchild"
    program = (
        "import subprocess, sys, time; p = subprocess.Popen(['sleep', '600']);"
        "open(sys.argv[1], 'a').write(f'{p.pid} '); time.sleep(600)"
    )
    supervisor.start("A child", [sys.executable, "-c", program, str(notes)])
    look_until(supervisor, lambda: notes.exists() and notes.read_text().endswith(" "))
    first = int(notes.read_text())
    supervisor.children["A child"].kill()
    look_until(supervisor, lambda: len(notes.read_text().split()) == 2)
    state = Path(f"/proc/{first}/stat")
    assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_nothing_starts_while_the_database_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes, is_broken = tmp_path / "starts", True

    def revive() -> bool:
        if is_broken:
            raise RuntimeError("no space left")
        return True

    supervisor = Supervisor(revive_database=revive)
    supervisor.start("A child", [sys.executable, "-c", NOTES, str(notes)])
    supervisor.children["A child"].wait()
    supervisor.look_after()
    assert "no space left" in capsys.readouterr().err
    time.sleep(0.1)
    assert len(notes.read_text()) == 1
    is_broken = False
    look_until(supervisor, lambda: len(notes.read_text()) == 2)
    supervisor.stop()


def test_a_folder_is_served_once(tmp_path: Path) -> None:
    with claim_folder(tmp_path):
        with pytest.raises(FolderInUse) as refused:
            claim_folder(tmp_path)
        assert refused.value.pid == os.getpid()
    claim_folder(tmp_path).close()


def test_the_claim_of_a_killed_program_ends(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from congtam.config.supervision import claim_folder;"
        "held = claim_folder(Path(sys.argv[1])); print('held', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(FolderInUse) as refused:
        claim_folder(tmp_path)
    assert refused.value.pid == other.pid
    other.send_signal(signal.SIGKILL)
    other.communicate()
    claim_folder(tmp_path).close()
