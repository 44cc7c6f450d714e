"""Change one dossier through the product's own action, and ask which data version the cells stand for."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import clock, console_actor


def cells_version() -> int:
    """The data version of the kept cells."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data_version FROM indicators_cellstate WHERE fact = 'dossiers'")
        return int(cursor.fetchone()[0])


def change_one(number: int) -> None:
    """Store a dossier of the bench's own with another officer; committed on return."""
    row = DossierRow(code="BENCH-1", unit_code="024", received_at=clock().now().replace(year=2024))
    changed = replace(row, officer=f"officer {clock().now().isoformat()} {number}")
    store_dossiers(
        [changed], unit_code="024", actor=console_actor(), import_key=f"bench-{number}", source="bench"
    )
