"""Set up everything a checkout needs, with nothing but Python's own library; quick when nothing changed.

Steps: the virtual environment, the pinned packages (checked against their hashes), the product itself, the pinned
front-end files, the compiled translations. Each step leaves a stamp with the digest of what it was made from.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
STAMPS: Final = VENV / "stamps"
OLDEST: Final = (3, 11)


class SetupFailed(RuntimeError):
    """A step could not be done; the message says what to do."""


def run(*command: str | Path, quiet: bool = True) -> None:
    """Run a command in the checkout; raise SetupFailed with what it said."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=quiet, text=True, check=False
    )
    if done.returncode != 0:
        said = f"{done.stdout or ''}{done.stderr or ''}".strip()
        raise SetupFailed(f"This command failed:\n  {' '.join(str(part) for part in command)}\n{said}")


def works(*command: str | Path) -> bool:
    """Whether a command ends well."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def digest(*sources: Path) -> str:
    """One digest over the content of files, in the order given."""
    seen = hashlib.sha256(sys.version.encode())
    for source in sources:
        seen.update(source.read_bytes() if source.is_file() else b"")
    return seen.hexdigest()


def step(name: str, sources: Sequence[Path], work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done from these very sources."""
    stamp, wanted = STAMPS / name, digest(*sources)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"  {name} …", flush=True)
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def make_environment() -> None:
    """Make .venv, also where Debian ships Python without ensurepip."""
    if PYTHON.exists() and works(PYTHON, "-m", "pip", "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    install_debian("python3-venv")
    run(sys.executable, "-m", "venv", VENV)


def install_debian(package: str) -> None:
    """Install a Debian package where we may; otherwise say which command does it."""
    elevate = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (elevate and shutil.which("sudo") is None):
        raise SetupFailed(f"Python's venv module is missing here. Install it: apt-get install {package}")
    print(f"  installing Debian's {package} …", flush=True)
    try:
        run(*elevate, "apt-get", "update", "-qq")
        run(*elevate, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
    except SetupFailed as fault:
        raise SetupFailed(
            f"{fault}\nInstall it yourself, then try again: sudo apt-get install {package}"
        ) from None


def install_packages() -> None:
    """The pinned packages, each checked against its hash."""
    run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "bootstrap.lock")
    run(
        VENV / "bin" / "uv",
        "pip",
        "sync",
        "--quiet",
        "--python",
        PYTHON,
        "--require-hashes",
        "requirements.lock",
    )


def install_product() -> None:
    """The product itself, editable: the checkout is what runs."""
    run(
        VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation",
        "--editable", ".",
    )  # fmt: skip


def main() -> int:
    """Do all steps; exit code 1 with a sentence when one fails."""
    if sys.version_info < OLDEST:
        print(
            f"Công Tâm needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}."
        )
        return 1
    if not (STAMPS / "packages").exists():
        print("Setting up (the first time takes a minute or two):", flush=True)
    try:
        make_environment()
        locks = [ROOT / "bootstrap.lock", ROOT / "requirements.lock"]
        step("packages", locks, install_packages)
        step("product", [*locks, ROOT / "pyproject.toml"], install_product)
        run(PYTHON, "-m", "tools.frontend", quiet=False)
        fragments = sorted((ROOT / "src/congtam/locale/fragments").glob("*.yaml"))
        step("translations", fragments, lambda: run(PYTHON, "-m", "tools.checks.translations", "--build"))
    except SetupFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
