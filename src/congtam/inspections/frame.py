"""The list that an inspection draws from (danh sách chọn mẫu), read from the warehouse.

The draw itself is a pure rule (domain/sampling.py). Here only those rows are fetched that can be drawn at all: every
flagged dossier, and of the others in each stratum those with the smallest random numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from congtam.dossiers.public import OPEN
from congtam.inspections.domain.content import DossierLine
from congtam.inspections.domain.sampling import Candidate, RiskClass
from congtam.kernel.periods import Period
from congtam.warehouse import public as warehouse

FACT: Final = "dossiers"
MOST_STRATA: Final = 8
OTHER: Final = ""
"""The stratum of fields too small for one of their own."""

BASELINE: Final = 1.0

_MEMBERS: Final = """
SELECT code, unit_code, procedure_name, received_on, due_on, finished_on, state,
  coalesce(nullif(trim(field_name), ''), nullif(trim(procedure_name), ''), '') AS stratum
FROM {relation}
WHERE unit_code IN (SELECT unnest($units)) AND received_on < $end::DATE
  AND (finished_on >= $start::DATE
    OR (finished_on IS NULL AND (received_on >= $start::DATE OR state IN (SELECT unnest($open)))))
"""
_STRATA: Final = "SELECT stratum, count(*) FROM ({members}) GROUP BY stratum"
_FLAGGED: Final = "SELECT code, stratum FROM ({members}) WHERE code IN (SELECT unnest($codes))"
_BASELINE: Final = """
SELECT code, own FROM (
  SELECT code, CASE WHEN list_contains($named, stratum) THEN stratum ELSE '' END AS own,
    ('0x' || substr(sha256($seed || '|' || code), 1, 13))::BIGINT AS drawn
  FROM ({members}) WHERE code NOT IN (SELECT unnest($codes))
) QUALIFY row_number() OVER (PARTITION BY own ORDER BY drawn, code) <= $size
"""
_DETAILS: Final = """
SELECT code, unit_code, procedure_name, received_on, due_on, finished_on, state
FROM {relation} WHERE code IN (SELECT unnest($codes))
"""


@dataclass(frozen=True, kw_only=True)
class FlaggedDossier:
    """What raises a dossier's weight: the codes of its flags and their sum (trọng số rủi ro)."""

    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The dossiers of some units that were alive in a period, at one data version."""

    units: tuple[str, ...]
    period: Period
    version: int

    @property
    def _members(self) -> str:
        return _MEMBERS.format(relation=warehouse.relation(FACT, self.version))

    @property
    def _scope(self) -> dict[str, Any]:
        return {
            "units": list(self.units),
            "start": self.period.start.isoformat(),
            "end": self.period.end.isoformat(),
            # Withdrawn without a day of ending: such a dossier belongs to the period of its receipt only.
            "open": sorted(OPEN),
        }

    def strata(self) -> dict[str, int]:
        """Dossiers by stratum; all but the largest fields are one stratum together."""
        rows = warehouse.query(_STRATA.format(members=self._members), self._scope)
        return group_small_strata({str(name): int(count) for name, count in rows})

    def candidates(
        self, strata: Mapping[str, int], flagged: Mapping[str, FlaggedDossier], *, size: int, seed: int
    ) -> tuple[dict[RiskClass, int], list[Candidate]]:
        """How many dossiers each class of risk has, and those of them that the draw can take."""
        raised = self._raised(strata, flagged)
        counts: dict[RiskClass, int] = {}
        for one in raised:
            counts[one.risk_class] = counts.get(one.risk_class, 0) + 1
        for name, population in strata.items():
            rest = population - sum(count for (stratum, _), count in counts.items() if stratum == name)
            if rest:
                counts[name, BASELINE] = counts.get((name, BASELINE), 0) + rest
        return counts, [*raised, *self._baseline(strata, flagged, size=size, seed=seed)]

    def _raised(self, strata: Mapping[str, int], flagged: Mapping[str, FlaggedDossier]) -> list[Candidate]:
        if not flagged:
            return []
        sql = _FLAGGED.format(members=self._members)
        rows = warehouse.query(sql, {**self._scope, "codes": sorted(flagged)})
        return [
            Candidate(
                code=code,
                stratum=stratum if stratum in strata else OTHER,
                weight=flagged[code].weight,
                reasons=flagged[code].reasons,
            )
            for code, stratum in rows
        ]

    def _baseline(
        self, strata: Mapping[str, int], flagged: Iterable[str], *, size: int, seed: int
    ) -> list[Candidate]:
        named = [name for name in strata if name != OTHER]
        more = {"named": named, "codes": sorted(flagged), "size": size, "seed": str(seed)}
        rows = warehouse.query(_BASELINE.format(members=self._members), {**self._scope, **more})
        return [Candidate(code=code, stratum=stratum, weight=BASELINE) for code, stratum in rows]

    def details(self, codes: Iterable[str]) -> dict[str, DossierLine]:
        """What is shown of dossiers, by code."""
        unique_codes = sorted(set(codes))
        if not unique_codes:
            return {}
        sql = _DETAILS.format(relation=warehouse.relation(FACT, self.version))
        return {row[0]: _line(row) for row in warehouse.query(sql, {"codes": unique_codes})}


def group_small_strata(counts: Mapping[str, int], most: int = MOST_STRATA) -> dict[str, int]:
    """Keep the largest strata by name and add the others up.

    >>> group_small_strata({"a": 9, "b": 5, "c": 2, "d": 1}, most=3)
    {'a': 9, 'b': 5, '': 3}
    """
    named = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    largest = named if len(counts) <= most else named[: most - 1]
    strata = {name: counts[name] for name in largest}
    rest = sum(counts.values()) - sum(strata.values())
    return {**strata, **({OTHER: rest} if rest else {})}


def _line(row: tuple[Any, ...]) -> DossierLine:
    code, unit, procedure, received_on, due_on, finished_on, state = row
    return DossierLine(
        code=code,
        unit=unit,
        procedure=procedure or "",
        received_on=_iso(received_on),
        due_on=_iso(due_on),
        finished_on=_iso(finished_on),
        state=state,
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
