"""Which dossiers belong to a unit (phạm vi đơn vị): each under the tree of the day it was received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from congtam.foundation.public import Actor, installation_notes
from congtam.kernel.errors import NotFound
from congtam.org_units.public import EDITION_NOTE, UnitTree, register, tree, visible_units


@dataclass(frozen=True)
class UnitSpan:
    """Dossiers of a unit received from ``since`` to before ``until`` are counted in a bucket."""

    unit_code: str
    bucket: str
    since: date
    until: date


def spans_for(unit: str, *, by_child: bool, to: Actor) -> tuple[UnitSpan, ...]:
    """The unit and all that was below it; NotFound unless the actor may see every part of that.

    With ``by_child`` a bucket is a unit directly below; what is recorded under the unit itself keeps its own code.
    """
    visible = visible_units(to)
    if unit not in register() or unit not in visible:
        raise NotFound(kind="unit", key=unit)
    spans = _unit_spans(str(installation_notes().get(EDITION_NOTE, "")), unit, by_child)
    if not all(span.unit_code in visible for span in spans):
        raise NotFound(kind="unit", key=unit)
    return spans


@lru_cache(maxsize=256)
def _unit_spans(_edition: str, unit: str, by_child: bool) -> tuple[UnitSpan, ...]:  # noqa: FBT001 - a part of the cache key
    open_spans: dict[tuple[str, str], UnitSpan] = {}
    done: list[UnitSpan] = []
    for start, end in pairwise([date.min, *register().change_days(), date.max]):
        for code, bucket in _unit_buckets(tree(start), unit, by_child=by_child):
            open_span = open_spans.get((code, bucket))
            if open_span is not None and open_span.until == start:
                open_spans[code, bucket] = UnitSpan(code, bucket, open_span.since, end)
            else:
                done += [open_span] if open_span is not None else []
                open_spans[code, bucket] = UnitSpan(code, bucket, start, end)
    return tuple(_extend_past_validity(span) for span in (*done, *open_spans.values()))


def _unit_buckets(units: UnitTree, unit: str, *, by_child: bool) -> Iterator[tuple[str, str]]:
    if unit not in units:
        return
    if not by_child:
        yield from ((code, unit) for code in units.subtree(unit))
        return
    yield unit, unit
    for child in units[unit].children:
        yield from ((node.code, child.code) for node in child.walk())


def _extend_past_validity(span: UnitSpan) -> UnitSpan:
    """A dossier dated before its unit began or after it ended is counted where the unit first or last was."""
    life = register().history(span.unit_code)
    if life is None:
        return span
    first = min(version.valid_from for version in life.versions)
    last = max(version.valid_until for version in life.versions)
    since = date.min if span.since <= first else span.since
    until = date.max if span.until >= last else span.until
    return UnitSpan(span.unit_code, span.bucket, since, until)
