from __future__ import annotations

import io
from pathlib import Path

import pytest

from congtam.foundation.files import (
    FileLimits,
    FileRefused,
    damaged_files,
    declare_file_kind,
    forget_file,
    open_file,
    store_file,
    stored_path,
)
from congtam.foundation.models import StoredFile
from congtam.foundation.public import console_actor
from congtam.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notes(warehouse_dir: Path) -> None:
    declare_file_kind("note", FileLimits(size=10, endings=(".txt",)))


def keep(content: bytes, name: str = "a.txt") -> StoredFile:
    return store_file(
        io.BytesIO(content), name=name, media_type="text/plain", kind="note", actor=console_actor()
    )


def test_a_file_is_found_again_by_its_content() -> None:
    stored = keep(b"hello")
    with open_file(stored.digest) as content:
        assert content.read() == b"hello"
    assert keep(b"hello", "b.txt").digest == stored.digest


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"x" * 11, "a.txt", id="too large"),
        pytest.param(b"x", "a.exe", id="wrong ending"),
        pytest.param(b"x", "../a.txt", id="folder in the name"),
        pytest.param(b"x", "..\\a.txt", id="Windows folder in the name"),
        pytest.param(b"x", "", id="no name"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_leaves_nothing(
    content: bytes, name: str, warehouse_dir: Path
) -> None:
    with pytest.raises(FileRefused):
        keep(content, name)
    assert not StoredFile.objects.exists()
    assert [path for path in (warehouse_dir / "files").rglob("*") if path.is_file()] == []


def test_damage_is_found() -> None:
    changed, gone = keep(b"one"), keep(b"two")
    stored_path(changed.digest).write_bytes(b"other")
    stored_path(gone.digest).unlink()
    assert [(stored.pk, fault) for stored, fault in damaged_files()] == [
        (changed.pk, "content changed"),
        (gone.pk, "content missing"),
    ]
    with pytest.raises(NotFound):
        open_file(gone.digest)


def test_a_file_is_forgotten_with_the_last_who_stored_it() -> None:
    digest = keep(b"hello").digest
    keep(b"hello", "b.txt")
    me = console_actor().username
    assert forget_file(digest, kind="note", stored_by="somebody else")
    assert forget_file(digest, kind="note", stored_by=me)
    assert stored_path(digest).is_file()
    assert forget_file(digest, kind="note", stored_by=me)
    assert forget_file(digest, kind="note", stored_by=me), "again changes nothing"
    assert not StoredFile.objects.exists()
    with pytest.raises(NotFound):
        stored_path(digest)
