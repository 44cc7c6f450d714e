"""The migrated database of which every test database is a copy; made once for a set of migrations, kept in build/.

Migrating takes longer than most tests. It is done before pytest collects anything, so it counts against the time
limit of no test.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from congtam.config.embedded_postgres import THROW_AWAY, EmbeddedPostgres

ROOT: Final = Path(__file__).resolve().parents[3]
STORE: Final = ROOT / "build" / "test-database"


def start_server(folder: Path) -> EmbeddedPostgres:
    """Start a throw-away server in the folder; its database named in `url` is migrated and must stay untouched."""
    copy_cluster(folder)
    server = EmbeddedPostgres(folder=folder, options=THROW_AWAY)
    server.start()
    return server


def copy_cluster(folder: Path) -> None:
    """Put the migrated cluster into a new folder of an embedded database, for a site that is to start from there."""
    folder.mkdir(parents=True)
    with _lock():
        template = STORE / _digest()
        if not template.exists():
            _make(template)
        subprocess.run(["cp", "-a", template, folder / "cluster"], check=True)


def _digest() -> str:
    """What the template is made from: our migrations, what is sealed after them, and the locked packages."""
    sources = [ROOT / "requirements.lock", ROOT / "src/congtam/config/settings.py", Path(__file__)]
    sources += sorted((ROOT / "src/congtam").glob("*/migrations/*.py"))
    sources += sorted((ROOT / "src/congtam").glob("*/apps.py"))
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(str(source.relative_to(ROOT)).encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def _make(template: Path) -> None:
    """Migrate a new cluster and keep it once it is whole; those of other migrations go."""
    for older in STORE.iterdir():
        if older.is_dir():
            shutil.rmtree(older)
    with tempfile.TemporaryDirectory(prefix="congtam-template-") as name:
        server = EmbeddedPostgres(folder=Path(name) / "postgres", options=THROW_AWAY)
        environment = {**os.environ, "DATABASE_URL": server.start(), "CONGTAM_DATA_DIR": f"{name}/data"}
        try:
            subprocess.run([sys.executable, "-m", __name__], env=environment, check=True)
        finally:
            server.release()
        draft = template.with_suffix(".draft")
        subprocess.run(["cp", "-a", Path(name) / "postgres" / "cluster", draft], check=True)
        draft.rename(template)


@contextmanager
def _lock() -> Iterator[None]:
    """One run at a time makes or copies the template."""
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congtam.config.settings")
    os.environ.setdefault("CONGTAM_SECRET_KEY", "only for tests")
    from django.core.management import call_command

    from congtam.config.starting import set_up_django

    set_up_django()
    call_command("migrate", verbosity=0, run_syncdb=True)


if __name__ == "__main__":
    _migrate()
