"""pytest plugin: in the last lines of a run, the seconds of each room's tests and the slowest tests.

With workers the seconds are those of all workers together, so they add up to more than the run took.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

import pytest

OPTION: Final = "--room-seconds"
SLOWEST: Final = 15
_PLUGIN: Final = "congtam-room-seconds"


def room_of(test: str) -> str:
    """The room of a test: the first folder below the package, or below `tests/`.

    >>> room_of("src/congtam/dossiers/tests/test_lists.py::test_pages")
    'dossiers'
    >>> room_of("tests/browser/test_desk.py::test_a_day")
    'tests/browser'
    """
    parts = PurePosixPath(test.partition("::")[0]).parts
    return parts[2] if parts[:2] == ("src", "congtam") else "/".join(parts[:2])


def room_lines(seconds: Mapping[str, float]) -> list[str]:
    """A line for each room, the slowest first: room, tests, seconds, share of the whole."""
    rooms: dict[str, list[float]] = defaultdict(list)
    for test, spent in seconds.items():
        rooms[room_of(test)].append(spent)
    whole = sum(seconds.values()) or 1
    ordered = sorted(rooms.items(), key=lambda pair: -sum(pair[1]))
    return [
        f"{room:<20}{len(each):>6} tests{sum(each):>9.1f} s{100 * sum(each) / whole:>5.0f} %"
        for room, each in ordered
    ]


def slowest_lines(seconds: Mapping[str, float], count: int = SLOWEST) -> list[str]:
    """A line for each of the slowest tests: seconds with set-up and tear-down, and the test."""
    ordered = sorted(seconds.items(), key=lambda pair: -pair[1])
    return [f"{spent:7.1f} s  {test}" for test, spent in ordered[:count]]


class RoomSeconds:
    """Adds up what the reports of the tests say and prints it after the run."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called for set-up, call and tear-down of each test; from workers too."""
        self._seconds[report.nodeid] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print both tables."""
        _print_section(terminalreporter, "seconds per room", room_lines(self._seconds))
        _print_section(terminalreporter, "slowest tests", slowest_lines(self._seconds))


def _print_section(reporter: pytest.TerminalReporter, title: str, lines: Sequence[str]) -> None:
    reporter.write_sep("=", title)
    for line in lines:
        reporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make test` asks for the tables; a run of a few tests stays quiet."""
    parser.addoption(OPTION, action="store_true", help="print seconds per room and the slowest tests")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the reports where the tables are wanted."""
    if config.getoption(OPTION):
        config.pluginmanager.register(RoomSeconds(), _PLUGIN)
