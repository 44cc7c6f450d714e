"""Requests that arrive by a timetable of their own, whether or not earlier ones are answered (open-loop arrivals).

Clients that wait for an answer before they ask again slow down together with the server and hide its queue. Here each
request has an instant at which it is due, drawn as people arrive: independently of one another. Its time counts from
that instant, so what waits behind a slow answer is measured as waiting.
"""

from __future__ import annotations

import http.client
import queue
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

CONNECTIONS: Final = 48
"""As many requests may be under way at once; more than two cores answer in the time a person waits."""


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """When which path is requested, in seconds from the start."""

    arrivals: Sequence[tuple[float, str]]

    @classmethod
    def drawn(cls, paths: Sequence[str], *, per_second: float, count: int, seed: int = 20260302) -> Timetable:
        """So many requests with random gaps (a Poisson process), the paths in turn; the same ones every time."""
        chance = random.Random(seed)  # noqa: S311 - not for secrets
        at, arrivals = 0.0, []
        for number in range(count):
            arrivals.append((at, paths[number % len(paths)]))
            at += chance.expovariate(per_second)
        return cls(arrivals=arrivals)


@dataclass
class Answers:
    """How long each request took from the instant it was due, and what was answered wrongly."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Clients:
    """Clients signed in as one person."""

    port: int
    cookie: str

    def send(self, timetable: Timetable) -> Answers:
        """Send each request when it is due; returns when all are answered."""
        answers, due = Answers(), queue.SimpleQueue[tuple[float, str] | None]()
        threads = [threading.Thread(target=self._answer_all, args=(due, answers)) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        start = time.perf_counter()
        for at, path in timetable.arrivals:
            time.sleep(max(0.0, start + at - time.perf_counter()))
            due.put((start + at, path))
        for _ in threads:
            due.put(None)
        for thread in threads:
            thread.join()
        return answers

    def _answer_all(self, due: queue.SimpleQueue[tuple[float, str] | None], answers: Answers) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while (request := due.get()) is not None:
            at, path = request
            connection.request("GET", path, headers={"Cookie": self.cookie, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answers.size += len(answer.read())
            answers.seconds.append(time.perf_counter() - at)
            if answer.status != http.client.OK:
                answers.faults.append(f"{answer.status} {path}")
        connection.close()
