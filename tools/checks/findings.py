"""What a check found, and the files it looks at."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, order=True)
class Finding:
    """One broken promise and where."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def report(findings: Iterable[Finding], warnings: Iterable[Finding] = ()) -> int:
    """Print what was found, errors last; the exit code of the check."""
    for warning in sorted(warnings):
        print(f"warning: {warning}")
    errors = sorted(findings)
    for finding in errors:
        print(finding)
    return 1 if errors else 0


def files(root: Path, *endings: str) -> list[Path]:
    """The files that are or would be committed, with one of the endings (all files without any)."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    paths = (root / name for name in listing.stdout.decode().split("\0") if name)
    return sorted(path for path in paths if path.is_file() and (not endings or path.suffix in endings))


def relative(path: Path, root: Path) -> str:
    """The path as people write it in the project."""
    return path.relative_to(root).as_posix()
