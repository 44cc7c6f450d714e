"""A data folder with the demonstration in it, and the product run on it as a person runs it."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
READY: Final = re.compile(r"ready", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Where the data are, and where the site answers.

    Without `database` the installation starts its own PostgreSQL in its folder; a DATABASE_URL of the environment is
    never used, so that no real installation is measured, and filled, by mistake.
    """

    folder: Path
    port: int = 8791
    database: str = ""

    @property
    def address(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the product's processes."""
        return {
            **os.environ,
            "CONGTAM_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "CONGTAM_LANGUAGE": "en",
        }

    def command(self, *arguments: str) -> str:
        """What a command of the product prints."""
        command = [sys.executable, "-m", "congtam", *arguments]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def load(self, dossiers: int) -> float | None:
        """Load the demonstration once; the seconds it took, None when it was there."""
        if (self.folder / "demo" / "truth.json").exists():
            return None
        self.command("prepare")
        start = time.perf_counter()
        self.command("demo", "--scenario", "two-tier", "--dossiers", str(dossiers))
        return time.perf_counter() - start

    @contextmanager
    def running(self) -> Iterator[float]:
        """The site as `congtam run` starts it; yields the seconds until it said that it was ready."""
        start = time.perf_counter()
        command = [sys.executable, "-m", "congtam", "run", "--port", str(self.port)]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as site:
            assert site.stdout is not None  # noqa: S101 - asked for above
            for line in site.stdout:
                if READY.search(line):
                    break
            try:
                yield time.perf_counter() - start
            finally:
                site.send_signal(signal.SIGINT)
                site.communicate(timeout=60)

    def use(self) -> None:
        """Make Django ready in this process."""
        from congtam.config.embedded_postgres import EmbeddedPostgres

        url = self.database or EmbeddedPostgres(folder=self.folder / "postgres").start()
        os.environ.update(self.environment, DATABASE_URL=url)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
        from congtam.config.starting import set_up_django

        set_up_django()


def add_arguments(parser: argparse.ArgumentParser, *, dossiers: int) -> None:
    """The arguments that say which installation; `installation_of` reads them."""
    parser.add_argument("--dossiers", type=int, default=dossiers)
    parser.add_argument("--folder", type=Path, help="the data folder; loaded when it is empty")
    parser.add_argument("--database", default="", help="the address of a database that may be filled")
    parser.add_argument("--port", type=int, default=Installation.port)


def installation_of(arguments: argparse.Namespace) -> Installation:
    """The installation the arguments name."""
    folder = arguments.folder or ROOT / "build" / f"bench-site-{arguments.dossiers}"
    return Installation(folder=folder, port=arguments.port, database=arguments.database)
