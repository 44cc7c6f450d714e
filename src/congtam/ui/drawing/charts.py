"""The figures of a chart as a table (bảng số liệu của biểu đồ): every chart can also be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    titles = dict(_titles(spec))
    fields = [field for field in titles if any(field in row for row in rows)] or list(rows[0] if rows else ())
    return DataTable(
        headings=tuple(titles.get(field) or field for field in fields),
        rows=tuple(tuple(row.get(field) for field in fields) for row in rows),
    )


def _titles(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of field and title over all layers; the first that names a field wins by being a dict's first."""
    titled: set[str] = set()
    for encoding in (
        spec.get("encoding", {}),
        *(layer.get("encoding", {}) for layer in spec.get("layer", ())),
    ):
        for channel in _channels(encoding):
            field = channel.get("field")
            if field and field not in titled:
                titled.add(field)
                yield field, _title(channel)


def _channels(encoding: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for channel in encoding.values():
        yield from channel if isinstance(channel, list) else [channel]


def _title(channel: Mapping[str, Any]) -> str:
    return str(channel.get("title") or (channel.get("axis") or {}).get("title") or channel["field"])
