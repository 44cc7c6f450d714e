"""A site of its own for tests that kill it, written to by clients that do not give up."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SET_UP = """
from congtam.config.cli import set_up
set_up(with_database=True)
from congtam.foundation.public import Grant, Role, console_actor, create_or_update_account
from congtam.foundation.tokens import issue_token
from congtam.dossiers.tests.rest_client import enter_marriage
enter_marriage()
create_or_update_account(username="clerk", name="Clerk", password="correct horse battery staple", actor=console_actor(),
             grants=[Grant(role=Role.CLERK, unit_code="00694")])
print(issue_token("clerk", name="kill", days=1, actor=console_actor()))
"""


def free_port() -> int:
    """A port nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A data folder, and `congtam run` on it as often as it is started."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CONGTAM_DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "CONGTAM_EMBEDDED": "",
            "CONGTAM_LANGUAGE": "en",
        }

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the program once."""
        whole = [sys.executable, *arguments]
        return subprocess.run(whole, env=self.environment, capture_output=True, text=True, check=check)

    def start(self) -> None:
        """Start the site and wait until it says that it is ready."""
        whole = [sys.executable, "-m", "congtam", "run", "--port", str(self.port)]
        self.running = subprocess.Popen(
            whole, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.running.stdout is not None
        for line in self.running.stdout:
            if "ready" in line:
                return
        raise AssertionError("the site did not start")

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and wait."""
        if self.running is not None:
            self.running.send_signal(signal.SIGINT)
            self.running.communicate(timeout=60)
            self.running = None

    def kill(self, part: str) -> None:
        """Kill a part without warning: the site brings it back by itself."""
        os.kill(self._process(part), signal.SIGKILL)

    def _process(self, part: str) -> int:
        cluster = self.folder / "postgres" / "cluster"
        if part == "database":
            return int((cluster / "postmaster.pid").read_text().splitlines()[0])
        if part == "a connection's process":
            postmaster = int((cluster / "postmaster.pid").read_text().splitlines()[0])
            return next(one for one in children_of(postmaster) if "congtam congtam" in command_of(one))
        assert self.running is not None
        sign = {"web server": "granian", "its worker": "granian", "worker": "worker"}[part]
        child = next(one for one in children_of(self.running.pid) if sign in command_of(one))
        return children_of(child)[0] if part == "its worker" else child


def children_of(pid: int) -> list[int]:
    """The processes a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


@dataclass
class Writers:
    """Clients that receive dossiers one after the other, each with its key, and ask again until they are answered."""

    site: Site
    token: str
    answered: dict[str, str] = field(default_factory=dict)
    """The code that the first answer gave, by key."""
    contradictions: list[str] = field(default_factory=list)
    is_ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, count: int) -> None:
        """Let so many clients write."""
        self.threads = [threading.Thread(target=self._write, daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Let each finish what it has begun."""
        self.is_ended.set()
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()

    def wait_for(self, more: int) -> None:
        """Wait until so many more dossiers were received."""
        wanted, deadline = len(self.answered) + more, time.monotonic() + 60
        while len(self.answered) < wanted:
            assert time.monotonic() < deadline, "nothing is received any more"
            time.sleep(0.02)

    def _write(self) -> None:
        while not self.is_ended.is_set():
            key = uuid.uuid4().hex
            while (code := self.receive(key)) is None:
                time.sleep(0.1)
            self.answered[key] = code

    def receive(self, key: str) -> str | None:
        """The code, or None when the answer did not come or was no 201: then nobody knows, and it is asked again."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=15)
        try:
            connection.request("POST", "/api/v1/dossiers", json.dumps(self._body(key)), self._headers(key))
            answer = connection.getresponse()
            told: Any = json.loads(answer.read() or b"null")
            return str(told["code"]) if answer.status == 201 else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def _body(self, key: str) -> dict[str, Any]:
        papers = [{"position": 0, "originals": 1}, {"position": 1, "originals": 1}]
        return {
            "procedure_code": "1.000894",
            "unit_code": "00694",
            "applicant": {"name": key},
            "papers": papers,
        }

    def _headers(self, key: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }

    def listed(self) -> dict[str, list[str]]:
        """The codes of the dossiers that are there, by the applicant's name, which is the key."""
        found: dict[str, list[str]] = {}
        address = "/api/v1/dossiers?limit=500"
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        while address:
            connection.request("GET", address, headers=self._headers("-"))
            told = json.loads(connection.getresponse().read())
            for row in told["items"]:
                found.setdefault(row["applicant"], []).append(row["code"])
            address = told["next"]
        connection.close()
        return found
