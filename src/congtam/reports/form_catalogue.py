"""Which form is in force on a day (mẫu phiếu theo thời gian): title, number and circular, kept as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from congtam.kernel.errors import NotFound

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class PrintedForm:
    """A printed form as it stood on a day (mẫu); without a number where no circular had it."""

    key: str
    title: str
    number: str = ""
    circular: str = ""
    symbol: str = ""

    @property
    def mark(self) -> str:
        """``Mẫu số 01 (TT 03/2025/TT-VPCP)``; empty for a form no circular numbers.

        >>> PrintedForm(key="stop", title="THÔNG BÁO", number="05", circular="TT 03/2025/TT-VPCP").mark
        'Mẫu số 05 (TT 03/2025/TT-VPCP)'
        """
        return f"Mẫu số {self.number} ({self.circular})" if self.number else ""


def form_in_force(key: str, day: date) -> PrintedForm:
    """The form in force on the day the paper is written; NotFound for a form nobody knows."""
    for entry in _read_entries("form_catalogue.yaml"):
        if entry["key"] == key:
            version = next(one for one in entry["versions"] if _is_in_force(one, day))
            return PrintedForm(
                key=key,
                title=version["title"],
                number=version.get("number", ""),
                circular=version.get("circular", ""),
                symbol=entry.get("symbol", ""),
            )
    raise NotFound(kind="printed form", key=key)


def form_keys() -> tuple[str, ...]:
    """Every form, in the order of the catalogue."""
    return tuple(entry["key"] for entry in _read_entries("form_catalogue.yaml"))


def one_stop_shop_name_lines(kind: str, day: date) -> tuple[str, ...]:
    """What the one-stop shop of a unit of this kind is called on a day, in the lines of a letterhead."""
    entries = _read_entries("one_stop_shops.yaml")
    fitting = (one for one in entries if _is_in_force(one, day) and kind in one.get("kinds", [kind]))
    return tuple(next(fitting)["name"].split("|"))


def _is_in_force(version: dict[str, Any], day: date) -> bool:
    return bool(version.get("from", date.min) <= day < version.get("until", date.max))


@cache
def _read_entries(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))
