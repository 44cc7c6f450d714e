"""The units that ship with the product: Hà Giang and Tuyên Quang before and after 1 July 2025."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from congtam.foundation.public import Actor
from congtam.org_units.actions.enter_units import EnteredUnits, enter_units
from congtam.org_units.domain.records import ALWAYS, EVER, SuccessionRow, UnitVersionRow

CATALOGUE: Final = Path(__file__).parents[1] / "catalogue"


def load_catalogue(*, actor: Actor) -> EnteredUnits:
    """Enter the shipped units that are not on record yet (nạp danh mục đơn vị kèm theo)."""
    return enter_units(catalogue_versions(), catalogue_successions(), actor=actor)


def catalogue_versions() -> Iterator[UnitVersionRow]:
    """The shipped versions; derived by tools/derive_units.py."""
    for row in _read_rows("versions.csv"):
        yield UnitVersionRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=row["parent"] or None,
            valid_from=_parse_day(row["valid_from"], EVER),
            valid_until=_parse_day(row["valid_until"], ALWAYS),
            legal_source=row["legal_source"],
            longitude=float(row["longitude"]) if row["longitude"] else None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
        )


def catalogue_successions() -> Iterator[SuccessionRow]:
    """The shipped successions; derived by tools/derive_units.py."""
    for row in _read_rows("successions.csv"):
        yield SuccessionRow(
            predecessor=row["predecessor"],
            successor=row["successor"],
            on_date=date.fromisoformat(row["on_date"]),
            weight=float(row["weight"]),
            whole=row["whole"] == "yes",
            only_forward=row["only_forward"] == "yes",
            legal_source=row["legal_source"],
            note=row["note"],
        )


def _read_rows(name: str) -> Iterator[dict[str, str]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _parse_day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise
