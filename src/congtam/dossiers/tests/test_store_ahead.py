"""Rows that are read ahead are stored like any others, and leave nothing behind when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, ReadAhead, store_dossiers
from congtam.dossiers.record.digests import as_row
from congtam.dossiers.record.domain.rows import row_digest
from congtam.dossiers.storing import store as storing
from congtam.foundation.public import console_actor
from congtam.kernel.errors import InputRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
NOW = datetime(2026, 3, 2, 2, 0, 0, 5, tzinfo=UTC)
ORDER: dict[str, Any] = {"unit_code": "024", "import_key": "one", "source": "test"}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven chunks of a few rows."""
    monkeypatch.setattr(storing, "_CHUNK", 3)


def rows(count: int = 20, **values: Any) -> Iterator[DossierRow]:
    for number in range(count):
        facts: dict[str, Any] = {"received_at": NOW - timedelta(days=number)} | values
        yield DossierRow(code=f"H-{number:02}", unit_code="024", procedure_name="Khai\tsinh\\", **facts)


def test_they_are_stored_changed_and_left_alone_like_others() -> None:
    told: list[int] = []
    first = store_dossiers(ReadAhead(rows()), actor=console_actor(), on_progress=told.append, **ORDER)
    again = store_dossiers(ReadAhead(rows()), actor=console_actor(), **ORDER)
    fee = store_dossiers(ReadAhead(rows(fee_dong=0)), actor=console_actor(), **ORDER)
    assert (first.new, again.unchanged, fee.changed) == (20, 20, 20)
    assert told == [3, 6, 9, 12, 15, 18, 20]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"due_at": NOW, "fee_dong": 0, "result_digitised": False, "attributes": {"a": "\x1f\t", "b": None}},
        {"finished_at": NOW, "returned_at": NOW, "state": "returned", "result_digitised": True},
        {"applicant": "Đỗ\nThị \\N", "officer": "a\rb", "limit_text": ""},
    ],
)
def test_what_is_kept_has_the_digest_it_was_kept_under(values: dict[str, Any]) -> None:
    store_dossiers(ReadAhead(rows(4, **values)), actor=console_actor(), **ORDER)
    for dossier in Dossier.objects.all():
        assert row_digest(as_row(dossier, (), ())) == dossier.row_digest
        assert {name: getattr(dossier, name) for name in values} == values


def test_a_reader_that_fails_leaves_nothing() -> None:
    def broken() -> Iterator[DossierRow]:
        yield from rows(8)
        raise ValueError("the file ends in the middle")

    with pytest.raises(ValueError, match="middle"), transaction.atomic():
        store_dossiers(ReadAhead(broken()), actor=console_actor(), **ORDER)
    assert not Dossier.objects.exists()


def test_a_conflict_refuses_the_whole_store() -> None:
    store_dossiers(rows(1), actor=console_actor(), **ORDER | {"source": "other"})
    with pytest.raises(InputRefused), transaction.atomic():
        store_dossiers(ReadAhead(reversed(list(rows()))), actor=console_actor(), **ORDER)
    assert Dossier.objects.count() == 1
