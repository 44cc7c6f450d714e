"""Parts of figures by the cheapest right way: cells, what is cached for this data version, or the lake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from congtam.foundation.public import clock
from congtam.indicators.counting import cells
from congtam.indicators.counting.lake import count
from congtam.indicators.counting.sources import further_sources
from congtam.indicators.counting.windows import PartsByBucket, Window
from congtam.indicators.definitions.shipped import is_in_cells
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope
from congtam.indicators.models import CachedResult
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

Result = dict[tuple[str, Window], PartsByBucket]
"""Parts by bucket, for each definition code and window."""


def window_of(period: Period) -> Window:
    """The period with its instant for stocks: its end, or the present minute while it runs."""
    end = datetime.combine(period.end, time(), LOCAL)
    now = clock().now().astimezone(LOCAL).replace(second=0, microsecond=0)
    return Window(period, min(end, now))


def evaluate(definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int) -> Result:
    """Parts of every definition in every window, each window with its scope; all definitions of one fact."""
    result: Result = {}
    windows = list(scopes)
    additive = [one for one in definitions if is_in_cells(one)]
    monthly = [one for one in windows if one.period.is_whole_months]
    if additive and monthly:
        for group, scope in _group_windows_by_scope(monthly, scopes):
            result |= _evaluate_from_cells(additive, group, scope)
        # Looked up after reading: data versions only grow, so cells that still stand for this one did so when read.
        if not cells.are_current(additive[0].fact, version):
            result = {}
    open_questions = {
        (one, window) for one in definitions for window in windows if (one.code, window) not in result
    }
    return result | _cached_or_counted(open_questions, scopes, version=version)


def _group_windows_by_scope(
    windows: Iterable[Window], scopes: Mapping[Window, Scope]
) -> list[tuple[list[Window], Scope]]:
    groups: dict[str, tuple[list[Window], Scope]] = {}
    for window in windows:
        scope = scopes[window]
        groups.setdefault(scope.digest, ([], scope))[0].append(window)
    return list(groups.values())


def _evaluate_from_cells(
    definitions: Sequence[Definition], windows: Sequence[Window], scope: Scope
) -> Result:
    start = min(window.period.start for window in windows)
    end = max(window.period.end for window in windows)
    read = cells.monthly(definitions, Period(start, end), scope)
    result: Result = {}
    for one in definitions:
        for window in windows:
            by_bucket: PartsByBucket = {}
            for (bucket, month), parts in read[one.code].items():
                if window.period.contains(month):
                    by_bucket[bucket] = by_bucket[bucket] + parts if bucket in by_bucket else parts
            result[one.code, window] = by_bucket
    return result


def _cached_or_counted(
    questions: set[tuple[Definition, Window]], scopes: Mapping[Window, Scope], *, version: int
) -> Result:
    keys = {question: _cache_key(question, scopes[question[1]], version) for question in questions}
    cached = dict(CachedResult.objects.filter(key__in=keys.values()).values_list("key", "parts"))
    result: Result = {}
    missing: dict[Window, list[Definition]] = {}
    for (one, window), key in keys.items():
        if key in cached:
            rows = cached[key]
            result[one.code, window] = {bucket: Parts.from_json(row) for bucket, row in rows.items()}
        else:
            missing.setdefault(window, []).append(one)
    for definitions, windows in _group_windows(missing, scopes):
        counted = count(definitions, windows, scopes[windows[0]], version=version)
        for window in windows:
            result |= {(one.code, window): counted[window][one.code] for one in definitions}
        by_key = {keys[one, window]: counted[window][one.code] for one in definitions for window in windows}
        _cache_results(by_key, definitions[0].fact, version)
    return result


def _group_windows(
    missing: Mapping[Window, Sequence[Definition]], scopes: Mapping[Window, Scope]
) -> list[tuple[list[Definition], list[Window]]]:
    """Windows in which the same definitions are missing for the same scope."""
    groups: dict[tuple[str, ...], tuple[list[Definition], list[Window]]] = {}
    for window, definitions in missing.items():
        ordered = sorted(definitions, key=lambda one: one.code)
        key = (scopes[window].digest, *(one.code for one in ordered))
        groups.setdefault(key, (ordered, []))[1].append(window)
    return list(groups.values())


def _cache_key(question: tuple[Definition, Window], scope: Scope, version: int) -> str:
    one, window = question
    as_of = window.as_of.isoformat() if one.is_at_an_instant else ""
    sources = [f"{name}={state}" for name, state in further_sources(one).items()]
    text = "|".join(
        (
            one.digest,
            str(window.period.start),
            str(window.period.end),
            as_of,
            scope.digest,
            str(version),
            *sources,
        )
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _cache_results(parts_by_key: Mapping[str, PartsByBucket], fact_name: str, version: int) -> None:
    if version == warehouse.NO_VERSION:
        return
    rows = [
        CachedResult(
            key=key,
            fact=fact_name,
            data_version=version,
            parts={bucket: parts.as_json() for bucket, parts in by_bucket.items()},
        )
        for key, by_bucket in parts_by_key.items()
    ]
    CachedResult.objects.bulk_create(rows, ignore_conflicts=True)
