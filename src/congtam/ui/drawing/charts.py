"""The figures of a chart as a table (bảng số liệu của biểu đồ): every chart can also be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """Headings and rows, in the order in which the spec encodes them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def data_table(spec: Mapping[str, Any]) -> DataTable:
    """Read the inline rows of a spec; encoded fields become columns under the titles of their axes."""
    rows = spec.get("data", {}).get("values", [])
    titles = _titles_by_field(spec)
    fields = [field for field in titles if any(field in row for row in rows)] or list(rows[0] if rows else ())
    return DataTable(
        headings=tuple(titles.get(field) or field for field in fields),
        rows=tuple(tuple(row.get(field) for field in fields) for row in rows),
    )


def _titles_by_field(spec: Mapping[str, Any]) -> dict[str, str]:
    """The title of each encoded field over all layers; the first channel that names a field wins."""
    titles: dict[str, str] = {}
    for layer in (spec, *spec.get("layer", ())):
        for channels in layer.get("encoding", {}).values():
            for channel in channels if isinstance(channels, list) else [channels]:
                if field := channel.get("field"):
                    axis = channel.get("axis") or {}
                    titles.setdefault(field, str(channel.get("title") or axis.get("title") or field))
    return titles
