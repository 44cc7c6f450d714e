"""The figures of a chart as a table (bảng số liệu của biểu đồ): every chart can also be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

_MONTHS: Final = "%m/%Y"


class Share(float):
    """A number that its axis writes in per cent."""


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """Headings and rows, in the order in which the spec encodes them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def data_table(spec: Mapping[str, Any]) -> DataTable:
    """Read the inline rows of a spec; encoded fields become columns under the titles of their axes.

    Shares and months are written as on the axis.
    """
    rows = spec.get("data", {}).get("values", [])
    titles = _titles_by_field(spec)
    formats = _formats_by_field(spec)
    fields = [field for field in titles if any(field in row for row in rows)] or list(rows[0] if rows else ())
    return DataTable(
        headings=tuple(titles.get(field) or field for field in fields),
        rows=tuple(tuple(_cell(row.get(field), formats.get(field, "")) for field in fields) for row in rows),
    )


def _titles_by_field(spec: Mapping[str, Any]) -> dict[str, str]:
    """The title of each encoded field over all layers; the first channel that names a field wins."""
    titles: dict[str, str] = {}
    for field, channel in _channels(spec):
        axis = channel.get("axis") or {}
        titles.setdefault(field, str(channel.get("title") or axis.get("title") or field))
    return titles


def _formats_by_field(spec: Mapping[str, Any]) -> dict[str, str]:
    formats: dict[str, str] = {}
    for field, channel in _channels(spec):
        axis = channel.get("axis") or {}
        formats.setdefault(field, str(channel.get("format") or axis.get("format") or ""))
    return formats


def _channels(spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for layer in (spec, *spec.get("layer", ())):
        for channels in layer.get("encoding", {}).values():
            for channel in channels if isinstance(channels, list) else [channels]:
                if field := channel.get("field"):
                    yield field, channel


def _cell(value: Any, number_format: str) -> Any:
    if number_format == _MONTHS and isinstance(value, str):
        return f"{date.fromisoformat(value):%m/%Y}"
    if number_format.endswith("%") and isinstance(value, float):
        return Share(value)
    return value
