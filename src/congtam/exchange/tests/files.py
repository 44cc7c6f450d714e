"""Small files written by tests."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from congtam.dossiers.public import visible_to
from congtam.exchange.interpretation.mapping import Mapping
from congtam.exchange.interpretation.mapping_text import read_mapping
from congtam.exchange.readers.limits import Limits
from congtam.exchange.readers.source import open_source
from congtam.foundation.public import console_actor


def dossiers() -> Any:
    """All stored dossiers."""
    return visible_to(console_actor())


BY_ROW = """
mapping: 1
name: by-row
dates: [yyyy-MM-dd, iso]
case: {code: id, received: start, due: due, finished: end, procedure: {name: what}}
"""
BY_EVENT = """
mapping: 1
name: by-event
file: {rows: event}
case: {code: case:concept:name, received: {first: time:timestamp}, finished: {last: time:timestamp}}
event: {name: concept:name, finished: time:timestamp}
"""


def mapping(text: str = BY_ROW) -> Mapping:
    return read_mapping(text)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def cases(path: Path, text: str = BY_ROW, *, limits: Limits | None = None, name: str = "") -> list[Any]:
    """Everything the readers find in a file."""
    with open_source(path, name=name or path.name, mapping=mapping(text), limits=limits) as source:
        return list(source.cases)


def xes(*traces: str, head: str = "") -> str:
    body = "".join(f"<trace>{trace}</trace>" for trace in traces)
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<log xes.version="1.0">{body}</log>'


def trace(code: str, *events: tuple[str, str]) -> str:
    steps = "".join(
        f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/></event>'
        for name, at in events
    )
    return f'<string key="concept:name" value="{code}"/>{steps}'
