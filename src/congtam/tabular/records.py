"""What a reader finds in a file, before anybody has said what it means (bản ghi nguồn)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from congtam.kernel.errors import Problem


@dataclass(slots=True)
class SourceRow:
    """One row or event, by column name, and where it stands."""

    values: dict[str, Any]
    row: int


@dataclass(slots=True)
class SourceCase:
    """One case with its events.

    ``values`` are the case's own; a column that is not among them is read from the first event, so that one mapping
    fits a nested log and the flat file made from it.
    """

    values: dict[str, Any]
    row: int
    events: list[SourceRow] = field(default_factory=list)
    sheet: str | None = None
    fault: Problem | None = None

    def get(self, column: str) -> Any:
        """The value of a case column, None when there is none."""
        value = self.values.get(column)
        if value is None and self.events:
            value = self.events[0].values.get(column)
        return value

    def flat_rows(self) -> Iterator[Mapping[str, Any]]:
        """The case as flat rows, one an event, in the columns of the source."""
        if not self.events:
            yield self.values
        for event in self.events:
            yield {**self.values, **event.values}
