"""pytest plugin: a throw-away PostgreSQL, started before Django reads its settings, and one Hypothesis profile."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from congtam.config.embedded_postgres import EmbeddedPostgres
from congtam.testing.template_database import start_server

_WORKER = "PYTEST_XDIST_WORKER"
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in memory that Linux has for this
_ROOM_NEEDED = 4 << 30
_folder: Path | None = None
_server: EmbeddedPostgres | None = None


def _work_in_memory() -> None:
    """Temporary files go to memory where there is room: tests wait for a disk a third of their time.

    A TMPDIR of the environment comes first.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ROOM_NEEDED:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def _start() -> None:
    global _folder, _server  # noqa: PLW0603 - one server for the process
    _folder = Path(tempfile.mkdtemp(prefix="congtam-tests-"))
    _server = start_server(_folder / "postgres")
    os.environ["DATABASE_URL"] = _server.url
    os.environ["CONGTAM_DATA_DIR"] = str(_folder / "data")
    os.environ["CONGTAM_SECRET_KEY"] = "only for tests"


# Python compiles each module once and keeps the result, also where the environment forbids it: without that every
# process that a test starts compiles Django and the product anew, which takes longer than all its other work.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Collecting imports the whole product and makes thousands of items; none of it is garbage, and looking for garbage in
# it again and again takes a tenth of the time. See `pytest_collection_finish`.
gc.disable()

_work_in_memory()

# At import, because pytest-django reads the settings before any hook of ours could run.
if _WORKER not in os.environ and "CONGTAM_TEST_SERVER" not in os.environ:
    os.environ["CONGTAM_TEST_SERVER"] = "started"
    _start()

# One profile for all tests. A shared machine may stand still for a second at any moment, so nothing in it measures
# time: no limit for an example, no complaint that examples are drawn slowly.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - pytest's signature
    """What only tests have: cheap password hashes, and static files served from where they lie."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001 - pytest's signature
    """From now on there is garbage."""
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:  # noqa: ARG001 - pytest's signature
    """Stop the server and remove its folder."""
    if _server is not None and _folder is not None:
        _server.release()
        shutil.rmtree(_folder, ignore_errors=True)
