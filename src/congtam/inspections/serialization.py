"""The content of a pack to and from JSON (lưu và đọc lại bộ số liệu)."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from congtam.inspections.domain.content import PackContent, json_ready_data

_ADAPTER = TypeAdapter(PackContent)


def dump(content: PackContent) -> dict[str, Any]:
    """JSON-ready data of a pack."""
    data: dict[str, Any] = json_ready_data(content)
    return data


def load(data: Any) -> PackContent:
    """The pack of stored data; raises pydantic's ValidationError on data this version does not know."""
    return _ADAPTER.validate_python(data)
