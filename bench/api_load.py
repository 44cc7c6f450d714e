"""Clients of the API with connections that stay open: what they ask, how long it took, what was answered."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

PROCEDURE: Final = "1.000894"
UNITS = ["00694"]
"""The desks dossiers are received at, one after the other; set by who measures."""


@dataclass
class Load:
    """The answers of one measurement."""

    seconds: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second, over all clients."""
        return len(self.seconds) / self.lasted if self.lasted else 0.0

    def add(self, other: Load) -> None:
        """Take in what was measured after it."""
        self.seconds += other.seconds
        self.codes += other.codes
        self.faults += other.faults
        self.lasted += other.lasted


Ask = Callable[[http.client.HTTPConnection, Load], None]


@dataclass(frozen=True)
class Caller:
    """A place to ask and a token to ask with."""

    port: int
    token: str

    def receive(self, connection: http.client.HTTPConnection, load: Load) -> None:
        """Receive one dossier, with a key of its own."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        told = self._ask(connection, load, "POST", "/api/v1/dossiers", json.dumps(_application()), headers)
        if told is not None:
            load.codes.append(told["code"])

    def read(self, path: str) -> Ask:
        """Read one address."""
        return lambda connection, load: self._ask(connection, load, "GET", path, None, {}) and None

    def _ask(  # noqa: PLR0917 - what a request is made of
        self,
        connection: http.client.HTTPConnection,
        load: Load,
        method: str,
        path: str,
        body: str | None,
        headers: dict[str, str],
    ) -> Any:
        start = time.perf_counter()
        connection.request(method, path, body, {"Authorization": f"Bearer {self.token}", **headers})
        answer = connection.getresponse()
        content = answer.read()
        load.seconds.append(time.perf_counter() - start)
        if answer.status >= 300:
            load.faults.append(f"{answer.status} {content[:200]!r}")
            return None
        return json.loads(content) if method == "POST" else None

    def run(self, ask: Ask, *, clients: int, rounds: int) -> Load:
        """Let so many clients ask so often each, all at once."""
        load = Load()
        threads = [threading.Thread(target=self._rounds, args=(ask, load, rounds)) for _ in range(clients)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load.lasted = time.perf_counter() - start
        return load

    def _rounds(self, ask: Ask, load: Load, rounds: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for _ in range(rounds):
            ask(connection, load)
        connection.close()

    def burst(self, ask: Ask, *, per_second: int, seconds: int, clients: int = 10) -> Load:
        """Ask so often a second, whether or not the answers keep up."""
        load, start = Load(), time.perf_counter()
        threads = []
        for one in range(clients):
            due = [
                start + (one + number * clients) / per_second
                for number in range(per_second * seconds // clients)
            ]
            threads.append(threading.Thread(target=self._paced, args=(ask, load, due)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load.lasted = time.perf_counter() - start
        return load

    def _paced(self, ask: Ask, load: Load, due: list[float]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for instant in due:
            time.sleep(max(0.0, instant - time.perf_counter()))
            ask(connection, load)
        connection.close()


def _application() -> dict[str, Any]:
    return {
        "procedure_code": PROCEDURE,
        "unit_code": UNITS[next(_turn) % len(UNITS)],
        "applicant": {"name": "Vừ Thị Mỷ", "phone": "0912 345 678"},
        "is_duplicate_confirmed": True,
        "papers": [{"position": position, "originals": 1, "copies": 1} for position in range(PAPERS)],
    }


_turn = itertools.count()
PAPERS = 0
"""How many papers the procedure asks for; set by who measures."""
