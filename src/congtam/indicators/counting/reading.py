"""Running a statement over the rows that a reader may see, or may not see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from congtam.foundation.public import Actor
from congtam.indicators.compiling.conditions import Statement, sql_over
from congtam.indicators.counting.sources import source_sql, used_joins
from congtam.indicators.counting.statement_values import piece_parameters, select_used_parameters
from congtam.indicators.counting.windows import Piece
from congtam.warehouse import public as warehouse


@dataclass(frozen=True, kw_only=True)
class ReaderRows:
    """The rows of a data version that a reader may see, or with ``to_hidden`` may not see.

    Derived columns are made of all rows, and only then the rows are restricted: what stood before a step does not
    depend on who asks. A row whose joined row is hidden from the reader is hidden too, where ``texts``, the expressions
    of the question, name a column of it. Without a reader these are all rows, to be counted.
    """

    fact: warehouse.Fact
    version: int
    to: Actor | None
    texts: Iterable[str] = ()
    to_hidden: bool = False

    def relation(self, compiled: Statement) -> warehouse.Relation:
        """What stands after FROM in a statement, with its parameters."""
        rows = source_sql(compiled, self.fact, self.version)
        if self.to is None:
            return warehouse.Relation(sql=rows)
        joins = used_joins(self.fact, self.texts)
        return warehouse.restrict_rows(rows, self.fact, to=self.to, to_hidden=self.to_hidden, joins=joins)


def fetch_table(
    compiled: Statement, piece: Piece, rows: ReaderRows, *, extra: Mapping[str, Any] | None = None
) -> pa.Table:
    """The result of a statement about one piece; ``extra`` are parameters of the statement besides the piece's."""
    values = select_used_parameters({**piece_parameters(piece), **(extra or {})}, compiled)
    relation = rows.relation(compiled)
    return warehouse.query_arrow(sql_over(compiled.sql, relation.sql), {**values, **relation.values})
