"""The removal of unused files meets an upload of the same content: a file that is on record has its content."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from congtam.dossiers.applicant.public import IncomingFile
from congtam.dossiers.files.public import take_file
from congtam.dossiers.tests import desk
from congtam.foundation.files import damaged_files, stored_path
from congtam.foundation.models import StoredFile
from congtam.foundation.unused_files import remove_strays, remove_unused
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import NotFound
from congtam.testing.cast import Cast
from congtam.testing.own_database import at_once


@pytest.fixture
def db(django_db_setup: None) -> None:
    """No transaction around this test: it works on a copy of the database (`racing`)."""


@pytest.mark.parametrize("round_", range(4))
def test_the_same_content_is_stored_while_it_is_removed(
    db: None, frozen_clock: FixedClock, *, racing: Cast, warehouse_dir: Path, round_: int
) -> None:
    content = b"%PDF-1.4\n" + bytes([48 + round_]) + b"\n%%EOF\n"

    def store() -> str:
        sent = IncomingFile(io.BytesIO(content), "a.pdf")
        return take_file(sent, actor=desk.part(racing, "clerk")).digest

    digest = store()
    frozen_clock.instant = frozen_clock.now().replace(year=2100)
    long_ago = frozen_clock.now() - timedelta(days=9)
    StoredFile.objects.update(stored_at=long_ago)
    outcomes = at_once([store, remove_unused, store, remove_unused, remove_strays])
    faults = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [fault for fault in faults if not isinstance(fault, FileNotFoundError)] == []
    assert [stored.digest for stored, _what in damaged_files()] == []
    assert StoredFile.objects.filter(digest=digest).exists() == path_exists(digest)


def path_exists(digest: str) -> bool:
    try:
        return stored_path(digest).is_file()
    except NotFound:
        return False
