"""Which facts hide rows of a question from a reader (phạm vi được xem): its own, and those it is joined with."""

from __future__ import annotations

from congtam.foundation.public import Actor
from congtam.indicators.counting.sources import used_joins
from congtam.indicators.domain.definitions import Definition
from congtam.warehouse import public as warehouse


def facts_of(one: Definition) -> list[warehouse.Fact]:
    """The facts that decide an indicator: its own, and those whose columns it names."""
    own = warehouse.fact(one.fact)
    return [own, *(warehouse.fact(join.fact) for join in used_joins(own, one.expressions))]


def is_joined(one: Definition) -> bool:
    """Whether it names columns of another fact."""
    return len(facts_of(one)) > 1


def smallest_group(one: Definition, *, to: Actor) -> int | None:
    """From how many hidden rows on a figure is shown; None where none are hidden, or where such figures are refused.

    Of several facts that hide rows from the reader the strictest decides: one without a smallest group refuses. Rows of
    the own fact that are hidden by their unit alone are refused as in any figure. Whom rows are hidden from is asked
    last: most facts have no smallest group, and pages ask for every month.
    """
    own, *joined = facts_of(one)
    if all(fact.smallest_group is None for fact in (own, *joined)):
        return None
    own_filter = own.visible_sql(to)
    if own.smallest_group is None and not own_filter.condition:
        own_filter = warehouse.RowFilter()
    filters = [(own, own_filter), *((fact, fact.visible_sql(to)) for fact in joined)]
    groups = [fact.smallest_group for fact, row_filter in filters if not row_filter.is_everything]
    known = [group for group in groups if group is not None]
    return max(known, default=None) if len(known) == len(groups) else None


def least_shown(one: Definition) -> int:
    """The smallest group of its facts, to be said beside a figure that is withheld."""
    return max((fact.smallest_group or 0 for fact in facts_of(one)), default=0)
