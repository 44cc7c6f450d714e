"""The list that an inspection draws from (danh sách chọn mẫu), read from the warehouse.

The draw itself is a pure rule (domain/sampling.py). Here only those rows are fetched that can be drawn at all: every
flagged dossier, and of the others in each stratum those with the smallest random numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from congtam.dossiers.public import OPEN
from congtam.foundation.public import Actor
from congtam.inspections.domain.content import BreakdownRow, DossierLine
from congtam.inspections.domain.reading import moment_text
from congtam.inspections.domain.sampling import Candidate
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

FACT: Final = "dossiers"
BASELINE: Final = 1.0

_MEMBERS: Final = """
SELECT code, unit_code, procedure_name, received_on, due_on, finished_on, state,
  coalesce(nullif(trim(field_name), ''), nullif(trim(procedure_name), ''), '') AS stratum
FROM {relation}
WHERE unit_code IN (SELECT unnest($units)) AND received_on < $end::DATE
  AND (finished_on >= $start::DATE
    OR (finished_on IS NULL AND (received_on >= $start::DATE OR state IN (SELECT unnest($open)))))
"""
_FIELDS: Final = "SELECT stratum, count(*) FROM ({members}) GROUP BY stratum"
_FLAGGED: Final = "SELECT code, stratum FROM ({members}) WHERE code IN (SELECT unnest($codes))"
_BASELINE: Final = """
SELECT code, own FROM (
  SELECT code, CASE WHEN list_contains($named, stratum) THEN stratum ELSE '' END AS own,
    ('0x' || substr(sha256($seed || '|' || code), 1, 13))::BIGINT AS drawn
  FROM ({members}) WHERE code NOT IN (SELECT unnest($codes))
) QUALIFY row_number() OVER (PARTITION BY own ORDER BY drawn, code) <= $size
"""
_MOMENTS: Final = ("received", "due", "finished")

_DETAILS: Final = """
SELECT code, unit_code, procedure_name, received_on, due_on, finished_on, state
FROM {relation} WHERE code IN (SELECT unnest($codes))
"""


_INSTANTS: Final = """
SELECT COLUMNS('^(code|unit_code|procedure_name|(received|due|finished)_(at|has_time)|state)$')
FROM {relation} WHERE code IN (SELECT unnest($codes))
"""


_GROUPS: Final = """
SELECT trim(coalesce({column}, '')) AS own,
  count(*) FILTER (WHERE received_on >= $start::DATE AND received_on < $end::DATE) AS received,
  count(*) FILTER (WHERE finished_on >= $start::DATE AND finished_on < $end::DATE) AS finished,
  count(*) FILTER (WHERE finished_on >= $start::DATE AND finished_on < $end::DATE AND finished_at > due_at) AS late
FROM {relation} WHERE unit_code IN (SELECT unnest($units)) GROUP BY own HAVING received + finished > 0
"""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The dossiers of some units that were alive in a period, at one data version, as far as somebody may see them."""

    units: tuple[str, ...]
    period: Period
    version: int
    to: Actor

    @cached_property
    def _rows(self) -> warehouse.Relation:
        return warehouse.visible_rows(FACT, self.version, to=self.to)

    @property
    def _members_sql(self) -> str:
        return _MEMBERS.format(relation=self._rows.sql)

    @property
    def _scope_parameters(self) -> dict[str, Any]:
        return {
            **self._rows.values,
            "units": list(self.units),
            "start": self.period.start.isoformat(),
            "end": self.period.end.isoformat(),
            # Withdrawn without a day of ending: such a dossier belongs to the period of its receipt only.
            "open": sorted(OPEN),
        }

    def field_counts(self) -> dict[str, int]:
        """All dossiers of the frame by field of work."""
        rows = warehouse.query(_FIELDS.format(members=self._members_sql), self._scope_parameters)
        return {str(name): int(count) for name, count in rows}

    def group_counts(self, column: str) -> list[BreakdownRow]:
        """What was received and finished in the period, by a column of the fact; rows still without names."""
        relation = self._rows.sql
        scope = {name: value for name, value in self._scope_parameters.items() if name != "open"}
        rows = warehouse.query(_GROUPS.format(column=column, relation=relation), scope)
        return [
            BreakdownRow(
                code=str(own), name="", received=int(received), finished=int(finished), late=int(late)
            )
            for own, received, finished, late in rows
        ]

    def fields_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Of these dossiers those that are in the frame, with their fields."""
        sought = sorted(codes)
        if not sought:
            return {}
        rows = warehouse.query(
            _FLAGGED.format(members=self._members_sql), {**self._scope_parameters, "codes": sought}
        )
        return {str(code): str(field) for code, field in rows}

    def baseline(
        self, fields: Iterable[str], flagged: Iterable[str], *, size: int, seed: int
    ) -> list[Candidate]:
        """Of each named field, and of the others together, the dossiers without a flag that can be drawn at all."""
        more = {"named": sorted(fields), "codes": sorted(flagged), "size": size, "seed": str(seed)}
        rows = warehouse.query(
            _BASELINE.format(members=self._members_sql), {**self._scope_parameters, **more}
        )
        return [Candidate(code=code, stratum=stratum, weight=BASELINE) for code, stratum in rows]

    def details(self, codes: Iterable[str]) -> dict[str, DossierLine]:
        """What is shown of dossiers, by code."""
        return {
            row["code"]: _dossier_line(row, [_iso_or_blank(row[f"{name}_on"]) for name in _MOMENTS])
            for row in self._read_rows(_DETAILS, codes)
        }

    def instants(self, codes: Iterable[str]) -> dict[str, DossierLine]:
        """The same with the minute, as it is shown with flags."""
        return {
            row["code"]: _dossier_line(row, instant_texts(row)) for row in self._read_rows(_INSTANTS, codes)
        }

    def _read_rows(self, sql: str, codes: Iterable[str]) -> list[dict[str, Any]]:
        unique_codes = sorted(set(codes))
        if not unique_codes:
            return []
        relation = self._rows
        rows: list[dict[str, Any]] = warehouse.query_arrow(
            sql.format(relation=relation.sql), {**relation.values, "codes": unique_codes}
        ).to_pylist()
        return rows


def _dossier_line(row: Mapping[str, Any], moments: Sequence[str]) -> DossierLine:
    received_on, due_on, finished_on = moments
    return DossierLine(
        code=row["code"],
        unit=row["unit_code"],
        procedure=row["procedure_name"] or "",
        received_on=received_on,
        due_on=due_on,
        finished_on=finished_on,
        state=row["state"],
    )


def instant_texts(row: Mapping[str, Any]) -> list[str]:
    """Receipt, due date and end of a row of the fact, with the minute where it is known.

    Data of before the fact said so have no such columns: their minutes are shown as they were.
    """
    return [moment_text(row[f"{name}_at"], has_time=row.get(f"{name}_has_time")) for name in _MOMENTS]


def _iso_or_blank(day: date | None) -> str:
    return "" if day is None else day.isoformat()
