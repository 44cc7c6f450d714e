"""Register what only a test needs, and take it back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from congtam.foundation.references import KINDS, ReferenceKind, register
from congtam.foundation.search import SOURCES, SearchSource, register_source


@contextmanager
def registered(*kinds: ReferenceKind[Any]) -> Iterator[None]:
    """Kinds of references for the time of a test, besides those of the rooms."""
    before = dict(KINDS)
    try:
        for kind in kinds:
            register(kind)
        yield
    finally:
        KINDS.clear()
        KINDS.update(before)


@contextmanager
def only_sources(*sources: SearchSource) -> Iterator[None]:
    """Sources of the search for the time of a test, in place of those of the rooms."""
    before = dict(SOURCES)
    SOURCES.clear()
    try:
        for source in sources:
            register_source(source)
        yield
    finally:
        SOURCES.clear()
        SOURCES.update(before)
