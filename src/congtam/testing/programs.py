"""pytest plugin: tests that need a program of Debian run where it is installed; the last lines say what was left out.

A test says `pytest.mark.needs("chromium")`. A further program is a further line of `PROGRAMS`, nothing else:
`.ci/run` installs what `python -m congtam.testing.programs` prints. A promise must also have a test that needs none.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

_KEY: Final = pytest.StashKey[Counter[str]]()
_OUTPUT: Final = "congtam_left_out"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program that some tests drive: any of its commands will do, the first is best; `package` of Debian has that."""

    commands: tuple[str, ...]
    package: str

    def find(self) -> str | None:
        """The path of the first command that is installed."""
        return next((path for name in self.commands if (path := shutil.which(name))), None)


PROGRAMS: Final[Mapping[str, Program]] = {
    # The shell draws the same pages with the same engine in half the time: it draws no windows around them.
    "chromium": Program(
        commands=("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        package="chromium-headless-shell",
    ),
}


def missing_packages() -> list[str]:
    """The packages of Debian that this machine lacks for running every test, and quickly."""
    return [program.package for program in PROGRAMS.values() if shutil.which(program.commands[0]) is None]


def left_out_lines(counts: Mapping[str, int]) -> list[str]:
    """What to say about tests that could not run, a line for each program.

    >>> left_out_lines({"chromium": 3})
    ['3 tests were left out: they need chromium (Debian: apt-get install chromium-headless-shell).']
    """
    return [
        f"{count} tests were left out: they need {name} (Debian: apt-get install {PROGRAMS[name].package})."
        for name, count in sorted(counts.items())
    ]


def _missing_for(item: pytest.Item) -> list[str]:
    """The programs that a test needs and this machine lacks."""
    needed = [str(name) for mark in item.iter_markers("needs") for name in mark.args]
    unknown = [name for name in needed if name not in PROGRAMS]
    if unknown:
        raise pytest.UsageError(f"{item.nodeid} needs {unknown[0]!r}. Known programs: {', '.join(PROGRAMS)}.")
    return [name for name in needed if PROGRAMS[name].find() is None]


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "needs(*programs): runs only where these programs are installed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose program is missing, and count them."""
    missing = {item: _missing_for(item) for item in items}
    left_out = [item for item in items if missing[item]]
    config.stash[_KEY] = Counter(name for item in left_out for name in missing[item])
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not missing[item]]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its counts to the process that prints the summary."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_OUTPUT] = dict(_counts(session.config))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:  # noqa: ARG001 - the signature of xdist
    """Take a worker's counts; every worker has collected the same tests."""
    output = getattr(node, "workeroutput", None) or {}
    node.config.stash[_KEY] = Counter(output.get(_OUTPUT, {}))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The last lines: tests left out for want of a program, and skipped tests with their reasons."""
    lines = left_out_lines(_counts(config))
    lines += _skipped_lines(terminalreporter.stats.get("skipped", ()))
    for line in lines:
        terminalreporter.write_line(line, yellow=True)


def _counts(config: pytest.Config) -> Counter[str]:
    return config.stash.get(_KEY, None) or Counter()


def _skipped_lines(reports: Iterable[pytest.TestReport]) -> list[str]:
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reports
        if isinstance(report.longrepr, tuple)
    )
    return [f"{count} tests were skipped: {reason}." for reason, count in sorted(reasons.items())]


if __name__ == "__main__":
    print(" ".join(missing_packages()))  # noqa: T201 - read by .ci/run
