"""Parts of figures by the cheapest right way: cells, what is remembered of this data version, or the lake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from congtam.foundation.public import clock
from congtam.indicators.counting import cells
from congtam.indicators.counting.lake_pass import PartsByBucket, Window
from congtam.indicators.counting.many_windows import count_windows
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts
from congtam.indicators.domain.scope import Scope
from congtam.indicators.models import RememberedResult
from congtam.kernel.clock import LOCAL
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

Result = dict[tuple[str, Window], PartsByBucket]
"""Parts by bucket, for each definition code and window."""


def window(period: Period) -> Window:
    """The period with its instant for stocks: its end, or the present minute while it runs."""
    end = datetime.combine(period.end, time(), LOCAL)
    now = clock().now().astimezone(LOCAL).replace(second=0, microsecond=0)
    return Window(period, min(end, now))


def evaluate(definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int) -> Result:
    """Parts of every definition in every window, each window with its scope; all definitions of one fact."""
    result: Result = {}
    windows = list(scopes)
    additive = [one for one in definitions if one.is_additive]
    monthly = [one for one in windows if one.period.is_whole_months]
    if additive and monthly:
        for group, scope in _by_scope(monthly, scopes):
            result |= _from_cells(additive, group, scope)
        # Asked after reading: data versions only grow, so cells that still stand for this one did so when read.
        if not cells.are_current(additive[0].fact, version):
            result = {}
    open_questions = {
        (one, place) for one in definitions for place in windows if (one.code, place) not in result
    }
    return result | _remembered_or_counted(open_questions, scopes, version=version)


def _by_scope(windows: Iterable[Window], scopes: Mapping[Window, Scope]) -> list[tuple[list[Window], Scope]]:
    groups: dict[str, tuple[list[Window], Scope]] = {}
    for place in windows:
        scope = scopes[place]
        groups.setdefault(scope.digest, ([], scope))[0].append(place)
    return list(groups.values())


def _from_cells(definitions: Sequence[Definition], windows: Sequence[Window], scope: Scope) -> Result:
    start = min(place.period.start for place in windows)
    end = max(place.period.end for place in windows)
    read = cells.monthly(definitions, Period(start, end), scope)
    result: Result = {}
    for one in definitions:
        for place in windows:
            found: PartsByBucket = {}
            for (bucket, month), parts in read[one.code].items():
                if place.period.contains(month):
                    found[bucket] = found[bucket] + parts if bucket in found else parts
            result[one.code, place] = found
    return result


def _remembered_or_counted(
    questions: set[tuple[Definition, Window]], scopes: Mapping[Window, Scope], *, version: int
) -> Result:
    keys = {question: _key(question, scopes[question[1]], version) for question in questions}
    known = dict(RememberedResult.objects.filter(key__in=keys.values()).values_list("key", "parts"))
    result: Result = {}
    missing: dict[Window, list[Definition]] = {}
    for (one, place), key in keys.items():
        if key in known:
            result[one.code, place] = {bucket: Parts.from_json(row) for bucket, row in known[key].items()}
        else:
            missing.setdefault(place, []).append(one)
    for asked, places in _alike(missing, scopes):
        counted = count_windows(asked, places, scopes[places[0]], version=version)
        for place in places:
            result |= {(one.code, place): counted[place][one.code] for one in asked}
        found = {keys[one, place]: counted[place][one.code] for one in asked for place in places}
        _remember(found, asked[0].fact, version)
    return result


def _alike(
    missing: Mapping[Window, Sequence[Definition]], scopes: Mapping[Window, Scope]
) -> list[tuple[list[Definition], list[Window]]]:
    """Windows in which the same definitions are asked for the same scope."""
    groups: dict[tuple[str, ...], tuple[list[Definition], list[Window]]] = {}
    for place, asked in missing.items():
        ordered = sorted(asked, key=lambda one: one.code)
        key = (scopes[place].digest, *(one.code for one in ordered))
        groups.setdefault(key, (ordered, []))[1].append(place)
    return list(groups.values())


def _key(question: tuple[Definition, Window], scope: Scope, version: int) -> str:
    one, place = question
    as_of = place.as_of.isoformat() if one.is_at_an_instant else ""
    text = "|".join(
        (one.digest, str(place.period.start), str(place.period.end), as_of, scope.digest, str(version))
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _remember(found: Mapping[str, PartsByBucket], fact_name: str, version: int) -> None:
    if version == warehouse.NO_VERSION:
        return
    rows = [
        RememberedResult(
            key=key,
            fact=fact_name,
            data_version=version,
            parts={bucket: parts.as_json() for bucket, parts in by_bucket.items()},
        )
        for key, by_bucket in found.items()
    ]
    RememberedResult.objects.bulk_create(rows, ignore_conflicts=True)
