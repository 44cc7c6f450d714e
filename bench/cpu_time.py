"""Processor time of the product's processes, apart from that of whoever measures.

On a machine that others use, the time on the clock says more about them than about the program; processor time does
not. It is read from /proc, of the web server, the worker and the database with all their children, ended ones too.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PARENT, _OWN, _ENDED = 1, slice(11, 13), slice(13, 15)
"""Where /proc/PID/stat has them, counted after the name."""


@dataclass(frozen=True, kw_only=True)
class CpuTime:
    """Seconds of processor time."""

    web: float
    database: float
    clients: float

    def since(self, before: CpuTime) -> CpuTime:
        """What was used after an earlier reading."""
        return CpuTime(
            web=self.web - before.web,
            database=self.database - before.database,
            clients=self.clients - before.clients,
        )

    def shared_by(self, count: int) -> CpuTime:
        """The share of each of so many requests."""
        return CpuTime(web=self.web / count, database=self.database / count, clients=self.clients / count)


@dataclass(frozen=True, kw_only=True)
class Processes:
    """The web server that listens on a port, and the database of a data folder."""

    port: int
    folder: Path

    def cpu_time(self) -> CpuTime:
        """The processor time used so far."""
        stats = dict(_stats())
        web = [pid for pid in stats if _is_web(pid, self.port)]
        server = _postmaster(self.folder)
        database = [pid for pid in stats if server and _descends(pid, server, stats)]
        own = resource.getrusage(resource.RUSAGE_SELF)
        return CpuTime(
            web=_sum(stats, web), database=_sum(stats, database), clients=own.ru_utime + own.ru_stime
        )


def _stats() -> Iterator[tuple[int, list[str]]]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            yield int(process.name), (process / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue


def _is_web(pid: int, port: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
    return "granian" in command and f"\0{port}\0" in command


def _postmaster(folder: Path) -> int:
    """The number of the database's first process; 0 when the database is not one of ours."""
    for file in (folder / "postgres").rglob("postmaster.pid"):
        number = int(file.read_text().split()[0])
        if Path(f"/proc/{number}").exists():
            return number
    return 0


def _descends(pid: int, ancestor: int, stats: Mapping[int, list[str]]) -> bool:
    while pid in stats:
        if pid == ancestor:
            return True
        pid = int(stats[pid][_PARENT])
    return False


def _sum(stats: Mapping[int, list[str]], pids: list[int]) -> float:
    """Own time of each, and that of children that ended: those that live are counted themselves."""
    ticks = sum(int(value) for pid in pids for part in (_OWN, _ENDED) for value in stats[pid][part])
    return ticks / _TICKS
