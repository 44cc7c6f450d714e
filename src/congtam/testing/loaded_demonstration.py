"""The demonstration province in miniature, loaded once in a run of tests: a database and a data folder to copy."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from django.test.utils import override_settings

from congtam.dossiers.public import StoreCounts
from congtam.foundation.public import console_actor
from congtam.testing.doors.demonstration import Demonstration, load
from congtam.testing.own_database import TEMPLATE, connected_to, copy_database, own_database
from congtam.work_calendar.public import seed_calendar

LOADED: Final = Demonstration(scenario="two-tier", dossiers=4_000)
"""Without a clock of its own, so that tests of other rooms go by theirs."""
_NAME: Final = "demonstration"


@contextmanager
def own_demonstration(folder: Path, *, suffix: str = "demonstration") -> Iterator[StoreCounts]:
    """Work on a fresh copy of the demonstration: a database of its own, its files in the folder.

    The folder must be the data folder of whoever works on it. Yields what was stored when it was loaded.
    """
    home = Path(os.environ["CONGTAM_DATA_DIR"]).parent / "demonstration"
    counts = _load_once(home)
    shutil.copytree(home / "data", folder, dirs_exist_ok=True)
    with own_database(suffix, template=_NAME):
        yield counts


def _load_once(home: Path) -> StoreCounts:
    """Load the demonstration and keep its files in the folder; where another process does it, wait for it."""
    home.mkdir(exist_ok=True)
    data, done = home / "data", home / "loaded.json"
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            copy_database(_NAME, template=TEMPLATE)
            with connected_to(_NAME), override_settings(CONGTAM_DATA_DIR=data):
                seed_calendar(console_actor())
                counts = load(LOADED)
            done.write_text(json.dumps(asdict(counts)))
        return StoreCounts(**json.loads(done.read_text()))
