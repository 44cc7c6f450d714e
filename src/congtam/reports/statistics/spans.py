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
class Span:
    """Dossiers of a unit received from ``since`` to before ``until`` are counted in a bucket."""

    unit_code: str
    bucket: str
    since: date
    until: date


def spans_for(unit: str, *, by_child: bool, to: Actor) -> tuple[Span, ...]:
    """The unit and all that was below it; NotFound unless the actor may see every part of that.

    With ``by_child`` a bucket is a unit directly below; what is recorded under the unit itself keeps its own code.
    """
    sight = visible_units(to)
    if unit not in register() or unit not in sight:
        raise NotFound(kind="unit", key=unit)
    found = _spans(str(installation_notes().get(EDITION_NOTE, "")), unit, by_child)
    if not all(span.unit_code in sight for span in found):
        raise NotFound(kind="unit", key=unit)
    return found


@lru_cache(maxsize=256)
def _spans(_edition: str, unit: str, by_child: bool) -> tuple[Span, ...]:  # noqa: FBT001 - a part of the cache key
    open_spans: dict[tuple[str, str], Span] = {}
    done: list[Span] = []
    for start, end in pairwise([date.min, *register().change_days(), date.max]):
        for code, bucket in _buckets(tree(start), unit, by_child=by_child):
            known = open_spans.get((code, bucket))
            if known is not None and known.until == start:
                open_spans[code, bucket] = Span(code, bucket, known.since, end)
            else:
                done += [known] if known is not None else []
                open_spans[code, bucket] = Span(code, bucket, start, end)
    return tuple(_beyond_life(span) for span in (*done, *open_spans.values()))


def _buckets(units: UnitTree, unit: str, *, by_child: bool) -> Iterator[tuple[str, str]]:
    if unit not in units:
        return
    if not by_child:
        yield from ((code, unit) for code in units.subtree(unit))
        return
    yield unit, unit
    for child in units[unit].children:
        yield from ((node.code, child.code) for node in child.walk())


def _beyond_life(span: Span) -> Span:
    """A dossier dated before its unit began or after it ended is counted where the unit first or last was."""
    life = register().history(span.unit_code)
    if life is None:
        return span
    first = min(version.valid_from for version in life.versions)
    last = max(version.valid_until for version in life.versions)
    since = date.min if span.since <= first else span.since
    until = date.max if span.until >= last else span.until
    return Span(span.unit_code, span.bucket, since, until)
