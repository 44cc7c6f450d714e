"""Run every measurement in turn and print its table; `--write` also puts them into docs/performance.md.

Machines are noisy: each figure is the median of several rounds, compared with a plain baseline of the same run.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "performance.md"
MARKERS: Final = ("<!-- measured: begin -->", "<!-- measured: end -->")
PARTS: Final = {
    "calendar": "Due dates",
    "clock": "Due dates with limits of every unit and pauses",
    "import": "Import",
    "engine": "Indicator engine",
    "api": "API on 100,000 dossiers",
    "lists": "Lists and exports at 1 M dossiers",
    "site": "Pages, freshness and start-up at 1 M dossiers",
}


def machine() -> str:
    """The machine in one line."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    gigabytes = int(memory.group(1)) / (1 << 20) if memory else 0
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {gigabytes:.0f} GiB, {system}"


def measure(part: str) -> str:
    """The table one measurement prints on standard output."""
    command = [sys.executable, "-m", f"bench.bench_{part}"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bench_{part} failed with exit code {done.returncode}")
    return done.stdout.strip()


def write(text: str) -> None:
    """Replace what stands between the markers of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(MARKERS[0])
    _, _, after = rest.partition(MARKERS[1])
    PAGE.write_text(f"{before}{MARKERS[0]}\n{text}\n{MARKERS[1]}{after}", encoding="utf-8")


def main() -> None:
    """Measure the named parts, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"out of {', '.join(PARTS)}; default: all")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    arguments = parser.parse_args()
    sections = [f"Measured on {datetime.now().astimezone():%Y-%m-%d}; {machine()}.\n"]
    for part in arguments.parts or PARTS:
        sections.append(f"## {PARTS[part]}\n\n{measure(part)}\n")
        print(sections[-1], flush=True)
    if arguments.write:
        write("\n".join(sections))


if __name__ == "__main__":
    main()
