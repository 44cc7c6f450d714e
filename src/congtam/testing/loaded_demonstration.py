"""The demonstration province in miniature, loaded once in a run of tests: a database and a data folder to copy."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.test.utils import override_settings

from congtam.demonstration.public import Demonstration, load
from congtam.foundation.public import console_actor
from congtam.work_calendar.public import seed_calendar
from congtam.testing.own_database import TEMPLATE, connected_to, copy_database, own_database

LOADED: Final = Demonstration(dossiers=4_000)
_NAME: Final = "demonstration"


@contextmanager
def own_demonstration(folder: Path, *, suffix: str = "demonstration") -> Iterator[None]:
    """Work on a fresh copy of the demonstration: a database of its own, its files in the folder.

    The folder must be the data folder of whoever works on it.
    """
    shutil.copytree(_load_once(), folder, dirs_exist_ok=True)
    with own_database(suffix, template=_NAME):
        yield


def _load_once() -> Path:
    """The data folder of the loaded demonstration; the first process that wants it loads it, the others wait."""
    home = Path(os.environ["CONGTAM_DATA_DIR"]).parent / "demonstration"
    home.mkdir(exist_ok=True)
    data, done = home / "data", home / "loaded"
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            copy_database(_NAME, template=TEMPLATE)
            with connected_to(_NAME), override_settings(CONGTAM_DATA_DIR=data):
                seed_calendar(console_actor())
                load(LOADED)
            done.touch()
    return data
