"""Ask the advisory database about known holes of every locked package; say so when it could not be asked.

The database is OSV, which holds PyPI and npm; one request for all packages, and a short time-out. Without a network
the holes that an earlier run learned are still reported, and the check ends as “not checked” (exit code 3), never as
kept. A hole that does not concern us is listed with its reason under `[tool.dependencies.advisories]`.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tools.checks.findings import ROOT, Finding, report

NOT_CHECKED: Final = 3
"""The exit code that says neither yes nor no."""
ADDRESS: Final = "https://api.osv.dev/v1/querybatch"
ADDRESS_SETTING: Final = "CONGTAM_ADVISORIES_URL"
TIMEOUT_SECONDS: Final = 5
LARGEST_ANSWER: Final = 16 << 20
MOST_QUERIES: Final = 1000
MEMORY: Final = Path("build/advisories.json")
PYTHON_LOCKS: Final = ("requirements.lock", "bootstrap.lock", "node.lock")
NPM_LOCK: Final = "package-lock.json"
_PINNED: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


class NotChecked(Exception):
    """Nothing is known about the packages: the database was not reached, or its answer is not whole."""


@dataclass(frozen=True, order=True)
class Package:
    """A locked package."""

    lock: str
    ecosystem: str
    name: str
    version: str

    @property
    def key(self) -> str:
        return f"{self.ecosystem}/{self.name}@{self.version}"


def locked_packages(root: Path) -> list[Package]:
    """Every package of the lock files, each once; raises NotChecked where there is no lock to read."""
    packages: dict[str, Package] = {}
    for lock in PYTHON_LOCKS:
        if (root / lock).is_file():
            for name, version in _PINNED.findall((root / lock).read_text(encoding="utf-8")):
                package = Package(lock, "PyPI", name, version)
                packages.setdefault(package.key, package)
    if (root / NPM_LOCK).is_file():
        for path, entry in json.loads((root / NPM_LOCK).read_text(encoding="utf-8"))["packages"].items():
            if path and "version" in entry:
                name = entry.get("name") or path.rpartition("node_modules/")[2]
                package = Package(NPM_LOCK, "npm", name, entry["version"])
                packages.setdefault(package.key, package)
    if not packages:
        raise NotChecked("no lock file names a package")
    return sorted(packages.values())


def ask(
    packages: Sequence[Package], *, address: str, timeout: float = TIMEOUT_SECONDS
) -> dict[str, list[str]]:
    """The advisories of each package by its key; raises NotChecked unless every package was answered."""
    advisories: dict[str, list[str]] = {}
    for start in range(0, len(packages), MOST_QUERIES):
        part = packages[start : start + MOST_QUERIES]
        for package, result in zip(part, _results(part, address, timeout), strict=True):
            advisories[package.key] = [str(hole["id"]) for hole in result.get("vulns", [])]
    return advisories


def _results(packages: Sequence[Package], address: str, timeout: float) -> list[dict[str, Any]]:
    queries = [
        {"package": {"name": package.name, "ecosystem": package.ecosystem}, "version": package.version}
        for package in packages
    ]
    request = urllib.request.Request(  # noqa: S310 - the address is ours or the developer's own
        address, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
            results = json.loads(response.read(LARGEST_ANSWER))["results"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotChecked(f"the advisory database gave no answer ({error})") from None
    if not isinstance(results, list) or len(results) != len(packages):
        raise NotChecked("the advisory database did not answer for every package")
    if not all(isinstance(result, dict) for result in results):
        raise NotChecked("the answer of the advisory database cannot be read")
    return results


def holes(
    packages: Sequence[Package], advisories: Mapping[str, Sequence[str]], accepted: Mapping[str, str]
) -> Iterator[Finding]:
    """Each advisory of a locked package that is not accepted with a reason."""
    for package in packages:
        for advisory in advisories.get(package.key, ()):
            if not accepted.get(advisory, "").strip():
                yield Finding(
                    package.lock,
                    1,
                    f"{package.name} {package.version} has a known hole, {advisory}: take a version without it, or"
                    " say under [tool.dependencies.advisories] why it does not concern us",
                )


def remember(root: Path, advisories: Mapping[str, Sequence[str]]) -> None:
    """Note what was learned, for runs without a network."""
    (root / MEMORY).parent.mkdir(parents=True, exist_ok=True)
    noted = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "advisories": advisories}
    (root / MEMORY).write_text(json.dumps(noted, indent=1), encoding="utf-8")


def recall(root: Path) -> tuple[str, dict[str, list[str]]]:
    """When the database was last asked and what it said; nothing when it never was."""
    try:
        noted = json.loads((root / MEMORY).read_text(encoding="utf-8"))
        return str(noted["at"]), dict(noted["advisories"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", {}


def accepted_advisories(root: Path) -> Mapping[str, str]:
    """Which advisories do not concern us, with the reason."""
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {})
    accepted: Mapping[str, str] = own.get("dependencies", {}).get("advisories", {})
    return accepted


def main(root: Path = ROOT, address: str = "") -> int:
    """0 when every package was asked about and has no hole, 1 for a hole, 3 when it is not known."""
    packages: list[Package] = []
    try:
        packages = locked_packages(root)
        advisories = ask(packages, address=address or os.environ.get(ADDRESS_SETTING) or ADDRESS)
    except NotChecked as reason:
        at, advisories = recall(root)
        since = f"last asked {at}" if at else "never asked before"
        print(f"could not check: {reason}; {since}. Run again with a network before a release.")
        return report(holes(packages, advisories, accepted_advisories(root))) or NOT_CHECKED
    remember(root, advisories)
    print(f"{len(advisories)} packages asked about")
    return report(holes(packages, advisories, accepted_advisories(root)))


if __name__ == "__main__":
    raise SystemExit(main())
