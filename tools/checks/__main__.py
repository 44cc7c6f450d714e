"""Run every check of the house: `make check`, or `python -m tools.checks sizes glossary` for some of them."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.checks.advisories import NOT_CHECKED
from tools.checks.findings import ROOT

BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One promise and the command that tests it."""

    name: str
    promise: str
    command: tuple[str, ...]
    may_be_unknown: bool = False
    """Whether the command may end with NOT_CHECKED: neither kept nor broken."""


@dataclass(frozen=True)
class Outcome:
    """How a check went and what it said."""

    check: Check
    code: int
    seconds: float
    said: str

    @property
    def is_sound(self) -> bool:
        """Whether the promise was tested and holds."""
        return self.code == 0

    @property
    def is_unknown(self) -> bool:
        """Whether the check says that it could not test its promise."""
        return self.check.may_be_unknown and self.code == NOT_CHECKED


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """A command of the environment."""
    return (str(BIN / name), *arguments)


def own(name: str) -> tuple[str, ...]:
    """A module of this package."""
    return (sys.executable, "-m", f"tools.checks.{name}")


CHECKS: Final = (
    Check("types", "every line is typed", tool("mypy", "-p", "congtam", "-p", "tools")),
    Check("lint", "the rules of style hold", tool("ruff", "check", "--quiet", ".")),
    Check("format", "the formatter decides", tool("ruff", "format", "--check", "--quiet", ".")),
    Check("imports", "rooms and doors hold", tool("lint-imports", "--no-logo")),
    Check("structure", "doors and names in text hold", own("structure")),
    Check("dependencies", "what is used is declared", own("dependencies")),
    Check("advisories", "locked packages have no known hole", own("advisories"), may_be_unknown=True),
    Check("names", "a newcomer finds them", own("names")),
    Check("texts", "English texts are plain", own("texts")),
    Check("commits", "subjects are short, bodies say why", own("commits")),
    Check("sizes", "functions and modules stay small", own("sizes")),
    Check("glossary", "every word is explained once", own("glossary")),
    Check("hosts", "no machine of ours is named", own("hosts")),
    Check("translations", "every text is in Vietnamese", own("translations")),
    Check("migrations", "the tables match the models", own("migrations")),
    Check("migration costs", "each migration says what it locks and rewrites", own("migration_costs")),
)


def run(check: Check) -> Outcome:
    """Run one check and keep what it says."""
    start = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Outcome(check, done.returncode, time.monotonic() - start, done.stdout.strip())


def tell(outcome: Outcome) -> None:
    """One line per check; what it said unless it is kept, and warnings always."""
    mark = "ok  " if outcome.is_sound else "NOT CHECKED" if outcome.is_unknown else "FAIL"
    print(f"{mark} {outcome.check.name:<13}{outcome.check.promise:<36}{outcome.seconds:5.1f} s", flush=True)
    lines = outcome.said.splitlines()
    shown = [line for line in lines if line.startswith("warning: ")] if outcome.is_sound else lines
    if shown:
        print(textwrap.indent("\n".join(shown), "       "), flush=True)


def main(names: Sequence[str] = ()) -> int:
    """Run the named checks, all without names; 1 when a promise is broken, 2 for an unknown name."""
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        print(
            f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(check.name for check in CHECKS)}."
        )
        return 2
    chosen = [check for check in CHECKS if not names or check.name in names]
    start = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(run, chosen):
            tell(outcome)
            outcomes.append(outcome)
    print(f"{verdict(outcomes)} {time.monotonic() - start:.1f} s together.")
    return 0 if all(outcome.is_sound or outcome.is_unknown for outcome in outcomes) else 1


def verdict(outcomes: Sequence[Outcome]) -> str:
    """What holds of all together; never “all kept” where something could not be checked."""
    broken = [outcome.check.name for outcome in outcomes if not (outcome.is_sound or outcome.is_unknown)]
    unknown = [outcome.check.name for outcome in outcomes if outcome.is_unknown]
    missing = f" Could not check: {', '.join(unknown)}." if unknown else ""
    if broken:
        return f"{len(broken)} of {len(outcomes)} broken: {', '.join(broken)}.{missing}"
    return f"{len(outcomes) - len(unknown)} of {len(outcomes)} kept.{missing}" if unknown else "All kept."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
