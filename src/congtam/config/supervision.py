"""Child processes that are kept running (giám sát tiến trình): what dies is started again, later each time."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Final

from django.utils.translation import gettext as _

from congtam.foundation.cli_support import say

_GRACE_SECONDS: Final = 15
_LOOK_EVERY: Final = 0.2
FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 30.0
STEADY_AFTER: Final = 60.0
"""Whoever ran so long starts again at once when it dies: the fault is a new one."""


def wait_before_restart(failures: int) -> float:
    """Seconds to wait after so many failures in a row.

    >>> [wait_before_restart(failures) for failures in (1, 2, 3, 7, 20)]
    [0.5, 1.0, 2.0, 30.0, 30.0]
    """
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - 1, 10)))


@dataclass
class _Attempts:
    """When something was started, how often it failed in a row, and when it may be tried again."""

    started_at: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float | None = None

    def fail(self) -> float:
        """Note a failure; the seconds to wait."""
        now = time.monotonic()
        self.failures = 1 if now - self.started_at > STEADY_AFTER else self.failures + 1
        wait = wait_before_restart(self.failures)
        self.again_at = now + wait
        return wait

    def is_due(self) -> bool:
        """Whether the wait is over."""
        return self.again_at is not None and time.monotonic() >= self.again_at

    def begin(self) -> None:
        """Note a start."""
        self.started_at, self.again_at = time.monotonic(), None


@dataclass
class Supervisor:
    """Child processes, and a database of our own, that are kept running until somebody stops all of them.

    ``revive_database`` starts the embedded database where it is down and says whether it did; it raises OSError or
    RuntimeError where that fails. Without an embedded database it is None: an operator's server is the operator's.
    """

    revive_database: Callable[[], bool] | None = None
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: bool = False
    _commands: dict[str, Sequence[str]] = field(default_factory=dict)
    _attempts: dict[str, _Attempts] = field(default_factory=dict)
    _database: _Attempts = field(default_factory=_Attempts)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child in its own process group, so that Ctrl-C reaches it only through us."""
        self._commands[name] = command
        self._attempts.setdefault(name, _Attempts()).begin()
        self.children[name] = subprocess.Popen(command, start_new_session=True)

    def run(self) -> int:
        """Keep all running until asked to stop; returns the exit code, which is 0."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        while not self.stopping:
            self.look_after()
            time.sleep(_LOOK_EVERY)
        self.stop()
        return 0

    def look_after(self) -> None:
        """One look: the database first, for the others need it."""
        self._look_after_database()
        if self._database.again_at is not None:
            return
        for name, child in list(self.children.items()):
            attempts = self._attempts[name]
            if attempts.again_at is None and child.poll() is not None:
                _end_group(child)
                text = _("{name} stopped unexpectedly (exit code {code}); it starts again in {seconds} s.")
                say(text.format(name=name, code=child.returncode, seconds=f"{attempts.fail():g}"))
            elif attempts.is_due():
                self.start(name, self._commands[name])

    def _look_after_database(self) -> None:
        if self.revive_database is None or not (self._database.again_at is None or self._database.is_due()):
            return
        try:
            if self.revive_database():
                self._database.begin()
                say(_("The database had stopped and was started again."))
            self._database.again_at = None
        except (OSError, RuntimeError) as error:
            text = _("The database cannot be started ({error}); it is tried again in {seconds} s.")
            say(text.format(error=str(error).strip(), seconds=f"{self._database.fail():g}"))

    def stop(self) -> None:
        """Ask every child to end, and end it after a grace time."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            _end_group(child)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """End the whole group: a web server that was killed leaves its own workers behind, and they keep the port."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@dataclass
class FolderInUse(Exception):
    """Another `congtam run` serves the data folder."""

    pid: int


def claim_folder(folder: Path) -> IO[str]:
    """Hold a data folder for this process as long as the file returned stays open; raises FolderInUse.

    The lock ends with the process, however it ends.
    """
    file = (folder / "run.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        pid = file.read().strip()
        file.close()
        raise FolderInUse(pid=int(pid) if pid.isdigit() else 0) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
