"""Restore an installation that an earlier version left, to be upgraded by a test."""

from __future__ import annotations

import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from congtam.config.embedded_postgres import binaries_folder
from congtam.testing.own_database import address_of_database, own_database


@contextmanager
def former_state(archive: Path, folder: Path) -> Iterator[None]:
    """Work on a database and the data folder of an archive: `database.sql` and `warehouse/`.

    The folder must be the data folder of whoever works on it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as contents:
        contents.extractall(folder, filter="data")
    with own_database("former", template="template0"):
        dump = folder / "database.sql"
        psql = [
            str(binaries_folder() / "psql"),
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-f",
            str(dump),
            address_of_database(),
        ]
        subprocess.run(psql, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
        dump.unlink()
        yield
