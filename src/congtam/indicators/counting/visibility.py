"""Nobody reads through a figure what they may not see row by row (phạm vi được xem của số liệu)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from congtam.foundation.public import Actor
from congtam.indicators.compiling.listing import compile_row_counts
from congtam.indicators.counting.evaluation import evaluate
from congtam.indicators.counting.hiding import facts_of, is_joined, smallest_group
from congtam.indicators.counting.reading import ReaderRows, fetch_table
from congtam.indicators.counting.windows import Window, cut_window
from congtam.indicators.definitions.shipped import checked_definition, columns_of
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.scope import Scope
from congtam.kernel.errors import DomainError, msgid
from congtam.warehouse import public as warehouse


class RowsNotVisible(DomainError):
    """On the chosen map the figure holds rows that the actor may not see."""

    code = "indicators.rows_shares_not_visible"
    message = msgid(
        "On this map of units, the figure includes dossiers of units you are not allowed to see. "
        "Choose the units at the time of each dossier."
    )


def require_rows_visible(
    definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int, to: Actor
) -> None:
    """Raise RowsNotVisible when a scope holds rows that the actor may not see, all definitions of one fact.

    A figure is never cut down to what somebody may see: it would be another figure under the same name. Rows out of
    sight come into a scope when a map of the past gives an old unit its share of what succeeded it, when a unit moved
    away from the actor's own, or when the fact hides single rows; where none were counted, nothing is refused. Figures
    of a fact with a smallest group are not refused but withheld where they are small (`withholding`).
    """
    _require_joined_visible([one for one in definitions if is_joined(one)], scopes, version=version, to=to)
    fact = warehouse.fact(definitions[0].fact)
    if fact.smallest_group is not None:
        return
    row_filter = fact.visible_sql(to)
    concerned = {
        window: scope
        for window, scope in scopes.items()
        if not row_filter.sees_all_of(frozenset(share.unit_code for share in scope.shares))
    }
    if not concerned:
        return
    if row_filter.condition:
        hides = any(
            hidden_counts(one, window, scope, version=version, to=to)
            for one in definitions
            for window, scope in concerned.items()
        )
    else:
        hides = _has_rows(definitions, _shares_not_visible(concerned, row_filter), version=version)
    if hides:
        raise RowsNotVisible


def _require_joined_visible(
    definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int, to: Actor
) -> None:
    """The same of definitions that name columns of another fact: a row whose joined row is hidden is hidden."""
    for one in definitions:
        is_all_seen = all(fact.visible_sql(to).is_everything for fact in facts_of(one))
        if is_all_seen or smallest_group(one, to=to) is not None:
            continue
        if any(hidden_counts(one, window, scope, version=version, to=to) for window, scope in scopes.items()):
            raise RowsNotVisible


def _shares_not_visible(
    scopes: Mapping[Window, Scope], row_filter: warehouse.RowFilter
) -> dict[Window, Scope]:
    """The parts of scopes that belong to units out of sight: they are counted from cells."""
    visible = row_filter.units or frozenset()
    return {
        window: Scope(
            scope.map_name, tuple(share for share in scope.shares if share.unit_code not in visible)
        )
        for window, scope in scopes.items()
    }


def _has_rows(definitions: Sequence[Definition], scopes: Mapping[Window, Scope], *, version: int) -> bool:
    result = evaluate(list(definitions), scopes, version=version)
    return any(part.has_rows for parts in result.values() for part in parts.values())


def hidden_counts(
    one: Definition, window: Window, scope: Scope, *, version: int, to: Actor, part: str = "denominator"
) -> dict[str, int]:
    """How many rows of each bucket the actor may not see; a row that counts in several buckets is one in each."""
    fact = warehouse.fact(one.fact)
    compiled = compile_row_counts(checked_definition(one), columns_of(fact), part=part)
    source = ReaderRows(fact=fact, version=version, to=to, texts=one.expressions, to_hidden=True)
    counts: Counter[str] = Counter()
    for piece in cut_window(one.period, window, scope):
        for row in fetch_table(compiled, piece, source).to_pylist() if piece.weights else ():
            counts.update({bucket: int(row["rows"]) for bucket, _ in piece.weights[row[fact.unit]]})
    return dict(counts)
